import type { Animation } from "./animation";
import type { EditorState } from "./editor-state";
import type { Gizmo } from "./gizmo";
import type { Scene } from "./scene";
import type { ToolDesk } from "./tool-desk";
import type { ViewState } from "./view-state";

/** What there is to draw at the moment. */
export function sceneOf(state: EditorState, view: ViewState, desk: ToolDesk, animation: Animation): Scene {
  const { masks, pointer, brush, altDown } = state;
  const { cursor, name } = desk.inHand;
  const ring = cursor === "ring" && pointer;
  return {
    before: state.image,
    after: state.after,
    panes: view.panes,
    view: view.viewport,
    settings: view.settings,
    mask: masks.preview?.levels ?? masks.own,
    proposal: masks.proposal?.levels ?? null,
    layer: masks.layer(state.shownLayer)?.levels ?? null,
    dark: animation.dark,
    march: animation.march,
    gizmos: [...pickGizmos(state), ...desk.gizmos(), ...cursorGizmo(state, cursor === "ring")],
    ring: ring ? { at: ring, radius: brush.size / 2, erases: name === "eraser" || altDown } : null,
    minimap: view.showsMinimap(),
  };
}

function pickGizmos({ pick }: EditorState): Gizmo[] {
  const clicks = pick.points.map(({ x, y, positive }): Gizmo => {
    return { kind: "click", at: { x: x + 0.5, y: y + 0.5 }, positive };
  });
  return pick.box ? [{ kind: "box", box: pick.box }, ...clicks] : clicks;
}

/** The keyboard's pointer, which the system does not draw. */
function cursorGizmo({ byKeyboard, pointer }: EditorState, hasRing: boolean): Gizmo[] {
  return byKeyboard && pointer && !hasRing ? [{ kind: "handle", at: pointer }] : [];
}
