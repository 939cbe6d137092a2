import { describe, expect, it } from "vitest";
import { fitViewport, panBy, zoomAt } from "@/components/review/compare/viewport";

const image = { width: 512, height: 256 };
const pane = { width: 400, height: 400 };

describe("viewport", () => {
  it("fits the whole image, centred", () => {
    expect(fitViewport(image, pane)).toEqual({ scale: 400 / 512, left: 0, top: 100 });
  });

  it("keeps the image point under the cursor in place while zooming", () => {
    const before = zoomAt(fitViewport(image, pane), 4, { x: 200, y: 200 }, image, pane);
    const at = { x: 150, y: 220 };
    const point = { x: (at.x - before.left) / before.scale, y: (at.y - before.top) / before.scale };
    const after = zoomAt(before, 1.7, at, image, pane);
    expect(point.x * after.scale + after.left).toBeCloseTo(at.x, 9);
    expect(point.y * after.scale + after.top).toBeCloseTo(at.y, 9);
  });

  it("never gets smaller than fitted, and never enlarges without end", () => {
    const fitted = fitViewport(image, pane);
    expect(zoomAt(fitted, 0.1, { x: 10, y: 10 }, image, pane)).toEqual(fitted);
    expect(zoomAt(fitted, 1e6, { x: 10, y: 10 }, image, pane).scale).toBe(40);
  });

  it("cannot be dragged off the pane", () => {
    const close = zoomAt(fitViewport(image, pane), 8, { x: 200, y: 200 }, image, pane);
    const right = panBy(close, 1e5, 1e5, image, pane);
    expect([right.left, right.top]).toEqual([0, 0]);
    const left = panBy(close, -1e5, -1e5, image, pane);
    expect(left.left + image.width * left.scale).toBeCloseTo(pane.width, 9);
    expect(left.top + image.height * left.scale).toBeCloseTo(pane.height, 9);
  });
});
