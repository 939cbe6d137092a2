import type { ViewPosition, ViewSettings } from "./mask-editor";
import { isCut } from "./minimap";
import { layOutPanes, type Pane, paneAt } from "./panes";
import {
  centredOn,
  centreOf,
  fitViewport,
  keepInside,
  type Point,
  panBy,
  type Size,
  toImage,
  toPane,
  type Viewport,
  zoomTo,
} from "./viewport";

/** Settings of the view and where the image lies in it; one position for all panes. */
export interface ViewState {
  readonly settings: ViewSettings;
  set(settings: Partial<ViewSettings>): void;
  readonly panes: readonly Pane[];
  readonly viewport: Viewport;
  readonly position: ViewPosition;
  setPosition(position: Partial<ViewPosition>): void;
  /** About a point of the stage, or the middle. */
  zoomBy(factor: number, at?: Point): void;
  panBy(dx: number, dy: number): void;
  fit(): void;
  actualSize(): void;
  /** The stage has another size: the same point stays in the middle, what was fitted is fitted again. */
  resized(): void;
  showsMinimap(): boolean;
  /** Image point of a point of the stage, seen in a pane. */
  fromStage(at: Point, pane?: Pane): Point;
  toStage(point: Point, pane: Pane): Point;
}

const defaults: ViewSettings = {
  display: "both",
  color: "#ff3b30",
  opacity: 0.45,
  outline: "solid",
  blink: false,
  levels: "soft",
  panes: "both",
  minimap: "auto",
};

export interface ViewStateUse {
  image(): Size;
  stage(): Size;
  hasAfter(): boolean;
  changed(): void;
}

export function createViewState(use: ViewStateUse, initial: Partial<ViewSettings> = {}): ViewState {
  let settings: ViewSettings = { ...defaults, ...initial };
  let fitted = true;
  let view: Viewport | null = null;
  /** What lies in the middle, kept over changes of the pane's size. */
  let middle: Point | null = null;

  const panes = () => layOutPanes(settings.panes, use.stage(), use.hasAfter());
  const pane = () => panes()[0]!;
  const current = (): Viewport => {
    view ??= fitted || !middle ? fitViewport(use.image(), pane()) : view;
    return view!;
  };
  const move = (next: Viewport, fits = false) => {
    view = next;
    fitted = fits;
    middle = centreOf(next, pane());
    use.changed();
  };
  const settle = () => {
    const scale = current().scale;
    const next =
      fitted || !middle
        ? fitViewport(use.image(), pane())
        : keepInside(centredOn(middle, scale, pane()), use.image(), pane());
    view = next;
    middle = centreOf(next, pane());
  };
  const inPane = (at: Point) => ({ x: at.x - paneAt(panes(), at).left, y: at.y });
  const centre = (): Point => ({ x: pane().width / 2, y: pane().height / 2 });

  return {
    get settings() {
      return settings;
    },
    set(changes) {
      const before = pane().width;
      settings = { ...settings, ...changes };
      if (pane().width !== before) settle();
      use.changed();
    },
    get panes() {
      return panes();
    },
    get viewport() {
      return current();
    },
    get position() {
      return { scale: current().scale, ...centreOf(current(), pane()) };
    },
    setPosition(position) {
      const now = { scale: current().scale, ...centreOf(current(), pane()), ...position };
      const scaled = zoomTo(current(), now.scale, centre(), use.image(), pane());
      move(keepInside(centredOn(now, scaled.scale, pane()), use.image(), pane()));
    },
    zoomBy(factor, at) {
      const point = at ? inPane(at) : centre();
      move(zoomTo(current(), current().scale * factor, point, use.image(), pane()));
    },
    panBy: (dx, dy) => move(panBy(current(), dx, dy, use.image(), pane())),
    fit: () => move(fitViewport(use.image(), pane()), true),
    actualSize: () => move(zoomTo(current(), 1, centre(), use.image(), pane())),
    resized() {
      settle();
      use.changed();
    },
    showsMinimap() {
      if (settings.minimap !== "auto") return settings.minimap === "on";
      return isCut(use.image(), current(), pane());
    },
    fromStage: (at, within = paneAt(panes(), at)) => toImage(current(), { x: at.x - within.left, y: at.y }),
    toStage(point, within) {
      const { x, y } = toPane(current(), point);
      return { x: x + within.left, y };
    },
  };
}
