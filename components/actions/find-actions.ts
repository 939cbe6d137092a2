import type { Action } from "./action";

/** The action that opens the menu itself. */
export const menuActionId = "actions";

/**
 * The actions whose name or heading has every word of the text, in their order; those whose name begins with the text
 * first. What makes no sense now or runs only while a key is held has no place in a menu, nor has the menu itself.
 */
export function findActions(actions: readonly Action[], text: string): Action[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const found = actions.filter(({ id, label, group, enabled, release }) => {
    const name = `${label} ${group ?? ""}`.toLowerCase();
    return id !== menuActionId && enabled !== false && !release && words.every((word) => name.includes(word));
  });
  const start = words.join(" ");
  const begins = ({ label }: Action) => start !== "" && label.toLowerCase().startsWith(start);
  return [...found.filter(begins), ...found.filter((action) => !begins(action))];
}
