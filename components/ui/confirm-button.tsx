"use client";

import { type ReactNode, useEffect, useRef, useState } from "react";
import { Button, type ButtonLook } from "./button";

interface ConfirmButtonProps {
  children: ReactNode;
  /** What is asked before it is done. */
  question: string;
  /** The answer that does it. */
  yes: string;
  /** The answer that leaves all as it is. */
  no?: string;
  size?: NonNullable<ButtonLook["size"]>;
  disabled?: boolean;
  title?: string | undefined;
  onConfirm: () => void;
}

/** A button for what cannot be taken back: it asks in its own place. Escape means no, and the focus comes back to it. */
export function ConfirmButton({
  children,
  question,
  yes,
  no = "Keep",
  size = "medium",
  disabled,
  title,
  onConfirm,
}: ConfirmButtonProps) {
  const [asking, setAsking] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const answered = useRef(false);
  // The focus is the external system: it returns to the button that the question took the place of.
  useEffect(() => {
    if (!asking && answered.current) button.current?.focus();
    answered.current = asking;
  }, [asking]);
  if (!asking) {
    return (
      <Button
        ref={button}
        look="danger"
        size={size}
        disabled={disabled}
        title={title}
        onClick={() => setAsking(true)}
      >
        {children}
      </Button>
    );
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape works wherever the focus is inside the question
    <div
      className="flex flex-wrap items-center gap-2"
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        // Else it would close the dialog around it too.
        event.preventDefault();
        event.stopPropagation();
        setAsking(false);
      }}
    >
      <span role="status" className="text-[13px]">
        {question}
      </span>
      <Button
        look="bad"
        size={size}
        disabled={disabled}
        onClick={() => {
          setAsking(false);
          onConfirm();
        }}
      >
        {yes}
      </Button>
      <Button autoFocus look="quiet" size={size} onClick={() => setAsking(false)}>
        {no}
      </Button>
    </div>
  );
}
