"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useState } from "react";
import { registry } from "@/components/actions/registry";
import { Key } from "@/components/actions/shortcut-help";
import { MemberBadge } from "@/components/people/member-badge";
import { Presence } from "@/components/people/presence";
import { classNames } from "@/components/ui/class-names";
import { LineIcon, Mark } from "./icons";
import { isCurrent, navItems } from "./nav";
import { findIcon, menuIcon, NavDrawer, squareClass } from "./nav-drawer";
import { NavList } from "./nav-list";
import { StudioState } from "./studio-state";
import { ThemeSwitch } from "./theme-switch";

/**
 * Navigation with the state of the studio at its foot: beside the page in a wide window, a rail of icons in a narrow
 * one and on desks that need the width, a bar above the page on a phone. The last two have the rest in a drawer.
 */
export function Sidebar() {
  const path = usePathname();
  const [open, setOpen] = useState(false);
  // The desks need the width for their pictures.
  const rail = path.startsWith("/masks/") || path === "/review" || path === "/review/batch";
  const only = rail ? { wide: "hidden", narrow: "" } : { wide: "max-wide:hidden", narrow: "wide:hidden" };
  const words = rail ? "sr-only" : "max-wide:sr-only";
  return (
    <>
      <TopBar path={path} onMenu={() => setOpen(true)} />
      <nav
        aria-label="Main"
        className={classNames(
          "flex shrink-0 flex-col overflow-y-auto border-r border-line bg-panel px-2 py-2.5 max-md:hidden",
          rail ? "w-13" : "w-13 wide:w-52 wide:px-3 wide:py-4",
        )}
      >
        <button
          type="button"
          aria-label="Menu"
          title="Menu"
          onClick={() => setOpen(true)}
          className={classNames(squareClass, only.narrow)}
        >
          <LineIcon path={menuIcon} />
        </button>
        <Link href="/" className={classNames("mb-4 flex items-center gap-2.5 px-2", only.wide)}>
          <Mark />
          <span className="text-[17px] font-semibold tracking-tight">Pentimento</span>
        </Link>
        <button
          type="button"
          title="Find an action or a page"
          onClick={() => registry.show("menu")}
          className={classNames(
            "mb-2 flex h-9 shrink-0 items-center gap-2.5 rounded-md px-2 text-ink-soft hover:bg-sunken hover:text-ink",
            !rail && "wide:border wide:border-line",
          )}
        >
          <LineIcon path={findIcon} />
          <span className={words}>Find</span>
          <span aria-hidden className={classNames("ml-auto", only.wide)}>
            <Key name="Ctrl+k" />
          </span>
        </button>
        <NavList path={path} wordsClass={words} />
        <div className="mt-auto flex flex-col gap-3 px-2 pt-3">
          <div className={only.narrow}>
            <Presence upright />
          </div>
          <div className={classNames("flex flex-col gap-3", only.wide)}>
            <Presence />
            <MemberBadge />
          </div>
          <StudioState wordsClass={words} />
          <div className={only.wide}>
            <ThemeSwitch />
          </div>
        </div>
      </nav>
      <NavDrawer path={path} open={open} onClose={() => setOpen(false)} />
    </>
  );
}

/** The frame on a phone: the menu, where one is, and the way to find anything. */
function TopBar({ path, onMenu }: { path: string; onMenu: () => void }) {
  const here = navItems.find((item) => isCurrent(item, path));
  return (
    <div className="flex h-12 shrink-0 items-center gap-1.5 border-b border-line bg-panel px-2 md:hidden">
      <button type="button" aria-label="Menu" onClick={onMenu} className={squareClass}>
        <LineIcon path={menuIcon} />
      </button>
      <Mark />
      <span className="min-w-0 flex-1 truncate font-semibold">{here?.label ?? "Pentimento"}</span>
      <StudioState wordsClass="sr-only" />
      <button
        type="button"
        aria-label="Find an action or a page"
        onClick={() => registry.show("menu")}
        className={squareClass}
      >
        <LineIcon path={findIcon} />
      </button>
    </div>
  );
}
