import { type ImportProgress, type ImportReport, MAX_LISTED } from "./import-types";

export type ImportTally = {
  add(subject: string, warnings: readonly string[]): void;
  /** @param outcome what to list; null for what needs no word */
  duplicate(subject: string, outcome: string | null): void;
  refuse(subject: string, reason: string): void;
  progress(): ImportProgress;
  report(): ImportReport;
};

/** Counts of an import, with a bounded list of what was refused or looked odd. */
export function importTally(): ImportTally {
  const report: ImportReport = {
    added: 0,
    duplicates: 0,
    known: [],
    refused: [],
    refusedTotal: 0,
    warnings: [],
    warningsTotal: 0,
  };
  return {
    add(subject, warnings) {
      report.added++;
      for (const warning of warnings) {
        report.warningsTotal++;
        if (report.warnings.length < MAX_LISTED) report.warnings.push({ subject, warning });
      }
    },
    duplicate(subject, outcome) {
      report.duplicates++;
      if (outcome !== null && report.known.length < MAX_LISTED) report.known.push({ subject, outcome });
    },
    refuse(subject, reason) {
      report.refusedTotal++;
      if (report.refused.length < MAX_LISTED) report.refused.push({ subject, reason });
    },
    progress() {
      const { added, duplicates, refusedTotal } = report;
      return { seen: added + duplicates + refusedTotal, added, duplicates, refused: refusedTotal };
    },
    report: () => report,
  };
}
