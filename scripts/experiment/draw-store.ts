import { appendFile, mkdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { DrawNoise } from "@/lib/domain/draw-noise";
import type { Scores } from "@/lib/domain/scores";
import type { Arm } from "./arms";

/** What is kept of one draw. Distances and levels are those of `outcome.ts`. */
export interface DrawRow {
  arm: Arm;
  edit: number;
  draw: number;
  scores: Scores;
  unetRows: number;
  noise: DrawNoise;
  /** Steps and attention threshold that it was drawn with. */
  steps: number;
  threshold: number;
  /** Whether the target went the right way; null without an anchor, where there is no exact outcome. */
  success: boolean | null;
  /** Mean change of target against source where the exact edit changes nothing, in [0,1]; null for the whole picture. */
  outside: number | null;
  /** Mean difference of the source from the anchor, in [0,1]. */
  fidelity: number;
  /** LAB distance of the target to the exact one where it may change. */
  labError: number;
  seam: number | null;
  /** The source in the self-supervised encoder. */
  embedding: number[];
}

const name = (row: { arm: string; edit: number; draw: number }) => `${row.arm} ${row.edit} ${row.draw}`;

/** Draws made so far, in a file that grows by a line a draw: an experiment that was stopped goes on. */
export async function openDrawStore(file: string) {
  await mkdir(dirname(file), { recursive: true });
  const rows = new Map<string, DrawRow>();
  const text = await readFile(file, "utf8").catch(() => "");
  for (const line of text.split("\n")) {
    try {
      const row = JSON.parse(line) as DrawRow;
      rows.set(name(row), row);
    } catch {
      // The last line of a killed process may be cut; its draw is made again.
    }
  }
  return {
    has: (arm: Arm, edit: number, draw: number) => rows.has(name({ arm, edit, draw })),
    get: (arm: Arm, edit: number, draw: number) => rows.get(name({ arm, edit, draw })),
    async add(row: DrawRow) {
      rows.set(name(row), row);
      await appendFile(file, `${JSON.stringify(row)}\n`);
    },
    rows: () => [...rows.values()],
  };
}
