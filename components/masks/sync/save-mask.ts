import { z } from "zod";
import { type RegionView, regionView } from "@/lib/api/contract/masks";
import type { SaveFailure } from "./sync-state";

/** What the server said to a mask that was sent to it. */
export type SaveAnswer =
  | { kind: "saved"; region: RegionView }
  | { kind: "conflict"; region: RegionView }
  | Exclude<SaveFailure, { kind: "conflict" }>;

// JSON carries dates as text.
const regionJson = regionView.extend({
  updatedAt: z.coerce.date(),
  mask: regionView.shape.mask.unwrap().extend({ createdAt: z.coerce.date() }).nullable(),
  holder: regionView.shape.holder.unwrap().extend({ until: z.coerce.date() }).nullable(),
});
const outcome = z.discriminatedUnion("saved", [
  z.object({ saved: z.literal(true), region: regionJson }),
  z.object({ saved: z.literal(false), conflict: regionJson }),
]);
const complaint = z.object({ message: z.string() });

export interface SaveRequest {
  regionId: string;
  /** The server's version that the mask is based on. */
  version: number;
  /** The same for every attempt to send the same revision: an answer that got lost does no harm. */
  saveId: string;
  png: Uint8Array<ArrayBuffer>;
  /** Into the history only: what is current stays so. */
  aside?: boolean;
}

/** A server that has not answered after this long is taken for dead, ms. */
const patienceMs = 60_000;

/** Sends a mask. Never throws: what can go wrong is an answer. */
export async function saveMask({ regionId, version, saveId, png, aside }: SaveRequest): Promise<SaveAnswer> {
  const query = new URLSearchParams({ version: String(version), saveId, ...(aside && { aside: "1" }) });
  let response: Response;
  try {
    response = await fetch(`/api/masks/${regionId}?${query}`, {
      method: "PUT",
      body: png,
      headers: { "content-type": "image/png" },
      signal: AbortSignal.timeout(patienceMs),
    });
  } catch {
    return { kind: "unreachable", reason: "The studio does not answer." };
  }
  const body: unknown = await response.json().catch(() => null);
  const answer = outcome.safeParse(body);
  if (answer.success) {
    return answer.data.saved
      ? { kind: "saved", region: answer.data.region }
      : { kind: "conflict", region: answer.data.conflict };
  }
  const said = complaint.safeParse(body);
  return failureOf(response.status, said.success ? said.data.message : null);
}

/** What an HTTP status means for work that is to be saved. */
export function failureOf(
  status: number,
  message: string | null,
): Exclude<SaveFailure, { kind: "conflict" }> {
  if (status === 401) {
    return { kind: "signed-out", reason: message ?? "Your sign-in has ended." };
  }
  if (status >= 500 || status === 408 || status === 425 || status === 429) {
    return { kind: "unreachable", reason: message ?? `The studio has a problem (status ${status}).` };
  }
  return { kind: "refused", reason: message ?? `The studio answered with status ${status}.` };
}
