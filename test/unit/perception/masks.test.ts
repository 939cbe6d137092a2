import { describe, expect, it } from "vitest";
import type { MaskImage } from "@/lib/domain/image";
import { checkMask } from "@/lib/domain/masks/check-mask";
import { contourMask, majorityFilter } from "@/lib/domain/masks/contour-mask";
import { convexHull } from "@/lib/domain/masks/convex-hull";
import { maskFragments } from "@/lib/domain/masks/fragments";
import { boxMask, fullMask, maskArea, unionMasks } from "@/lib/domain/masks/mask-shapes";
import { guidingMask, regionMasks } from "@/lib/domain/masks/region-masks";
import { guidingMasks, softMask } from "@/lib/domain/masks/soft-mask";

/** A mask drawn with # for white and . for black. */
function draw(...rows: string[]): MaskImage {
  const data = Uint8Array.from(rows.join(""), (pixel) => (pixel === "#" ? 255 : 0));
  return { width: rows[0]!.length, height: rows.length, data };
}

function show({ width, height, data }: MaskImage): string[] {
  return Array.from({ length: height }, (_, y) =>
    Array.from(data.slice(y * width, (y + 1) * width), (level) => (level > 127 ? "#" : ".")).join(""),
  );
}

describe("mask pieces", () => {
  it("are 8-connected", () => {
    expect(maskFragments(draw("#..#", ".#..", "...#")).map(({ pixels }) => pixels)).toEqual([
      [0, 5],
      [3],
      [11],
    ]);
  });
});

describe("contour expansion", () => {
  it("fills every piece's convex hull", () => {
    const fine = draw("#.....#.", "#.....#.", "###.....", "........", ".....#..", "....#.#.");
    expect(show(contourMask(fine, { smoothRadius: 0 }))).toEqual([
      "#.....#.",
      "##....#.",
      "###.....",
      "........",
      ".....#..",
      "....###.",
    ]);
  });

  it("never loses a pixel of the smoothed mask", () => {
    let state = 1;
    const noise = Uint8Array.from({ length: 40 * 30 }, () => {
      state = (state * 1103515245 + 12345) % 2147483648;
      return state / 2147483648 < 0.45 ? 255 : 0;
    });
    const fine = { width: 40, height: 30, data: noise };
    const smooth = majorityFilter(fine, 3);
    const contour = contourMask(fine);
    expect(smooth.data.some((level) => level === 255)).toBe(true);
    smooth.data.forEach((level, i) => {
      if (level === 255) expect(contour.data[i]).toBe(255);
    });
  });

  it("smooths specks away", () => {
    const rows = Array.from({ length: 20 }, (_, y): string =>
      y < 10 ? "##########.........." : "....................",
    );
    rows[15] = "...............#....";
    expect(maskFragments(contourMask(draw(...rows)))).toHaveLength(1);
  });

  it("has the corners of a square", () => {
    const points = [0, 1, 2].flatMap((x) => [0, 1, 2].map((y) => ({ x, y })));
    expect(convexHull(points)).toHaveLength(4);
  });
});

describe("soft masks", () => {
  const fine = draw(".##.");
  const wide = draw("..##");

  it("by the paper: s in the wide mask outside the fine one", () => {
    expect(Array.from(softMask(fine, wide, 0.4, "paper").data)).toEqual([0, 255, 255, 102]);
  });

  it("by the code: s wherever they differ", () => {
    expect(Array.from(softMask(fine, wide, 0.4, "difference").data)).toEqual([0, 102, 255, 102]);
  });

  it("are guided by wider masks the more the fine one is broken up", () => {
    expect(guidingMasks(1)).toEqual({ primary: "fine", secondary: "contour" });
    expect(guidingMasks(150)).toEqual({ primary: "contour", secondary: "box" });
    expect(guidingMasks(0)).toEqual({ primary: "fine", secondary: "fine" });
  });
});

describe("the masks of a region", () => {
  const masks = regionMasks(
    [draw("....", ".#..", "...."), draw("....", "..#.", "....")],
    [{ x: 1, y: 0, width: 3, height: 2 }],
  );

  it("unite segments and boxes", () => {
    expect(show(masks.fine)).toEqual(["....", ".##.", "...."]);
    expect(show(masks.box)).toEqual([".###", ".###", "...."]);
  });

  it("guide generation hard, or softly by either rule", () => {
    expect(guidingMask(masks, null, "paper")).toEqual(masks.fine);
    expect(Array.from(guidingMask(masks, 0.2, "paper").data)).toEqual([
      0, 51, 51, 51, 0, 255, 255, 51, 0, 0, 0, 0,
    ]);
    // A small mask in one piece is guided by its contour, which here is the mask itself.
    expect(guidingMask(masks, 0.2, "difference")).toEqual(masks.fine);
  });

  it("take a person's mask as it is", () => {
    const drawn = boxMask(30, 20, [{ x: 5, y: 5, width: 12, height: 9 }]);
    const { fine, box, contour } = regionMasks([drawn], []);
    expect(fine).toEqual(drawn);
    expect(box).toEqual(contour);
  });
});

describe("mask checks", () => {
  it("pass a clean mask in one piece", () => {
    expect(checkMask(boxMask(20, 20, [{ x: 2, y: 3, width: 5, height: 6 }]))).toEqual({
      area: 30 / 400,
      fragments: 1,
    });
  });

  it.each([
    ["empty", boxMask(20, 20, [])],
    ["full", fullMask(20, 20)],
    ["too-small", boxMask(20, 20, [{ x: 0, y: 0, width: 2, height: 2 }])],
    ["too-large", boxMask(20, 20, [{ x: 0, y: 0, width: 20, height: 19 }])],
  ] as const)("refuse a mask that is %s, with the reason", (code, mask) => {
    expect(checkMask(mask).problem).toMatchObject({ code, reason: expect.stringContaining("mask") });
  });

  it("refuse a mask in too many pieces", () => {
    const dots = {
      width: 60,
      height: 60,
      data: Uint8Array.from({ length: 3600 }, (_, i) =>
        i % 2 === 0 && Math.floor(i / 60) % 2 === 0 ? 255 : 0,
      ),
    };
    expect(checkMask(dots)).toMatchObject({ fragments: 900, problem: { code: "fragmented" } });
  });

  it("clip boxes to the image and unite masks", () => {
    const a = boxMask(4, 2, [{ x: -3, y: -1, width: 4.5, height: 2 }]);
    expect(show(a)).toEqual(["##..", "...."]);
    expect(maskArea(unionMasks([a, boxMask(4, 2, [{ x: 3, y: 1, width: 9, height: 9 }])]))).toBe(3 / 8);
  });
});
