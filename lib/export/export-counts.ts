import type { ExportRow, SplitName } from "./export-row";

export type ExportCounts = {
  rows: number;
  bySplit: Partial<Record<SplitName, number>>;
  byEditType: Record<string, number>;
  byLicence: Record<string, number>;
  byGenerator: Record<string, number>;
  byInstructionSource: Record<string, number>;
  byDecision: Record<string, number>;
  withMask: number;
  /** Rows of chains by their turn; those of turn 1 count the chains. */
  byTurn: Record<string, number>;
};

export function emptyCounts(): ExportCounts {
  return {
    rows: 0,
    bySplit: {},
    byEditType: {},
    byLicence: {},
    byGenerator: {},
    byInstructionSource: {},
    byDecision: {},
    withMask: 0,
    byTurn: {},
  };
}

/** Counts one written row; the dataset card is made of these, so it cannot disagree with the files. */
export function countRow(counts: ExportCounts, row: ExportRow, split: SplitName): void {
  const bump = <K extends string>(table: Partial<Record<K, number>>, key: K) => {
    table[key] = (table[key] ?? 0) + 1;
  };
  counts.rows++;
  if (row.maskImage) counts.withMask++;
  if (row.chainId) bump(counts.byTurn, `${row.turnIndex}`);
  bump(counts.bySplit, split);
  bump(counts.byEditType, row.editType);
  bump(counts.byLicence, row.licence ?? "unknown");
  bump(counts.byGenerator, row.generator);
  bump(counts.byInstructionSource, row.instructionSource);
  bump(counts.byDecision, row.decision);
}
