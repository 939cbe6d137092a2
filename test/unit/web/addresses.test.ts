import { describe, expect, it } from "vitest";
import { anchorFilterOf, readAnchorAddress } from "@/components/anchors/anchor-address";
import { nextTurnRunHref } from "@/components/chains/next-turn-href";
import { maskQueueHref, maskQueueOf } from "@/components/masks/desk-links";
import { namedAnchors } from "@/components/runs/run-draft";
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

describe("the address of a run over some anchors", () => {
  const importId = "01a2223c-56da-779b-947e-ac6ac6bc1a76";
  const read = (href: string) => namedAnchors(new URL(href, "http://studio").searchParams);

  it("leads to exactly what was sent on together, or to all sample images", () => {
    expect(read(nextTurnRunHref(importId))).toEqual({ origin: "sample", importId });
    expect(read(nextTurnRunHref(null))).toEqual({ origin: "sample" });
  });

  it.each(["/runs/new", "/runs/new?origin=moon", "/runs/new?import=mistyped"])("%s names none", (href) => {
    expect(read(href)).toBeNull();
  });
});

describe("the address of the mask queue", () => {
  it.each([{}, { runId: "a" }, { kind: "sample" }, { runId: "a", kind: "edit" }] as const)(
    "leads to %j and back",
    (filter) => {
      expect(maskQueueOf(new URL(maskQueueHref(filter), "http://studio").searchParams)).toEqual(filter);
    },
  );

  it("leaves out a kind that there is none of", () => {
    expect(maskQueueOf(new URLSearchParams("kind=moon"))).toEqual({});
  });
});
