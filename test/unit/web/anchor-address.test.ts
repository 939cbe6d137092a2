import { describe, expect, it } from "vitest";
import { anchorFilterOf, readAnchorAddress } from "@/components/anchors/anchor-address";
import { changedAddress } from "@/components/ui/use-address";

describe("the address of the anchors page", () => {
  it.each([
    ["", { generated: false }],
    ["show=photo", { generated: false, origin: "photo" }],
    ["show=uncaptioned&q=%20red%20", { generated: false, uncaptioned: true, search: "red" }],
    // The choice among added images says nothing of sample images.
    ["part=generated&show=photo&q=fox", { generated: true, search: "fox" }],
    ["part=x&show=y", { generated: false }],
  ])("?%s asks for %j", (text, filter) => {
    expect(anchorFilterOf(readAnchorAddress(new URLSearchParams(text)))).toEqual(filter);
  });

  it("changes in parts", () => {
    const now = new URLSearchParams("show=photo&q=fox");
    expect(changedAddress("/anchors", now, { q: "red fox" })).toBe("/anchors?show=photo&q=red+fox");
    expect(changedAddress("/anchors", now, { q: "", show: null })).toBe("/anchors");
  });
});
