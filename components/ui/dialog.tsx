"use client";

import { type ReactNode, useEffect, useId, useRef } from "react";
import { Button } from "./button";
import { classNames } from "./class-names";

interface DialogProps {
  title: string;
  open: boolean;
  onClose: () => void;
  wide?: boolean;
  children: ReactNode;
}

/** A modal dialog: the browser's own, so focus, Escape and inertness of the page behind come with it. */
export function Dialog({ title, open, onClose, wide, children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  // The element's own open state is the external system here.
  useEffect(() => {
    const dialog = ref.current;
    if (open && !dialog?.open) dialog?.showModal();
    if (!open && dialog?.open) dialog.close();
  }, [open]);
  return (
    <dialog
      ref={ref}
      aria-labelledby={titleId}
      onClose={onClose}
      className={classNames(
        "m-auto max-h-[90vh] w-full rounded-xl border border-line bg-panel p-0 text-ink shadow-xl",
        wide ? "max-w-4xl" : "max-w-xl",
      )}
    >
      {open && (
        <div className="flex flex-col gap-4 p-6">
          <header className="flex items-center justify-between gap-4">
            <h2 id={titleId} className="text-lg font-semibold">
              {title}
            </h2>
            <Button look="quiet" size="small" onClick={onClose} aria-label="Close">
              ✕
            </Button>
          </header>
          {children}
        </div>
      )}
    </dialog>
  );
}
