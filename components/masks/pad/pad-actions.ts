import type { Action } from "@/components/actions/action";
import { toolActions } from "../desk/desk-actions";
import type { DrawScope } from "../desk/desk-scope";
import { drawActions, editActions } from "../desk/draw-actions";
import { operationChoices } from "../desk/operations";
import { lookActions } from "../desk/view-actions";

/** What a person can do on a pad: the desk's keys, without those that need its panels. */
export function padActions(scope: DrawScope, findText: () => void): Action[] {
  const { editor, preview } = scope.desk;
  return [
    ...toolActions(scope, findText),
    ...drawActions(scope),
    ...editActions(scope),
    {
      id: "clear",
      label: "Clear",
      keys: ["Delete"],
      group: "Change the whole mask",
      run: () => {
        const { width, height } = editor.size;
        const mask = { width, height, data: new Uint8Array(width * height) };
        editor.applyMask(mask, { label: "Clear", mode: "replace" });
      },
    },
    ...operationChoices
      .filter(({ setting }) => setting === null)
      .map(({ id, label, keys, make }) => ({
        id: `operation-${id}`,
        label,
        keys,
        group: "Change the whole mask",
        run: () => preview.run(label, make(0)),
      })),
    ...lookActions(scope),
  ];
}
