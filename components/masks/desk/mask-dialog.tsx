"use client";

import { useEffect, useRef } from "react";
import type { RegionView } from "@/lib/api/contract/masks";
import type { InlineDesk } from "./desk-source";
import { MaskDesk } from "./mask-desk";

interface MaskDialogProps extends InlineDesk {
  title: string;
  load: () => Promise<RegionView>;
}

/** The mask desk over another page, as large as the window. Escape belongs to the desk: its own key leads back. */
export function MaskDialog({ title, load, ...inline }: MaskDialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  // The element's own open state and the focus are the external systems.
  useEffect(() => {
    const dialog = ref.current;
    if (!dialog?.open) dialog?.showModal();
    // Not its first button: the keys belong to the desk.
    dialog?.focus();
  }, []);
  return (
    <dialog
      ref={ref}
      aria-label={title}
      tabIndex={-1}
      // Escape in a field of the desk leaves the field.
      onCancel={(event) => event.preventDefault()}
      onClose={inline.close}
      className="m-auto h-[calc(100%-2rem)] max-h-none w-[calc(100%-2rem)] max-w-none overflow-hidden rounded-xl border border-line bg-panel p-0 text-ink shadow-xl outline-none"
    >
      <MaskDesk source={{ kind: "one", load }} title={title} inline={inline} />
    </dialog>
  );
}
