"use client";

import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export default function PageError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <div className="flex h-full items-center justify-center p-8">
      <EmptyState
        title="This page failed"
        actions={
          <>
            <Button look="primary" onClick={reset}>
              Try again
            </Button>
            <Button onClick={() => window.location.reload()}>Reload</Button>
          </>
        }
      >
        <p>Nothing that was saved is lost. Decisions and drafts are kept as they are made.</p>
        <p className="mt-3 rounded-md bg-sunken px-3 py-2 text-left font-mono text-xs break-words">
          {error.message || "No message"}
          {error.digest && ` (${error.digest})`}
        </p>
      </EmptyState>
    </div>
  );
}
