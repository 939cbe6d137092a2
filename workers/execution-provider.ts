import { UserError } from "@/lib/domain/errors";
import type { ExecutionProvider } from "@/lib/packs/open-pack";

const providers: readonly ExecutionProvider[] = ["cpu", "cuda", "webgpu"];

/** Where models run: `PENTIMENTO_PROVIDER`, the CPU by default. */
export function executionProvider(): ExecutionProvider {
  const wanted = process.env.PENTIMENTO_PROVIDER || "cpu";
  const provider = providers.find((known) => known === wanted);
  if (provider) return provider;
  throw new UserError(
    "bad-input",
    `PENTIMENTO_PROVIDER is “${wanted}”; it must be one of ${providers.join(", ")}.`,
    "PENTIMENTO_PROVIDER",
  );
}
