import type { FloatTensor, IntTensor } from "@/lib/packs/model";
import type { PairControl, StepControl } from "./pair-control";

type FloatControl = "cross_map" | "cross_alpha" | "cross_scale" | "self_gate";

export type ControlInputs = Readonly<Record<FloatControl, FloatTensor> & { source_row: IntTensor }>;

/** A target of a source, and its control at one step. */
export interface TargetControl {
  readonly control: PairControl;
  readonly step: StepControl;
}

/**
 * The control inputs of one run of the controlled graph, whose rows are those of its groups in order, each a source and
 * then its targets: `source_row` [B], `cross_map` [B,T,T], `cross_alpha` [B,T], `cross_scale` [B,T], `self_gate` [B].
 * Sources are left as they are. Targets may be at different steps and under any mix of settings.
 * @param tokens T
 */
export function controlInputs(
  groups: readonly { readonly targets: readonly TargetControl[] }[],
  tokens: number,
): ControlInputs {
  const count = groups.reduce((rows, { targets }) => rows + 1 + targets.length, 0);
  const sourceRow = new BigInt64Array(count);
  const map = new Float32Array(count * tokens * tokens);
  const alpha = new Float32Array(count * tokens);
  const scale = new Float32Array(count * tokens).fill(1);
  const gate = new Float32Array(count);
  let row = 0;
  for (const { targets } of groups) {
    const source = row;
    sourceRow[row++] = BigInt(source);
    for (const { control, step } of targets) {
      sourceRow[row] = BigInt(source);
      map.set(control.mapping.map, row * tokens * tokens);
      alpha.set(step.alpha, row * tokens);
      scale.set(step.scale, row * tokens);
      gate[row++] = step.selfGate;
    }
  }
  return {
    source_row: { data: sourceRow, dims: [count] },
    cross_map: { data: map, dims: [count, tokens, tokens] },
    cross_alpha: { data: alpha, dims: [count, tokens] },
    cross_scale: { data: scale, dims: [count, tokens] },
    self_gate: { data: gate, dims: [count] },
  };
}
