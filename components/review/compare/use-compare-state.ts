import { type Dispatch, type SetStateAction, useState } from "react";
import type { CompareState } from "./compare-view";

/** How pairs are compared. The mode stays from sample to sample; each sample begins with its after. */
export function useCompareState(
  sampleId: string | undefined,
): [CompareState, Dispatch<SetStateAction<CompareState>>] {
  const [compare, setCompare] = useState<CompareState>({ mode: "side", showing: "after" });
  const [of, setOf] = useState(sampleId);
  if (of !== sampleId) {
    setOf(sampleId);
    setCompare({ ...compare, showing: "after" });
  }
  return [compare, setCompare];
}
