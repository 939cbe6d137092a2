"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { api } from "@/lib/api/client";
import type { Shown } from "./desk-controller";

/** Asks for the version history again whenever the server has taken a new version. */
export function useRefreshVersions(shown: Shown | null): void {
  const queries = useQueryClient();
  // The sync is the external system.
  useEffect(() => {
    if (!shown) return;
    let { version } = shown.sync.state();
    return shown.sync.subscribe(() => {
      const now = shown.sync.state().version;
      if (now === version) return;
      version = now;
      void queries.invalidateQueries({ queryKey: api.masks.versions.key() });
    });
  }, [shown, queries]);
}
