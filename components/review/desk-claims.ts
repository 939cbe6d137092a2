import { client } from "@/lib/api/client";
import type { ClaimView } from "@/lib/api/contract/review";

const storageKey = "pentimento review claims";

/** The claims of this tab, so that a reload gives back what the page before it held. */
export interface DeskClaims {
  /** Lets go of what another window of this browser takes over, until the returned function is called. */
  listen(): () => void;
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
  let others: BroadcastChannel | null = null;
  const remember = () => {
    try {
      sessionStorage.setItem(storageKey, JSON.stringify([...held]));
    } catch {
      // Without storage the leases run out by themselves.
    }
  };
  const drop = (assignmentId: string) => {
    if (held.delete(assignmentId)) remember();
  };
  return {
    listen() {
      const channel = new BroadcastChannel(storageKey);
      // A claim names the person and not the window: one that closed later would give back what it no longer has.
      channel.onmessage = ({ data }: MessageEvent<string[]>) => data.forEach(drop);
      others = channel;
      return () => {
        others = null;
        channel.close();
      };
    },
    hold(claims) {
      const ids = claims.map(({ assignmentId }) => assignmentId);
      for (const id of ids) held.add(id);
      others?.postMessage(ids);
      remember();
    },
    drop,
    held: () => [...held],
    async releaseLeftovers() {
      const left = readLeftovers();
      if (left.length > 0) await client.review.release({ assignmentIds: left }).catch(() => {});
    },
    releaseAll() {
      if (held.size === 0) return;
      const assignmentIds = [...held];
      held.clear();
      remember();
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
