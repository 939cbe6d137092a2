import { allBits } from "./bits";
import { quantise, type ScoreColumn, type ScoreTable } from "./score-table";

export interface Bound {
  min?: number | undefined;
  max?: number | undefined;
}

/** The rows of a table that keep every bound set so far. A change of one bound looks at one column only. */
export interface Passing {
  readonly table: ScoreTable;
  /** Sets, or with an empty bound lifts, the bound of one score. A row without the score breaks every bound on it. */
  setBound(score: string, bound: Bound): void;
  /** The rows that pass, as bits. Valid until the next call. */
  bits(): Uint32Array;
}

export function createPassing(table: ScoreTable): Passing {
  const everything = allBits(table.rows);
  const kept = new Map<string, Uint32Array>();
  const result = allBits(table.rows);
  let stale = false;

  return {
    table,
    setBound(score, bound) {
      stale = true;
      const column = table.columns.find((candidate) => candidate.score === score);
      if (bound.min === undefined && bound.max === undefined) kept.delete(score);
      // A score that nobody has is broken by everybody.
      else if (!column) kept.set(score, new Uint32Array(everything.length));
      else kept.set(score, within(column, bound, kept.get(score) ?? new Uint32Array(everything.length)));
    },
    bits() {
      if (!stale) return result;
      stale = false;
      result.set(everything);
      for (const bits of kept.values()) {
        for (let i = 0; i < result.length; i++) result[i]! &= bits[i]!;
      }
      return result;
    },
  };
}

function within({ values, min, max }: ScoreColumn, bound: Bound, into: Uint32Array): Uint32Array {
  const low = bound.min === undefined ? 1 : bound.min > max ? 65_536 : quantise(bound.min, min, max);
  const high = bound.max === undefined ? 65_535 : bound.max < min ? 0 : quantise(bound.max, min, max);
  const span = high - low;
  const whole = values.length >>> 5;
  for (let word = 0, at = 0; word < whole; word++) {
    let bits = 0;
    // One unsigned comparison tests both ends.
    for (let bit = 0; bit < 32; bit++, at++) if ((values[at]! - low) >>> 0 <= span) bits |= 1 << bit;
    into[word] = bits;
  }
  if (values.length & 31) {
    let bits = 0;
    for (let at = whole << 5; at < values.length; at++) {
      if ((values[at]! - low) >>> 0 <= span) bits |= 1 << (at & 31);
    }
    into[whole] = bits;
  }
  return into;
}
