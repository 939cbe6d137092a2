"use client";

import { useQueryClient } from "@tanstack/react-query";
import { usePathname } from "next/navigation";
import { useEffect, useState } from "react";
import { Button, buttonClass } from "@/components/ui/button";
import { client } from "@/lib/api/client";
import { onSignedOut } from "@/lib/api/signed-out";

/**
 * Says that the sign-in has ended, over whatever the page shows. The page stays as it is: what was typed or drawn is
 * not lost, and goes on once somebody has signed in in this browser.
 */
export function SignedOutNotice() {
  const queries = useQueryClient();
  const path = usePathname();
  const [signedOut, setSignedOut] = useState(false);
  const [stillOut, setStillOut] = useState(false);

  // Any request of the page may be the one that hears of it.
  useEffect(() => onSignedOut(() => setSignedOut(true)), []);

  const goOn = async () => {
    const known = await client.people.me().then(
      () => true,
      () => false,
    );
    setStillOut(!known);
    if (!known) return;
    setSignedOut(false);
    await queries.invalidateQueries();
  };
  // A sign-in in another tab is noticed when this one is looked at again.
  useEffect(() => {
    if (!signedOut) return;
    const look = () => {
      if (document.visibilityState === "visible") void goOn();
    };
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  });

  if (!signedOut || path === "/sign-in") return null;
  return (
    <div
      role="alert"
      className="fixed inset-x-0 top-0 z-50 flex flex-wrap items-center justify-center gap-x-4 gap-y-2 border-b border-line bg-warn-soft px-4 py-3 text-warn shadow-lg"
    >
      <p>
        <strong>You are signed out.</strong>{" "}
        {stillOut
          ? "This browser is not signed in yet: open your sign-in link in it first."
          : "What you did on this page is still here. Open your sign-in link in this browser and go on."}
      </p>
      <div className="flex gap-2">
        <a href="/sign-in" target="_blank" rel="noreferrer" className={buttonClass({ size: "small" })}>
          How to sign in
        </a>
        <Button size="small" look="primary" onClick={goOn}>
          I have signed in
        </Button>
      </div>
    </div>
  );
}
