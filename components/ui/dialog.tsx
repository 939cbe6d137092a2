"use client";

import { type ReactNode, useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { Button } from "./button";
import { classNames } from "./class-names";

interface DialogProps {
  title: string;
  open: boolean;
  onClose: () => void;
  wide?: boolean;
  children: ReactNode;
}

/**
 * A modal dialog: the browser's own, so the focus trap, Escape and inertness of the page behind come with it. Focus
 * goes to the element with `autoFocus`, else to the first field, else to the dialog itself.
 */
export function Dialog({ title, open, onClose, wide, children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const [shown, setShown] = useState(false);
  // The element's own open state is the external system here. Content comes once it is open: in a closed dialog
  // nothing takes the focus, and `autoFocus` would have no effect.
  useLayoutEffect(() => {
    const dialog = ref.current;
    if (open && !dialog?.open) dialog?.showModal();
    if (!open && dialog?.open) dialog.close();
    setShown(open);
  }, [open]);
  return (
    <dialog
      ref={ref}
      aria-labelledby={titleId}
      onClose={onClose}
      className={classNames(
        "m-auto max-h-[90vh] w-full rounded-xl border border-line bg-panel p-0 text-ink shadow-xl outline-none",
        wide ? "max-w-4xl" : "max-w-xl",
      )}
    >
      {open && shown && (
        <div className="flex flex-col gap-4 p-6">
          <header className="flex items-center justify-between gap-4">
            <h2 id={titleId} className="text-lg font-semibold">
              {title}
            </h2>
            <Button look="quiet" size="small" onClick={onClose} aria-label="Close">
              ✕
            </Button>
          </header>
          <Content>{children}</Content>
        </div>
      )}
    </dialog>
  );
}

const fields = "input:enabled, select:enabled, textarea:enabled";

function Content({ children }: { children: ReactNode }) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const content = ref.current;
    if (!content || content.contains(document.activeElement)) return;
    [...content.querySelectorAll<HTMLElement>(fields)].find((field) => field.checkVisibility())?.focus();
  }, []);
  return (
    <div ref={ref} className="contents">
      {children}
    </div>
  );
}
