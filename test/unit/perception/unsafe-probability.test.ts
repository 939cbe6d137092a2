import { expect, it } from "vitest";
import { unsafeProbability } from "@/lib/perception/unsafe-probability";
import { fakePerceptionPack, tensor } from "./fake-perception-pack";

const image = { width: 4, height: 4, data: new Uint8Array(48).fill(100) };
const classifier = { safety: () => ({ logits: tensor([1, 2, 0], 1, 3) }) };
const safety = (activation: string, unsafe: number[]) => ({
  file: "safety",
  preprocessing: {
    size: [4, 4],
    fit: "stretch",
    interpolation: "bilinear",
    mean: [0, 0, 0],
    std: [1, 1, 1],
  },
  activation,
  unsafe,
});
const packWith = (activation: string, unsafe: number[]) =>
  fakePerceptionPack(classifier, [], { safety: safety(activation, unsafe) });

it("is the sum of exclusive classes", async () => {
  const weights = [Math.exp(1), Math.exp(2), 1];
  const total = weights[0]! + weights[1]! + weights[2]!;
  expect(await unsafeProbability(packWith("softmax", [0, 2]), image)).toBeCloseTo(
    (weights[0]! + weights[2]!) / total,
    6,
  );
});

it("is the largest of independent classes", async () => {
  expect(await unsafeProbability(packWith("sigmoid", [0, 2]), image)).toBeCloseTo(1 / (1 + Math.exp(-1)), 6);
});

it("says which pack has no classifier, and which class does not exist", async () => {
  await expect(unsafeProbability(fakePerceptionPack({}), image)).rejects.toThrow(/has no safety/);
  await expect(unsafeProbability(packWith("softmax", [3]), image)).rejects.toThrow(/3 classes/);
});
