"use client";

import { useState } from "react";
import { Button } from "./button";

/** A line of text in a box with a button that copies it. */
export function CopyText({ text, label }: { text: string; label: string }) {
  const [copied, setCopied] = useState<boolean | null>(null);
  const copy = async () => {
    const done = await navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
    setCopied(done);
    setTimeout(() => setCopied(null), 2000);
  };
  return (
    <div className="flex min-w-0 items-center gap-1 rounded-md border border-line bg-sunken py-0.5 pr-0.5 pl-3">
      <code className="min-w-0 flex-1 overflow-x-auto py-1 font-mono text-[13px] whitespace-nowrap">
        {text}
      </code>
      <Button size="small" look="quiet" onClick={copy} aria-label={`Copy ${label}`}>
        {copied === null ? "Copy" : copied ? "Copied" : "Select and copy it by hand"}
      </Button>
    </div>
  );
}
