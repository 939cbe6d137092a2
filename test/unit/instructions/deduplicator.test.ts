import { describe, expect, it } from "vitest";
import { createDeduplicator, createEditDeduplicator, textSimilarity } from "@/lib/instructions/deduplicator";

describe("createDeduplicator", () => {
  it("finds exact repeats whatever the case, marks, articles and spelling", () => {
    const held = createDeduplicator();
    expect(held.add("Change the colour of the car to grey.")).toBeNull();
    expect(held.find("please change color of car to gray")).toEqual({
      of: "Change the colour of the car to grey.",
      similarity: 1,
    });
    expect(held.size).toBe(1);
  });

  it("finds near repeats and names them", () => {
    const held = createDeduplicator();
    held.add("Put a big red kite high in the sky above the sandy beach");
    const repeat = held.add("Put a big red kite high up in the sky above the sandy beach");
    expect(repeat?.similarity).toBeGreaterThan(0.75);
    expect(held.size).toBe(1);
  });

  it("tells edits apart that differ in what matters", () => {
    const held = createDeduplicator();
    for (const text of [
      "Make the car red",
      "Make the car blue",
      "Add a dog",
      "Add a cat",
      "Turn the dog into a fox",
      "Turn the fox into a dog",
    ]) {
      expect(held.add(text), text).toBeNull();
    }
  });

  it("finds through its bands what comparing every pair finds", () => {
    const words = ["red", "dog", "car", "tree", "sky", "hat", "run", "sea", "sun", "cup", "big", "old"];
    let state = 3;
    const next = (): number => {
      state = (state * 1103515245 + 12345) % 2147483648;
      return state;
    };
    const texts = Array.from({ length: 120 }, () =>
      Array.from({ length: 8 }, () => words[next() % 12]!).join(" "),
    );
    const variants = texts.map((text) => `${text} ${words[next() % 12]}`);
    const held = createDeduplicator({ threshold: 0.7 });
    for (const text of texts) held.add(text);
    let missed = 0;
    for (const variant of variants) {
      const brute = texts.some((text) => textSimilarity(text, variant) >= 0.7);
      if (brute && held.find(variant) === null) missed++;
    }
    expect(missed).toBeLessThanOrEqual(2);
  });

  it("holds ten thousand instructions without slowing down", () => {
    const held = createDeduplicator();
    const start = performance.now();
    for (let i = 0; i < 10_000; i++)
      held.add(`Replace the thing${i % 977} with another${i} beside place${i % 313} number${i}`);
    expect(held.size).toBeGreaterThan(9_900);
    expect(performance.now() - start).toBeLessThan(20_000);
  });

  it("takes empty text", () => {
    const held = createDeduplicator();
    expect(held.add("")).toBeNull();
    expect(held.add("...")).not.toBeNull();
  });
});

describe("createEditDeduplicator", () => {
  const edit = (sourceCaption: string, instruction: string, targetCaption: string) => ({
    sourceCaption,
    instruction,
    targetCaption,
  });

  it("lets one wording serve several captions, up to the limit", () => {
    const held = createEditDeduplicator({ maxRepeats: 2 });
    expect(held.add(edit("a house", "Make it snow", "a house in the snow"))).toBeNull();
    expect(held.add(edit("a car", "Make it snow", "a car in the snow"))).toBeNull();
    expect(held.add(edit("a hut", "Make it snow", "a hut in the snow"))).not.toBeNull();
  });

  it("refuses two ways to the same target caption", () => {
    const held = createEditDeduplicator();
    held.add(edit("a dog", "Replace the dog with a cat", "a cat"));
    expect(held.add(edit("a dog", "Turn the dog into a feline", "A cat."))).not.toBeNull();
  });
});
