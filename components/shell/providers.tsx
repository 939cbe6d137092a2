"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { LiveUpdates } from "@/components/live/live-updates";
import { PresenceProvider } from "@/components/people/presence-provider";
import { SignedOutNotice } from "@/components/people/signed-out-notice";
import { ToastProvider } from "@/components/ui/toasts";

export function Providers({ children }: { children: ReactNode }) {
  const [queries] = useState(
    () =>
      new QueryClient({
        // Live events say when something changed, so nothing needs refetching on focus.
        defaultOptions: { queries: { staleTime: 30_000, refetchOnWindowFocus: false, retry: 1 } },
      }),
  );
  return (
    <QueryClientProvider client={queries}>
      <ToastProvider>
        <LiveUpdates>
          <SignedOutNotice />
          <PresenceProvider>{children}</PresenceProvider>
        </LiveUpdates>
      </ToastProvider>
    </QueryClientProvider>
  );
}
