import { type SampleState, sampleStates } from "@/lib/domain/sample-state";

export function isSampleState(value: string): value is SampleState {
  return (sampleStates as readonly string[]).includes(value);
}
