import { describe, expect, it } from "vitest";
import { diffWords } from "@/lib/domain/word-diff";

const side = (parts: ReturnType<typeof diffWords>["parts"], not: string): string =>
  parts
    .filter((part) => part.kind !== not)
    .map((part) => part.text)
    .join(" ");

describe("diffWords", () => {
  it("shows an exchanged word as removed, then added", () => {
    expect(diffWords("A dog on a rug.", "A fox on a rug.")).toEqual({
      parts: [
        { kind: "same", text: "A" },
        { kind: "removed", text: "dog" },
        { kind: "added", text: "fox" },
        { kind: "same", text: "on a rug." },
      ],
      same: 5,
      removed: 1,
      added: 1,
      changedShare: 2 / 12,
    });
  });

  it("finds nothing between captions that differ in case and spaces only", () => {
    expect(diffWords("A  Dog runs", "a dog runs").changedShare).toBe(0);
  });

  it("treats whole additions and empty captions", () => {
    expect(diffWords("", "a cat")).toMatchObject({ added: 2, removed: 0, changedShare: 1 });
    expect(diffWords("", "")).toMatchObject({ parts: [], changedShare: 0 });
  });

  it("keeps hyphens, apostrophes and other scripts whole", () => {
    const { parts } = diffWords("the man's t-shirt, größe", "the man's hat, größe");
    expect(parts).toEqual([
      { kind: "same", text: "the man's" },
      { kind: "removed", text: "t-shirt" },
      { kind: "added", text: "hat" },
      { kind: "same", text: ", größe" },
    ]);
  });

  it("gives back both captions, and a longest common subsequence (against plain recursion)", () => {
    const words = ["a", "b", "c", "d"];
    let state = 7;
    const next = (): number => {
      state = (state * 1103515245 + 12345) % 2147483648;
      return state;
    };
    const lcs = (a: string[], b: string[]): number =>
      a.length === 0 || b.length === 0
        ? 0
        : a[0] === b[0]
          ? 1 + lcs(a.slice(1), b.slice(1))
          : Math.max(lcs(a.slice(1), b), lcs(a, b.slice(1)));
    for (let round = 0; round < 200; round++) {
      const draw = (): string[] => Array.from({ length: next() % 8 }, () => words[next() % 4]!);
      const [a, b] = [draw(), draw()];
      const diff = diffWords(a.join(" "), b.join(" "));
      expect(side(diff.parts, "added")).toBe(a.join(" "));
      expect(side(diff.parts, "removed")).toBe(b.join(" "));
      expect(diff.same).toBe(lcs(a, b));
    }
  });

  it("stays quick on ten thousand words", () => {
    const long = Array.from({ length: 10_000 }, (_, i) => `w${i % 97}`).join(" ");
    const start = performance.now();
    expect(diffWords(long, `x ${long} y`).same).toBeGreaterThanOrEqual(0);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
