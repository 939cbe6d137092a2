import { expect, it } from "vitest";
import { drawText } from "@/lib/server/review/draw-text";

const draw = {
  drawOrder: "random",
  pool: 1340,
  probability: 0.01,
  noProbability: null,
  blind: false,
} as const;

it.each([
  [draw, "In random order, from 1,340 that could come."],
  [{ ...draw, blind: true }, "In random order, from 1,340 that could come, blind."],
  [{ ...draw, pool: null, drawOrder: "oldest" }, "Oldest first, with a chance of 1 %."],
  [
    { ...draw, pool: null, probability: null, noProbability: "ordered", drawOrder: "uncertain" },
    "Uncertain first.",
  ],
  [
    { ...draw, pool: null, probability: null, noProbability: "again", drawOrder: "oldest" },
    "Oldest first, a second time.",
  ],
] as const)("says how a sample was drawn: %j", (one, text) => {
  expect(drawText(one)).toBe(text);
});
