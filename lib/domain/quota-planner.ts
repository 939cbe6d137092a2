import { type EditType, editTypeIds } from "./edit-types";
import type { Quotas } from "./run-config";

/** What a run knows of one edit type, over all its stages. */
export interface TypeProgress {
  readonly editType: EditType;
  /** Edits written, and those whose images are done, left out or failed. */
  readonly edits: number;
  readonly finished: number;
  /** Samples kept so far; edits, in a run that makes no images. */
  readonly kept: number;
}

export interface TypeCoverage {
  readonly editType: EditType;
  readonly quota: number;
  readonly kept: number;
  /** Edits whose images are still to be made. */
  readonly pending: number;
  /** Samples expected of those. */
  readonly expected: number;
  /** Edits that are still to be written, so that the quota is met at the rate seen so far. */
  readonly editsNeeded: number;
}

/** Edits whose yield the run's own is worth when a type has few finished ones. */
const weight = 4;
/** A type that has yielded nothing is asked for as if one edit in this many would. */
const leastYield = 1 / 20;
/** Few questions make idle workers between rounds, so that more than needed is asked, up to this many anchors… */
const leastAnchors = 8;
/** …as long as not more than so many times what is needed comes of it. */
const mostSurplus = 2;

/**
 * How far each quota is: what is kept, what the edits under way promise, and what must still be written. A type's
 * yield is its kept samples per finished edit, drawn towards the run's where few are finished.
 * @param keepPerEdit most samples of one edit
 */
export function quotaCoverage(
  quotas: Quotas,
  progress: readonly TypeProgress[],
  keepPerEdit: number,
): TypeCoverage[] {
  const sum = (part: (row: TypeProgress) => number) => progress.reduce((total, row) => total + part(row), 0);
  const prior = (sum((row) => row.kept) + keepPerEdit / 2) / (sum((row) => row.finished) + 1);
  return editTypeIds.flatMap((editType) => {
    const quota = quotas[editType];
    if (quota === undefined) return [];
    const row = progress.find((other) => other.editType === editType);
    const { edits, finished, kept } = row ?? { edits: 0, finished: 0, kept: 0 };
    const perEdit = Math.min(
      keepPerEdit,
      Math.max(leastYield, (kept + weight * prior) / (finished + weight)),
    );
    const pending = edits - finished;
    const missing = Math.max(0, quota - kept);
    const expected = Math.min(missing, pending * perEdit);
    return [
      {
        editType,
        quota,
        kept,
        pending,
        expected,
        editsNeeded: Math.max(0, Math.ceil((missing - expected) / perEdit - 1e-9)),
      },
    ];
  });
}

/** What Stage I is to be asked for next; null where every quota is met or will be by the edits under way. */
export interface RoundPlan {
  readonly editTypes: EditType[];
  /** Anchors to ask. */
  readonly anchors: number;
}

/**
 * The next round of Stage I: the types that are missing, the most wanted first, and so many anchors that they can give
 * what is needed if each gives `editsPerAnchor` edits of these types.
 */
export function planRound(coverage: readonly TypeCoverage[], editsPerAnchor: number): RoundPlan | null {
  const missing = coverage.filter(({ editsNeeded }) => editsNeeded > 0);
  if (missing.length === 0) return null;
  const needed = missing.reduce((sum, { editsNeeded }) => sum + editsNeeded, 0);
  return {
    editTypes: [...missing].sort((a, b) => b.editsNeeded - a.editsNeeded).map(({ editType }) => editType),
    anchors: Math.max(
      Math.ceil(needed / editsPerAnchor),
      Math.min(leastAnchors, Math.floor((mostSurplus * needed) / editsPerAnchor)),
    ),
  };
}
