import { Button, type ButtonLook } from "@/components/ui/button";
import type { Action } from "./action";
import { ariaKeys } from "./key-text";
import { Key } from "./shortcut-help";

/** A button for an action, with its first key on it. */
export function ActionButton({
  action,
  className,
  showKey = true,
  ...look
}: { action: Action; className?: string; showKey?: boolean } & ButtonLook) {
  const [key] = action.keys;
  return (
    <Button
      {...look}
      {...(className && { className })}
      disabled={action.enabled === false}
      onClick={action.run}
      // A click must not take the focus: the keys would then belong to the button.
      onMouseDown={(event) => event.preventDefault()}
      aria-keyshortcuts={ariaKeys(action.keys)}
    >
      {action.label}
      {showKey && key && <Key name={key} />}
    </Button>
  );
}
