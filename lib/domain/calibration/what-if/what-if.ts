import { effectiveSize, exactInterval, type Interval } from "../../statistics/proportion-bounds";
import { bitWords, size, sizeOfBoth } from "./bits";
import { type Bound, createPassing } from "./passing";
import type { ScoreTable } from "./score-table";

/** Candidates with their edit types, and the samples that people decided on. */
export interface WhatIfData {
  readonly candidates: ScoreTable;
  /** Index into `editTypes` for each candidate. */
  readonly types: Uint8Array;
  readonly editTypes: readonly string[];
  /** Candidates that each row stands for: above 1 where only a random part of them was sent. */
  readonly scale: number;
  readonly decided: ScoreTable;
  /** 1 for approved, 0 for rejected. */
  readonly approved: Uint8Array;
  /** One over the chance with which each was drawn. */
  readonly weights: Float32Array;
}

/** A share measured on people's decisions. */
export interface Measured extends Interval {
  readonly value: number;
}

export interface WhatIfAnswer {
  readonly survivors: number;
  readonly share: number;
  readonly byType: readonly {
    readonly editType: string;
    readonly survivors: number;
    readonly candidates: number;
  }[];
  /** Of the decided samples that pass, the share that people approved; null where none passes. */
  readonly precision: Measured | null;
  /** Of the samples that people approved, the share that passes. */
  readonly recall: Measured | null;
  readonly decidedPassing: number;
}

export interface WhatIf {
  setBound(score: string, bound: Bound): void;
  answer(): WhatIfAnswer;
}

/** What any set of thresholds would let through, and how that agrees with people: milliseconds for a million candidates. */
export function createWhatIf(data: WhatIfData): WhatIf {
  const candidates = createPassing(data.candidates);
  const decided = createPassing(data.decided);
  const typeBits = data.editTypes.map(() => new Uint32Array(bitWords(data.candidates.rows)));
  for (let i = 0; i < data.types.length; i++) typeBits[data.types[i]!]![i >>> 5]! |= 1 << (i & 31);
  const typeSizes = typeBits.map(size);

  return {
    setBound(score, bound) {
      candidates.setBound(score, bound);
      decided.setBound(score, bound);
    },
    answer() {
      const passing = candidates.bits();
      const survivors = size(passing);
      return {
        survivors: Math.round(survivors * data.scale),
        share: data.candidates.rows > 0 ? survivors / data.candidates.rows : 0,
        byType: data.editTypes.map((editType, index) => ({
          editType,
          survivors: Math.round(sizeOfBoth(passing, typeBits[index]!) * data.scale),
          candidates: Math.round(typeSizes[index]! * data.scale),
        })),
        ...againstPeople(data, decided.bits()),
      };
    },
  };
}

function againstPeople({ approved, weights }: WhatIfData, passing: Uint32Array) {
  const passed = { weight: 0, squares: 0, good: 0 };
  const good = { weight: 0, squares: 0 };
  let decidedPassing = 0;
  for (let i = 0; i < approved.length; i++) {
    const weight = weights[i]!;
    const passes = (passing[i >>> 5]! >>> (i & 31)) & 1;
    if (passes) {
      decidedPassing++;
      passed.weight += weight;
      passed.squares += weight * weight;
      if (approved[i]) passed.good += weight;
    }
    if (approved[i]) {
      good.weight += weight;
      good.squares += weight * weight;
    }
  }
  return {
    decidedPassing,
    precision: measured(passed.good, passed.weight, passed.squares),
    recall: measured(passed.good, good.weight, good.squares),
  };
}

function measured(part: number, whole: number, squares: number): Measured | null {
  if (whole <= 0) return null;
  const value = Math.min(1, part / whole);
  const trials = effectiveSize(whole, squares);
  return { value, ...exactInterval(value * trials, trials) };
}
