import { type Context, requireAbility } from "../context";
import { askWorker } from "./ask-worker";
import { choosePack } from "./choose-pack";

/** Unit-length CLIP embeddings of texts, and the pack that they are of: only its own can be compared. */
export async function embedText(
  context: Context,
  { texts, pack }: { texts: string[]; pack?: string | undefined },
) {
  requireAbility(context, "read");
  const chosen = await choosePack(context, "clip", { pack });
  const { vectors } = await askWorker(context.studio, "embedText", { pack: chosen, texts }, "");
  return { pack: chosen, vectors };
}
