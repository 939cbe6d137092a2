import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { MaskImage } from "@/lib/domain/image";
import { maskToCompressedRle, rleToMask } from "@/lib/domain/masks/coco-rle";
import { featherMask } from "@/lib/domain/masks/feather-mask";
import { growMask } from "@/lib/domain/masks/grow-mask";
import { rasterisePolygon } from "@/lib/domain/masks/rasterise-polygon";
import { rasteriseEllipse } from "@/lib/domain/masks/rasterise-shape";
import type { Benchmark, Measured } from "./benchmark";

const run = promisify(execFile);
const script = fileURLToPath(new URL("masks-core-peer.py", import.meta.url));
const rounds = 9;

/** The fastest of some rounds, in ms: what others do on the machine meanwhile only adds time. */
function fastest(work: () => unknown): number {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < rounds; i++) {
    const began = performance.now();
    work();
    best = Math.min(best, performance.now() - began);
  }
  return best;
}

/** What people draw: a wavy blob with an uneven edge that fills most of the image. */
function drawn(side: number): MaskImage {
  const points = Array.from({ length: 2000 }, (_, i) => {
    const angle = (2 * Math.PI * i) / 2000;
    const radius = side * (0.36 + 0.08 * Math.sin(5 * angle) + 0.01 * Math.sin(60 * angle));
    return { x: side / 2 + radius * Math.cos(angle), y: side / 2 + radius * Math.sin(angle) };
  });
  return rasterisePolygon(side, side, [points]);
}

/** The worst case for run lengths: every pixel a coin toss. */
function noise(side: number): MaskImage {
  const data = new Uint8Array(side * side);
  let state = 1;
  for (let i = 0; i < data.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    data[i] = state >>> 31 ? 255 : 0;
  }
  return { width: side, height: side, data };
}

interface Times {
  encode: number;
  decode: number;
  /** Turning the pixels into columns first, as pycocotools wants them. */
  turn: number;
  /** Turning its columns back into rows of pixels. */
  turnBack: number;
}

async function pycocotools(mask: MaskImage): Promise<Times> {
  const folder = await mkdtemp(join(tmpdir(), "pentimento-bench-"));
  try {
    const file = join(folder, "mask.raw");
    await writeFile(file, mask.data);
    const { stdout } = await run(process.env.PENTIMENTO_PYTHON!, [
      script,
      file,
      `${mask.height}`,
      `${mask.width}`,
      `${rounds}`,
    ]);
    return JSON.parse(stdout) as Times;
  } finally {
    await rm(folder, { recursive: true });
  }
}

const peer = {
  name: "pycocotools",
  async installed() {
    const python = process.env.PENTIMENTO_PYTHON;
    if (!python) return undefined;
    const version = "import importlib.metadata as m; print(m.version('pycocotools'))";
    return run(python, ["-c", version]).then(
      ({ stdout }) => stdout.trim(),
      () => undefined,
    );
  },
};

/**
 * The worse of the ratios to pycocotools on a drawn mask and on noise. Both begin or end with pixels in rows, as images
 * have them; pycocotools wants and gives columns (np.asfortranarray, np.ascontiguousarray).
 */
async function ratio(what: "encode" | "decode"): Promise<Measured> {
  const lines: string[] = [];
  let worst = 0;
  for (const [name, mask] of [
    ["drawn", drawn(4096)],
    ["noise", noise(4096)],
  ] as const) {
    const rle = maskToCompressedRle(mask);
    const ours = () => fastest(what === "encode" ? () => maskToCompressedRle(mask) : () => rleToMask(rle));
    const before = ours();
    const theirs = await pycocotools(mask);
    const time = Math.min(before, ours());
    const turn = what === "encode" ? theirs.turn : theirs.turnBack;
    worst = Math.max(worst, time / (theirs[what] + turn));
    lines.push(
      `${name}: ${time.toFixed(1)} ms, theirs ${theirs[what].toFixed(1)} + ${turn.toFixed(1)} to turn`,
    );
  }
  return { value: worst, note: `4096², fastest of rounds; ${lines.join("; ")}` };
}

const disc = (side: number) =>
  rasteriseEllipse(side, side, { x: 2, y: 2, width: side - 4, height: side - 4 });

/** A benchmark of an operation on a mask that is made when it is asked for. */
function timed(
  name: string,
  atMost: number,
  make: () => MaskImage,
  work: (mask: MaskImage) => unknown,
): Benchmark {
  return {
    name: `masks-core/${name}`,
    unit: "ms",
    target: { atMost },
    async run() {
      const mask = make();
      return { value: fastest(() => work(mask)), note: `fastest of ${rounds}` };
    },
  };
}

const grow = (mask: MaskImage) => growMask(mask, 16);
const feather = (mask: MaskImage) => featherMask(mask, { by: "blur", sigma: 8 });
const ratioTo = (what: "encode" | "decode"): Benchmark => ({
  name: `masks-core/rle-${what}`,
  unit: "×",
  target: { atMost: 1.5 },
  peer,
  needsPeer: true,
  run: () => ratio(what),
});

export const benchmarks: Benchmark[] = [
  ratioTo("encode"),
  ratioTo("decode"),
  timed("grow-512", 50, () => disc(512), grow),
  timed("feather-512", 50, () => disc(512), feather),
  timed("grow-4096", 600, () => disc(4096), grow),
  timed("feather-4096", 600, () => disc(4096), feather),
  timed("grow-4096-noise", 600, () => noise(4096), grow),
  timed("feather-4096-noise", 600, () => noise(4096), feather),
];
