import { client } from "@/lib/api/client";
import type { ClaimView } from "@/lib/api/contract/review";

const storageKey = "pentimento review claims";

/** The claims of this tab, so that a reload gives back what the page before it held. */
export interface DeskClaims {
  hold(claims: readonly ClaimView[]): void;
  drop(assignmentId: string): void;
  held(): string[];
  /** Gives back what an earlier page of this tab left behind. */
  releaseLeftovers(): Promise<void>;
  /** Gives all back while the page goes away. */
  releaseAll(): void;
}

export function createDeskClaims(): DeskClaims {
  const held = new Set<string>();
  const remember = () => {
    try {
      sessionStorage.setItem(storageKey, JSON.stringify([...held]));
    } catch {
      // Without storage the leases run out by themselves.
    }
  };
  return {
    hold(claims) {
      for (const { assignmentId } of claims) held.add(assignmentId);
      remember();
    },
    drop(assignmentId) {
      if (held.delete(assignmentId)) remember();
    },
    held: () => [...held],
    async releaseLeftovers() {
      const left = readLeftovers();
      if (left.length > 0) await client.review.release({ assignmentIds: left }).catch(() => {});
    },
    releaseAll() {
      if (held.size === 0) return;
      const assignmentIds = [...held];
      held.clear();
      // The request outlives the page.
      void fetch("/api/v1/review/claims/release", {
        method: "POST",
        keepalive: true,
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ assignmentIds }),
      }).catch(() => {});
    },
  };
}

function readLeftovers(): string[] {
  try {
    const left: unknown = JSON.parse(sessionStorage.getItem(storageKey) ?? "[]");
    return Array.isArray(left) ? left.filter((id) => typeof id === "string").slice(0, 400) : [];
  } catch {
    return [];
  }
}
