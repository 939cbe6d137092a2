import Konva from "konva/lib/Core";
import type { PixelBox } from "@/lib/domain/image";
import { joinBoxes } from "./boxes";
import { drawGizmos } from "./draw-gizmos";
import { drawImage } from "./draw-image";
import { deviceBox, drawMasks } from "./draw-mask";
import { drawMinimap } from "./minimap";
import type { PaneDrawing, Scene } from "./scene";
import type { Size } from "./viewport";

export type LayerName = "image" | "mask" | "tools";

/** The canvases: image, masks, and what tools show. Each is drawn anew, alone, in the frame after it was invalidated. */
export interface Stage {
  readonly element: HTMLDivElement;
  size(): Size;
  invalidate(...layers: LayerName[]): void;
  /** Only what shows this part of the mask, image pixels. */
  invalidateMask(boxes: readonly PixelBox[]): void;
  setLabel(label: string): void;
  destroy(): void;
}

interface LayerOptions {
  before?: (context: CanvasRenderingContext2D) => void;
  after?: (context: CanvasRenderingContext2D, ratio: number) => void;
  clearBeforeDraw?: boolean;
}

/** @param scene what there is to draw; asked for at every drawing */
export function createStage(container: HTMLDivElement, scene: () => Scene, onResize: () => void): Stage {
  const sizeOf = () => ({
    width: Math.max(1, container.clientWidth),
    height: Math.max(1, container.clientHeight),
  });
  // Konva's own hit testing is off: tools work on pixels, not on shapes.
  const stage = new Konva.Stage({ container, ...sizeOf(), listening: false });
  const element = stage.content;
  element.tabIndex = 0;
  element.style.touchAction = "none";
  element.style.userSelect = "none";

  let ready = false;
  /** What of the mask is to be drawn again, image pixels. */
  let maskPart: PixelBox | "all" | null = null;
  const layers: Record<LayerName, Konva.Layer> = {
    image: addLayer((drawing) => drawImage(drawing)),
    mask: addLayer(
      (drawing) => {
        if (maskPart) drawMasks(drawing, maskPart === "all" ? null : deviceBox(drawing, maskPart));
      },
      {
        // The masks' pixels are put, not painted: what is there is replaced, and the rest stays.
        clearBeforeDraw: false,
        before(context) {
          if (maskPart === "all") context.clearRect(0, 0, context.canvas.width, context.canvas.height);
        },
        after() {
          maskPart = null;
        },
      },
    ),
    tools: addLayer((drawing) => drawGizmos(drawing), {
      after(context, ratio) {
        const current = scene();
        if (current.minimap) drawMinimap(context, current, sizeOf(), ratio);
      },
    }),
  };

  function addLayer(
    draw: (drawing: PaneDrawing) => void,
    { before, after, clearBeforeDraw = true }: LayerOptions = {},
  ): Konva.Layer {
    const layer = new Konva.Layer({ listening: false, clearBeforeDraw });
    layer.add(
      new Konva.Shape({
        listening: false,
        perfectDrawEnabled: false,
        sceneFunc: (wrapped) => {
          // Konva draws a layer when it is added: there is no scene yet.
          if (!ready) return;
          const context = wrapped._context;
          const ratio = layer.getCanvas().getPixelRatio();
          const current = scene();
          context.save();
          context.setTransform(1, 0, 0, 1, 0, 0);
          before?.(context);
          context.restore();
          for (const pane of current.panes) {
            context.save();
            context.beginPath();
            context.rect(pane.left, 0, pane.width, pane.height);
            context.clip();
            context.setTransform(1, 0, 0, 1, 0, 0);
            draw({ context, scene: current, pane, ratio });
            context.restore();
          }
          after?.(context, ratio);
        },
      }),
    );
    stage.add(layer);
    return layer;
  }

  const observer = new ResizeObserver(() => {
    const size = sizeOf();
    if (size.width === stage.width() && size.height === stage.height()) return;
    stage.size(size);
    onResize();
    // Resizing cleared the canvases: drawn at once, they do not flash.
    maskPart = "all";
    stage.draw();
  });
  observer.observe(container);

  return {
    element,
    size: () => ({ width: stage.width(), height: stage.height() }),
    invalidate(...names) {
      ready = true;
      if (names.includes("mask")) maskPart = "all";
      for (const name of names) layers[name].batchDraw();
    },
    invalidateMask(boxes) {
      if (maskPart !== "all") for (const box of boxes) maskPart = joinBoxes(maskPart, box);
      layers.mask.batchDraw();
    },
    setLabel(label) {
      element.setAttribute("role", "application");
      element.setAttribute("aria-label", label);
      (["image", "mask", "tools"] as const).forEach((name, i) => {
        const canvas = layers[name].getNativeCanvasElement();
        canvas.setAttribute("aria-label", ["Image", "Mask", "Tool"][i]!);
        canvas.setAttribute("aria-hidden", "true");
      });
    },
    destroy() {
      observer.disconnect();
      stage.destroy();
    },
  };
}
