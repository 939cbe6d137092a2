/** One measured promise of the project. */
export interface Benchmark {
  /** `group/what`, in kebab case; the group is the file's name. */
  name: string;
  unit: string;
  /** The promise: what the value must not exceed, or must reach. */
  target: { atMost: number } | { atLeast: number };
  /** A project to compare with, named with its version where it is installed. */
  peer?: Peer;
  /** The value is a ratio to the peer: without one there is nothing to measure. */
  needsPeer?: boolean;
  run(): Promise<Measured>;
}

export interface Peer {
  name: string;
  /** Version of the installed peer, or undefined. */
  installed(): Promise<string | undefined>;
}

export interface Measured {
  value: number;
  /** The peer's value, measured in turn with ours in the same run. */
  peer?: number;
  /** Anything worth a remark beside the number. */
  note?: string;
}

/** A line of the report; `value` is null when the benchmark failed (or needs a peer that is missing), `holds` when its peer is. */
export interface Outcome {
  name: string;
  value: number | null;
  unit: string;
  target: string;
  holds: boolean | null;
  note: string;
}

export async function measure(benchmark: Benchmark): Promise<Outcome> {
  const { name, unit } = benchmark;
  const target =
    "atMost" in benchmark.target ? `≤ ${benchmark.target.atMost}` : `≥ ${benchmark.target.atLeast}`;
  try {
    const version = await benchmark.peer?.installed();
    if (benchmark.needsPeer && !version) {
      const note = `${benchmark.peer?.name} is not installed: not measured`;
      return { name, value: null, unit, target, holds: null, note };
    }
    const { value, peer, note } = await benchmark.run();
    const holds =
      "atMost" in benchmark.target ? value <= benchmark.target.atMost : value >= benchmark.target.atLeast;
    const notes = note ? [note] : [];
    if (benchmark.peer) {
      notes.push(
        version
          ? `${benchmark.peer.name} ${version}${peer === undefined ? "" : `: ${format(peer)} ${unit}`}`
          : `${benchmark.peer.name} is not installed: not compared`,
      );
    }
    return {
      name,
      value,
      unit,
      target,
      holds: benchmark.peer && !version ? null : holds,
      note: notes.join("; "),
    };
  } catch (error) {
    return {
      name,
      value: null,
      unit,
      target,
      holds: false,
      note: (error as Error).message.split("\n")[0] ?? "",
    };
  }
}

/** Three figures that matter. */
export function format(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

/** The middle of several measurements (the mean of the two middle ones of an even number). */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
}

/** The value that `percent` percent of the measurements do not exceed (nearest rank). */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1))]!;
}
