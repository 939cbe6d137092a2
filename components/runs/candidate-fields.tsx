import { NumberField } from "./number-field";
import { type RunFields, withoutBlanks } from "./run-draft";

interface StageFields extends RunFields {
  stage: "freeForm" | "region";
}

interface Counts {
  maxCandidates?: number | undefined;
  keep?: number | undefined;
  targetsPerSource?: number | undefined;
}

/** How many candidates of an edit are drawn and kept in one of the image stages. */
export function CandidateFields(fields: StageFields) {
  const { draft, stage, problems } = fields;
  const { maxCandidates, keep } = draft[stage];
  return (
    <>
      <NumberField
        label="Candidates for each edit, at most"
        value={maxCandidates}
        placeholder="12"
        hint="Drawing stops earlier when enough have passed."
        error={problems[`${stage}.maxCandidates`] && "A whole number from 1 to 1000."}
        onChange={(value) => put(fields, { maxCandidates: value })}
      />
      <NumberField
        label="Kept of each edit, at most"
        value={keep}
        placeholder="2"
        hint="The best of those that pass."
        error={problems[`${stage}.keep`] && "A whole number from 1 to 100."}
        onChange={(value) => put(fields, { keep: value })}
      />
    </>
  );
}

/** How many targets share one source in one of the image stages. */
export function TargetsField(fields: StageFields) {
  const { draft, stage, problems } = fields;
  return (
    <NumberField
      label="Targets for each source"
      value={draft[stage].targetsPerSource}
      placeholder="1"
      hint="More than 1 makes preference pairs."
      error={problems[`${stage}.targetsPerSource`] && "A whole number from 1 to 16."}
      onChange={(value) => put(fields, { targetsPerSource: value })}
    />
  );
}

function put({ stage, draft, change }: StageFields, counts: Counts): void {
  if (stage === "region") change({ region: withoutBlanks({ ...draft.region, ...counts }) });
  else change({ freeForm: withoutBlanks({ ...draft.freeForm, ...counts }) });
}
