import type { Command } from "commander";
import { UserError } from "@/lib/domain/errors";
import { reproduceCandidate } from "@/lib/server/runs/reproduce-candidate";
import { createEngines } from "@/workers/engines";
import { rowId } from "./row-id";
import { withStudio } from "./with-studio";

/** Below this the new image is not the old one (dB); equal pixels are what is expected on the same machine. */
const leastPsnr = 50;

export function addReproduceCommand(program: Command): void {
  program
    .command("reproduce")
    .description("Draw a candidate again from its recipe and compare it with the stored one")
    .argument("<candidate>", "id of the candidate", rowId("candidate"))
    .action((id: string) =>
      withStudio("reproduce", { work: false }, async (context) => {
        const engines = createEngines(context.studio.packsDir);
        try {
          const { source, target, differences } = await reproduceCandidate(context, id, engines.engineFor);
          for (const sentence of differences) console.log(sentence);
          const say = (psnr: number) =>
            psnr === Number.POSITIVE_INFINITY ? "equal" : `${psnr.toFixed(1)} dB`;
          console.log(`source: ${say(source)}, target: ${say(target)}`);
          if (Math.min(source, target) < leastPsnr) {
            throw new UserError("conflict", `The candidate was not reproduced (below ${leastPsnr} dB).`, id);
          }
        } finally {
          await engines.close();
        }
      }),
    );
}
