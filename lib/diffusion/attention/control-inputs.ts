import type { FloatTensor } from "@/lib/packs/model";
import type { PairControl, StepControl } from "./pair-control";

export type ControlTensorName = "cross_map" | "cross_alpha" | "cross_scale" | "self_gate";

/**
 * Batches the control of P pairs for one run of the controlled graph: `cross_map` [P,T,T], `cross_alpha` [P,T],
 * `cross_scale` [P,T], `self_gate` [P]. Pairs may be at different steps and under any mix of settings.
 */
export function controlInputs(
  pairs: readonly { readonly control: PairControl; readonly step: StepControl }[],
): Record<ControlTensorName, FloatTensor> {
  const count = pairs.length;
  const tokens = pairs[0]?.step.alpha.length ?? 0;
  const map = new Float32Array(count * tokens * tokens);
  const alpha = new Float32Array(count * tokens);
  const scale = new Float32Array(count * tokens);
  const gate = new Float32Array(count);
  pairs.forEach(({ control, step }, p) => {
    map.set(control.mapping.map, p * tokens * tokens);
    alpha.set(step.alpha, p * tokens);
    scale.set(step.scale, p * tokens);
    gate[p] = step.selfGate;
  });
  return {
    cross_map: { data: map, dims: [count, tokens, tokens] },
    cross_alpha: { data: alpha, dims: [count, tokens] },
    cross_scale: { data: scale, dims: [count, tokens] },
    self_gate: { data: gate, dims: [count] },
  };
}
