import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { normalNoise } from "@/lib/diffusion/noise";
import type { GenerationRequest } from "@/lib/diffusion/types";
import type { RgbImage } from "@/lib/domain/image";
import type { ScoreRequest } from "@/lib/perception/types";
import type { Peer } from "./benchmark";

const folderOfPeer = fileURLToPath(new URL("pipeline-peer", import.meta.url));

export const pytorch: Peer = {
  name: "PyTorch",
  async installed() {
    const python = process.env.PENTIMENTO_PYTHON;
    if (!python) return undefined;
    const wanted = ["torch", "diffusers", "transformers", "scikit-image", "onnx", "onnxruntime"];
    const script = `import importlib.metadata as m; print(' '.join(m.version(p) for p in ${JSON.stringify(wanted)}))`;
    return promisify(execFile)(python, ["-c", script]).then(
      ({ stdout }) => {
        const [torch, diffusers, transformers, skimage] = stdout.trim().split(" ");
        return `${torch}, diffusers ${diffusers}, transformers ${transformers}, scikit-image ${skimage}`;
      },
      () => undefined,
    );
  },
};

export interface PipelinePeer {
  /** Pairs by diffusers and PyTorch in one batch; `seconds` in all, `step` for one step. */
  draw(
    requests: readonly GenerationRequest[],
  ): Promise<{ seconds: number; step: number; pairs: { source: RgbImage; target: RgbImage }[] }>;
  score(
    requests: readonly ScoreRequest[],
  ): Promise<{ seconds: number; scores: Readonly<Record<string, number>>[] }>;
}

/** Runs PyTorch with a pack's weights beside `use`; it has compared every model with the pack's graph before. */
export async function withPipelinePeer<T>(
  packDirectory: string,
  use: (peer: PipelinePeer) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "pentimento-bench-"));
  const child = spawn(process.env.PENTIMENTO_PYTHON!, [folderOfPeer, packDirectory], {
    stdio: ["pipe", "pipe", "pipe"],
  });
  let complaints = "";
  child.stderr.on("data", (chunk: Buffer) => {
    complaints = (complaints + chunk.toString()).slice(-4000);
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async <A>(): Promise<A> => {
    const line = await lines.next();
    if (!line.done) return JSON.parse(line.value) as A;
    throw new Error(`PyTorch's side ended: ${complaints.trim().split("\n").at(-1)}`);
  };
  const ask = <A>(request: unknown): Promise<A> => {
    child.stdin.write(`${JSON.stringify(request)}\n`);
    return answer<A>();
  };
  try {
    await answer();
    return await use(peerIn(folder, ask));
  } finally {
    child.stdin.end();
    if (child.exitCode === null) await once(child, "exit");
    await rm(folder, { recursive: true });
  }
}

function peerIn(folder: string, ask: <A>(request: unknown) => Promise<A>): PipelinePeer {
  const file = (n: number, kind: string) => join(folder, `${n}.${kind}`);
  const picture = async (n: number, kind: string, { width, height }: RgbImage) => ({
    width,
    height,
    data: new Uint8Array(await readFile(file(n, kind))),
  });
  return {
    async draw(requests) {
      for (const [n, { anchor, seed }] of requests.entries()) {
        await writeFile(file(n, "anchor"), anchor!.data);
        await writeFile(file(n, "noise"), normalNoise(seed, "initial", 0, 16 * 16 * 16));
      }
      const { steps, strength, guidance } = requests[0]!;
      const edits = requests.map(({ sourceCaption, targetCaption, control }) => ({
        sourceCaption,
        targetCaption,
        cross: control.cross,
        self: control.self,
        sourceWords: control.localBlend?.sourceWords ?? [],
        targetWords: control.localBlend?.targetWords ?? [],
        threshold: control.localBlend?.threshold ?? 0,
      }));
      const { seconds, step } = await ask<{ seconds: number; step: number }>({
        draw: { folder, edits, steps, strength, guidance },
      });
      const pairs = await Promise.all(
        requests.map(async ({ anchor }, n) => ({
          source: await picture(n, "source", anchor!),
          target: await picture(n, "target", anchor!),
        })),
      );
      return { seconds, step, pairs };
    },
    async score(requests) {
      for (const [n, { source, target }] of requests.entries()) {
        await writeFile(file(n, "source"), source.data);
        await writeFile(file(n, "target"), target.data);
      }
      const pairs = requests.map(({ sourceCaption, targetCaption }) => ({ sourceCaption, targetCaption }));
      return ask({ score: { folder, pairs } });
    },
  };
}
