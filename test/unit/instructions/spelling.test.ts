import { describe, expect, it } from "vitest";
import { readStarterSeeds } from "@/lib/instructions/starter-seeds";
import { misspellings } from "@/lib/server/seeds/spelling";

const words = (text: string) => misspellings(text).map(({ word }) => word);

describe("spelling", () => {
  it("finds words of no dictionary and what they may be", () => {
    const [first, ...more] = misspellings("Put a brown hosre on the field, the hosre stands.");
    expect(more).toEqual([]);
    expect(first!.word).toBe("hosre");
    expect(first!.suggestions[0]).toBe("horse");
    expect(misspellings("a gren firetruk").map(({ suggestions }) => suggestions[0])).toEqual([
      "green",
      "firetruck",
    ]);
  });

  it("takes American and British spelling, names, possessives and numbers", () => {
    expect(
      words("A grey theatre in the colour of Zxqwv's 90s sign, the man's cosy pyjamas. Don't stylise it."),
    ).toEqual([]);
    expect(words("Zxqwv stands there")).toEqual(["Zxqwv"]);
  });

  it("leaves other scripts alone and bears odd text", () => {
    expect(words("一只猫 кот 🐈 ''' - --")).toEqual([]);
    expect(misspellings("x".repeat(500))).toEqual([]);
  });

  it("hardly ever blames the shipped examples", () => {
    const all = readStarterSeeds();
    const blamed = all.flatMap((seed) =>
      words(`${seed.sourceCaption}. ${seed.instruction} ${seed.targetCaption}`),
    );
    expect(new Set(blamed).size, [...new Set(blamed)].join(" ")).toBeLessThan(12);
  });
});
