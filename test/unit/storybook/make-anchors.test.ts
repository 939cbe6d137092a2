import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { makeStorybookAnchors } from "@/lib/storybook/make-anchors";

describe("makeStorybookAnchors", () => {
  it("yields that many PNG pictures with captions, the same ones every time", async () => {
    const first = [];
    for await (const anchor of makeStorybookAnchors(3, 5, { size: 64 })) first.push(anchor);
    const again = [];
    for await (const anchor of makeStorybookAnchors(3, 5, { size: 64 })) again.push(anchor);
    expect(first).toHaveLength(3);
    expect(first.map(({ png }) => png.toString("base64"))).toEqual(
      again.map(({ png }) => png.toString("base64")),
    );
    expect(new Set(first.map(({ caption }) => caption)).size).toBe(3);
    for (const { png, caption, captions } of first) {
      expect(await sharp(png).metadata()).toMatchObject({ format: "png", width: 64, height: 64 });
      expect(captions[0]).toBe(caption);
    }
  });
});
