"use client";

import Link from "next/link";
import { useEffect, useRef } from "react";
import { MemberBadge } from "@/components/people/member-badge";
import { LineIcon, Mark } from "./icons";
import { NavList } from "./nav-list";
import { StudioState } from "./studio-state";
import { ThemeSwitch } from "./theme-switch";

/** The whole navigation over the page, where the window has no room for it beside the page. */
export function NavDrawer({ path, open, onClose }: { path: string; open: boolean; onClose: () => void }) {
  const ref = useRef<HTMLDialogElement>(null);
  // The element's own open state is the external system here.
  useEffect(() => {
    const dialog = ref.current;
    if (open && !dialog?.open) dialog?.showModal();
    if (!open && dialog?.open) dialog.close();
  }, [open]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it; a click beside it is one more way
    <dialog
      ref={ref}
      aria-label="Menu"
      onClose={onClose}
      onClick={({ target }) => target === ref.current && onClose()}
      className="m-0 h-dvh max-h-none w-64 max-w-[85vw] border-r border-line bg-panel p-0 text-ink shadow-xl"
    >
      {open && (
        <nav aria-label="Main" className="flex min-h-full flex-col gap-4 px-3 py-3">
          <div className="flex items-center justify-between gap-2 pl-2">
            <Link href="/" onClick={onClose} className="flex items-center gap-2.5">
              <Mark />
              <span className="text-[17px] font-semibold tracking-tight">Pentimento</span>
            </Link>
            <button type="button" aria-label="Close the menu" onClick={onClose} className={squareClass}>
              <LineIcon path="m5 5 10 10M15 5 5 15" />
            </button>
          </div>
          <NavList path={path} onGo={onClose} />
          <div className="mt-auto flex flex-col gap-3 px-2">
            <MemberBadge />
            <StudioState />
            <ThemeSwitch />
          </div>
        </nav>
      )}
    </dialog>
  );
}

/** A button of the frame with nothing but an icon. */
export const squareClass =
  "flex size-9 shrink-0 items-center justify-center rounded-md text-ink-soft hover:bg-sunken hover:text-ink";
export const menuIcon = "M3 5.5h14M3 10h14M3 14.5h14";
export const findIcon = "M8.5 14a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11zM12.5 12.5 17 17";
