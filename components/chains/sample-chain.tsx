"use client";

import { useQuery } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { ChainStrip } from "./chain-strip";

/** Where a sample stands in its chain: “turn 2 of 3”, with the pictures before and after. */
export function SampleChain({ sampleId }: { sampleId: string }) {
  const chain = useQuery(api.chains.ofSample.queryOptions({ input: { id: sampleId } }));
  if (!chain.data || chain.data.before.length === 0) return null;
  const { before, after } = chain.data;
  const turn = before.length + 1;
  return (
    <div className="flex flex-col gap-2">
      <p className="text-[13px] text-ink-soft">
        Turn {turn} of {turn + after.length}
      </p>
      <ChainStrip turns={[...before, ...after]} width={84} />
    </div>
  );
}
