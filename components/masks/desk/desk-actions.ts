import type { Action } from "@/components/actions/action";
import { menuActionId } from "@/components/actions/find-actions";
import { registry } from "@/components/actions/registry";
import type { DeskScope, DrawScope } from "./desk-scope";
import { drawActions, editActions } from "./draw-actions";
import { layerActions } from "./layer-actions";
import { operationChoices } from "./operations";
import { skipReasons } from "./skip-reasons";
import { toolChoices } from "./tool-list";
import { viewActions } from "./view-actions";

/** Everything a person can do at the desk, in the order of the help: toolbar, keys, menu and help show these. */
export function deskActions(scope: DeskScope): Action[] {
  return [
    ...workActions(scope),
    ...skipActions(scope),
    ...toolActions(scope, scope.findText),
    ...drawActions(scope),
    ...editActions(scope),
    ...operationActions(scope),
    ...layerActions(scope),
    ...viewActions(scope),
  ];
}

function workActions({ desk, work, skipping, setSkipping, openDialog }: DeskScope): Action[] {
  const group = "Work";
  return [
    {
      id: "finish",
      label: work.finishLabel,
      keys: ["f", "Ctrl+Enter"],
      group,
      enabled: !skipping,
      run: work.finish,
    },
    ...(work.skip
      ? [{ id: "skip", label: "Skip…", keys: ["n"], group, run: () => setSkipping(!skipping) }]
      : []),
    {
      id: "back",
      label: work.backLabel,
      keys: ["Ctrl+Backspace"],
      group,
      enabled: work.back !== null,
      run: () => work.back?.(),
    },
    { id: "save", label: "Save now", keys: ["Ctrl+s"], group, run: () => desk.shown().sync.tryNow() },
    { id: "import", label: "Import a mask…", keys: [], group, run: () => openDialog("import") },
    { id: "export", label: "Export the mask…", keys: [], group, run: () => openDialog("export") },
    {
      id: menuActionId,
      label: "All actions",
      keys: ["Ctrl+k"],
      group,
      fixed: true,
      run: () => registry.show("menu"),
    },
  ];
}

function skipActions({ skipping, setSkipping, work }: DeskScope): Action[] {
  const group = "Why skipped, after Skip";
  if (!work.skip) return [];
  return [
    ...skipReasons.map((reason, index) => ({
      id: `skip-${index + 1}`,
      label: reason,
      keys: [String(index + 1)],
      group,
      mode: true,
      enabled: skipping,
      run: () => work.skip?.(reason),
    })),
    {
      id: "skip-back",
      label: "Do not skip",
      keys: ["Escape"],
      group,
      mode: true,
      fixed: true,
      enabled: skipping,
      run: () => setSkipping(false),
    },
  ];
}

/** The tools, and the text that the segmenter looks for. */
export function toolActions({ desk }: DrawScope, findText: () => void): Action[] {
  const group = "Tools";
  return [
    ...toolChoices.map(({ tool, label, keys, icon }) => ({
      id: `tool-${tool}`,
      label,
      keys,
      icon,
      group,
      run: () => {
        desk.editor.setTool(tool);
        desk.store.refresh();
      },
    })),
    { id: "find-text", label: "Find by text", keys: ["/"], group, run: findText },
  ];
}

function operationActions({ desk, beginOperation }: DeskScope): Action[] {
  return operationChoices.map(({ id, label, keys, setting, make }) => ({
    id: `operation-${id}`,
    label: setting ? `${label}…` : label,
    keys,
    group: "Change the whole mask",
    run: () => (setting ? beginOperation(id) : desk.preview.run(label, make(0))),
  }));
}
