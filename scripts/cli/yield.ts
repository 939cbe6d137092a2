import type { Command } from "commander";
import { UserError } from "@/lib/domain/errors";
import type { PolicyYield } from "@/lib/domain/sampling/yield-report";
import { publishedDraws, runYield, type StageYield } from "@/lib/server/runs/run-yield";
import { rowId } from "./row-id";
import { wholeNumber } from "./whole-number";
import { withStudio } from "./with-studio";

const stageNames = { freeForm: "Free-form", region: "Region" } as const;

export function addYieldCommand(program: Command): void {
  program
    .command("yield")
    .description(
      "Accepted pairs per UNet evaluation of a run, next to the published policy on the same draws",
    )
    .argument("<run>", "id of the run", rowId("run"))
    .option(
      "--draws <n>",
      "draws of the fixed policy (default: 30 free-form, 100 region)",
      wholeNumber(1, 1000),
    )
    .option("--json", "print the whole report as JSON")
    .action((id: string, options: { draws?: number; json?: boolean }) =>
      withStudio("yield", { work: false }, async (context) => {
        const stages = await runYield(context, id, options);
        if (stages.length === 0) throw new UserError("not-found", "The run has drawn nothing yet.", "run");
        if (options.json) console.log(JSON.stringify(stages, null, 2));
        else for (const stage of stages) printStage(stage, options.draws);
      }),
    );
}

function printStage({ stage, own, report }: StageYield, draws: number | undefined): void {
  const rate = own.unetRows > 0 ? ((1000 * own.kept) / own.unetRows).toFixed(2) : "–";
  console.log(
    `${stageNames[stage]}: ${own.kept} pairs kept of ${own.drawn} drawn, ${rate} for 1,000 UNet evaluations.`,
  );
  const compared = report.policies[0]?.edits ?? 0;
  if (compared === 0) {
    console.log(
      `  No edit was drawn ${draws ?? publishedDraws[stage]} times, so no policy can be compared: run with` +
        " “sampling: {mode: fixed}” and as many candidates, or name fewer with --draws.",
    );
    return;
  }
  console.log(`  On the ${compared} edits with all draws (${report.short} others left out):`);
  printTable(report.policies);
  for (const stratum of report.strata) {
    console.log(`  Edits whose draws pass: ${stratum.label} (${stratum.edits})`);
    printTable(stratum.policies);
  }
}

function printTable(policies: readonly PolicyYield[]): void {
  const fixed = policies[0]?.perThousand;
  for (const { policy, drawn, unetRows, kept, perThousand, direction } of policies) {
    const ratio = fixed && perThousand ? `${(perThousand / fixed).toFixed(2)}×` : "–";
    const cells = [
      policy.padEnd(36),
      `${drawn} drawn`.padStart(12),
      `${unetRows} UNet rows`.padStart(18),
      `${kept} kept`.padStart(10),
      `${perThousand === null ? "–" : perThousand.toFixed(2)} per 1,000`.padStart(18),
      ratio.padStart(8),
      `direction ${direction === null ? "–" : direction.toFixed(3)}`.padStart(17),
    ];
    console.log(`    ${cells.join("")}`);
  }
}
