import type { Command } from "commander";
import { listChains } from "@/lib/server/chains/list-chains";
import { startTurn } from "@/lib/server/chains/start-turn";
import { rowId } from "./row-id";
import { wholeNumber } from "./whole-number";
import { withStudio } from "./with-studio";

export function addChainCommand(program: Command): void {
  const chain = program.command("chain").description("Edits in several turns");
  chain
    .command("next")
    .description(
      "Make anchors of the targets of approved samples, so that a run can take them one turn further",
    )
    .option("--run <id>", "only samples of this run", rowId("run"))
    .option("--limit <count>", "at most so many, newest first", wholeNumber(1, 100_000), 10_000)
    .action(({ run, limit }: { run?: string; limit: number }) =>
      withStudio("chain next", { work: false }, async (context) => {
        const { importId, started, refused } = await startTurn(context, { runId: run, limit });
        for (const { sampleId, reason } of refused) console.log(`${sampleId}: ${reason}`);
        console.log(`${started} ${started === 1 ? "picture" : "pictures"} can take another turn.`);
        if (importId)
          console.log(`A run over just these has “anchors: {origin: sample, importId: ${importId}}”.`);
      }),
    );
  chain
    .command("list")
    .description("List chains, newest first")
    .option("--limit <count>", "at most so many", wholeNumber(1, 200), 20)
    .action(({ limit }: { limit: number }) =>
      withStudio("chain list", { work: false }, async (context) => {
        for (const { caption, strands } of (await listChains(context, { limit })).items) {
          console.log(caption);
          for (const { turns, waiting } of strands) {
            for (const { turn, state, instruction } of turns)
              console.log(`  ${turn}. ${instruction} (${state})`);
            if (waiting) console.log(`  ${waiting.turn}. not drawn yet`);
          }
        }
      }),
    );
}
