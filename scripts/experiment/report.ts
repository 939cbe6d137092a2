import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Comparison, PolicyResult } from "./compare-policies";
import type { ArmTable, ExperimentSize, Results } from "./evaluate";
import { adaptiveRules } from "./sampling";
import type { Estimate } from "./statistics";

export interface Report {
  results: Results;
  size: ExperimentSize;
  command: string;
  pack: { name: string; version: string; hash: string };
  references: number;
}

/** Writes the numbers as JSON and as a page. */
export async function writeReport(folder: string, report: Report): Promise<void> {
  await writeFile(join(folder, "experiment.json"), `${JSON.stringify(report, null, 2)}\n`);
  await writeFile(join(folder, "experiment.md"), page(report));
}

function page({ results, size, command, pack, references }: Report): string {
  const { diversity, control, softness, sampling } = results;
  return `# The paper's claims, in miniature

\`${command}\` draws ${size.edits} edits of Storybook scenes that training never showed, in several ways with the same seeds,
and measures the outcome against the exact one. Pack ${pack.name} ${pack.version}, \`${pack.hash.slice(0, 16)}\`; numbers in
[experiment.json](experiment.json). ${size.draws} draws of each edit and way, more for the last comparison. Brackets hold
95 % intervals over edits. These are small models of an illustrated world: what holds here need not hold for large ones, and
the other way round.

## Anchors against none: diversity of the sources

Sources drawn from an anchor and its caption, against sources from the caption alone. Vendi score: how many unlike
pictures the ${size.edits * size.draws} sources amount to. Coverage: share of ${references} other scenes that have a source within the distance of
their third nearest neighbour among themselves. Both in the pack's self-supervised (DINO) embedding.

| measure | with anchors | without | ratio |
|---|---|---|---|
| Vendi score | ${show(diversity.vendi.free)} | ${show(diversity.vendi["no-anchor"])} | ${show(diversity.vendi.ratio)} |
| coverage | ${show(diversity.coverage.free)} | ${show(diversity.coverage["no-anchor"])} | ${show(diversity.coverage.ratio)} |

${verdict("Anchors make the sources more diverse", [above(diversity.vendi.ratio, 1), above(diversity.coverage.ratio, 1)])}

## Attention control against none

${armTable(control, "with control", "without")}

${verdict("Control changes less outside of the edit", [above(control[0]!.difference, 0)])}
${verdict("Control does not cost success", [notAbove(control[1]!.difference, 0)])}

## Soft against hard masks

Edits of one thing, in the exact region, s = 0.5 between the object and its box.

${armTable(softness, "hard", "soft")}

${verdict("Soft masks come closer to the exact outcome", [below(softness[1]!.difference, 0)])}

## Adaptive against fixed sampling

The fixed policy draws every edit the published number of times with steps and attention thresholds at random; the adaptive
one draws the same edits by the plan of a run ([sampling.md](sampling.md)): it chooses steps, thresholds and noise by what they gave
before, and stops when one more draw promises little. How little is for the user to say; here are two answers. Both policies keep
at most two of an edit, by the same thresholds, and of those that pass the ones with the highest CLIP direction, so that more draws
mean a higher direction; where draws took up the noise of others, one pair of each. Yield: kept pairs per 1,000 UNet row evaluations.
The columns behind the CLIP direction hold the kept pairs against the exact outcome, which neither policy sees; likeness is the
cosine of the two kept sources in the self-supervised encoder, which neither sees either.

### Free-form

${comparisons(sampling.freeForm, "free", size.pool)}

### Region

Edits of one thing, in the exact region, masks hard or soft as in a run.

${comparisons(sampling.region, "region", size["region-pool"])}

### Both stages

All of the above together: what a run gains that draws edits of one thing both ways.

**Thrifty**:

${comparison(sampling.both.thrifty)}

**Choosy**:

${comparison(sampling.both.choosy)}
`;
}

type Answer = "yes" | "no" | "unclear";

/** Whether a number lies above a bound, with its whole interval. */
function above({ low, high }: Estimate, bound: number): Answer {
  return low > bound ? "yes" : high < bound ? "no" : "unclear";
}
/** Whether a number is at least a bound: its value, and not clearly less. */
const reaches = (estimate: Estimate, bound: number): Answer =>
  estimate.value >= bound ? "yes" : above(estimate, bound);
const below = ({ value, low, high }: Estimate, bound: number) =>
  above({ value: -value, low: -high, high: -low }, -bound);
/** Success that is not clearly higher elsewhere counts as not lost. */
const notAbove = (estimate: Estimate, bound: number): Answer =>
  estimate.low > bound ? "no" : estimate.value <= bound ? "yes" : "unclear";

function verdict(claim: string, answers: readonly Answer[]): string {
  const answer = answers.includes("no") ? "no" : answers.every((each) => each === "yes") ? "yes" : "unclear";
  const words = { yes: "holds here", no: "does not hold here", unclear: "not decided by these numbers" };
  return `- ${claim}: **${words[answer]}**.`;
}

function armTable(rows: ArmTable, first: string, second: string): string {
  const lines = rows.map(
    (row) =>
      `| ${row.measure} (${row.unit}) | ${show(row.first)} | ${show(row.second)} | ${show(row.difference)} |`,
  );
  return `| measure | ${first} | ${second} | difference |\n|---|---|---|---|\n${lines.join("\n")}`;
}

function comparisons(found: Results["sampling"]["region"], stage: "free" | "region", pool: number): string {
  return (["thrifty", "choosy"] as const)
    .map((name) => {
      const { share, leastRaise } = adaptiveRules[`${name}-${stage}`];
      const most = Math.round(share * pool);
      return `**${name[0]!.toUpperCase()}${name.slice(1)}**: at most ${most} draws, \`leastRaise: ${leastRaise}\`.\n\n${comparison(found[name])}`;
    })
    .join("\n\n");
}

function comparison({ edits, strata, ...compared }: Comparison): string {
  const rows = [
    policyRows(`all ${edits}`, compared),
    ...strata.map((stratum) => policyRows(`${stratum.edits} whose draws pass: ${stratum.label}`, stratum)),
  ];
  return `| edits | policy | drawn | kept | UNet rows | yield | times | CLIP direction | right way | LAB distance | change outside | sharpness | likeness |
|---|---|---|---|---|---|---|---|---|---|---|---|---|
${rows.join("\n")}

Yield, adaptive against fixed: ${show(compared.ratio)} times; kept: ${show(compared.keptRatio)} times; mean CLIP
direction of the kept: ${show(compared.directionDifference)} more; LAB distance to the exact outcome: ${show(compared.labDifference)} more.

${verdict("Adaptive sampling keeps at least three times as many per evaluation", [above(compared.ratio, 3)])}
${verdict("It keeps as many", [reaches(compared.keptRatio, 1)])}
${verdict("Their CLIP direction is no lower", [reaches(compared.directionDifference, 0)])}
${verdict("They are no further from the exact outcome", [notAbove(compared.labDifference, 0)])}`;
}

function policyRows(edits: string, { fixed, adaptive }: Pick<Comparison, "fixed" | "adaptive">): string {
  const row = (name: string, result: PolicyResult) => {
    const { drawn, kept, unetRows, direction, success, labError, outside, sharpness, likeness } = result;
    const times = number(result.yield / fixed.yield);
    const measures = [result.yield, direction, success, labError, outside, sharpness, likeness].map(number);
    return `| ${[edits, name, drawn, kept, unetRows, measures[0], times, ...measures.slice(1)].join(" | ")} |`;
  };
  return `${row("fixed", fixed)}\n${row("adaptive", adaptive)}`;
}

function show({ value, low, high }: Estimate): string {
  return `${number(value)} [${number(low)}, ${number(high)}]`;
}

function number(value: number): string {
  if (!Number.isFinite(value)) return "none";
  return Math.abs(value) >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}
