import { type Context, requireAbility } from "../context";
import { listPacks } from "../project/list-packs";
import { liveDoors, noWorker } from "./ask-worker";

/** Whether a click or a text would be answered now, and if not, why. */
export async function interactiveStatus(context: Context) {
  requireAbility(context, "read");
  const [doors, packs] = await Promise.all([liveDoors(context.studio, ""), listPacks(context)]);
  const able = packs.map(({ name, title, roles }) => ({
    name,
    title,
    segment: roles.includes("segmenter"),
    detect: roles.includes("detector"),
  }));
  const noPack = able.some(({ segment }) => segment)
    ? null
    : "No model pack has a segmenter, so clicks cannot be turned into masks; draw by hand.";
  const problem = doors.length === 0 ? noWorker : noPack;
  return { available: problem === null, problem, packs: able };
}
