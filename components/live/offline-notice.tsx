"use client";

import { useEffect, useState } from "react";
import { useConnected } from "./live-updates";

/** A restart of the studio or a short gap in the network is nobody's concern. */
const patienceMs = 2_000;

/** Says that the studio cannot be reached, over whatever the page shows, until it can be again. */
export function OfflineNotice() {
  const connected = useConnected();
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    if (connected) return setLasting(false);
    const timer = setTimeout(() => setLasting(true), patienceMs);
    return () => clearTimeout(timer);
  }, [connected]);
  if (!lasting) return null;
  return (
    <div
      role="alert"
      className="fixed inset-x-0 top-0 z-50 border-b border-line bg-bad-soft px-4 py-2.5 text-center text-bad shadow-lg"
    >
      <strong>The studio does not answer.</strong> What this page shows may be old. It goes on by itself as
      soon as the network or the studio is back.
    </div>
  );
}
