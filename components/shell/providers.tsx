"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { LiveUpdates } from "@/components/live/live-updates";
import { OfflineNotice } from "@/components/live/offline-notice";
import { PresenceProvider } from "@/components/people/presence-provider";
import { SignedOutNotice } from "@/components/people/signed-out-notice";
import { isFinal } from "@/components/ui/problem";
import { ToastProvider } from "@/components/ui/toasts";

export function Providers({ children }: { children: ReactNode }) {
  const [queries] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: {
            staleTime: 30_000,
            // Live events say when something changed.
            refetchOnWindowFocus: false,
            // What the studio has answered it would answer again.
            retry: (failures, error) => failures < 1 && !isFinal(error),
          },
        },
      }),
  );
  return (
    <QueryClientProvider client={queries}>
      <ToastProvider>
        <LiveUpdates>
          <OfflineNotice />
          <SignedOutNotice />
          <PresenceProvider>{children}</PresenceProvider>
        </LiveUpdates>
      </ToastProvider>
    </QueryClientProvider>
  );
}
