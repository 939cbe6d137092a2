import type { Judgement } from "@/lib/generators/judge-pair";
import type { DrawnPair } from "./draw-batch";
import type { EndpointPair } from "./endpoint-draw";

/** A scored pair, whoever drew it, with what a judge said of it where one was asked. */
export type AnyPair = (DrawnPair | EndpointPair) & { judgement?: Judgement };

export function isFromEndpoint(pair: AnyPair): pair is EndpointPair & { judgement?: Judgement } {
  return pair.inputs.kind === "endpoint";
}
