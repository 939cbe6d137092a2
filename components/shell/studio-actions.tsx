"use client";

import { useRouter } from "next/navigation";
import type { Action } from "@/components/actions/action";
import { menuActionId } from "@/components/actions/find-actions";
import { ActionOverviews } from "@/components/actions/overviews";
import { registry } from "@/components/actions/registry";
import { useShortcuts } from "@/components/actions/use-shortcuts";
import { useRefusal } from "@/components/people/permission";
import { navItems } from "./nav";
import { setTheme } from "./theme-switch";

/** What begins a piece of work, from wherever one is. */
const beginnings = [
  { id: "new-run", label: "New run", href: "/runs/new", to: "curate" },
  { id: "new-seed", label: "Write a seed", href: "/seeds/new", to: "annotate" },
  { id: "add-anchors", label: "Add anchors", href: "/anchors?import=1", to: "curate" },
  { id: "next-mask", label: "Draw the next mask", href: "/masks/queue", to: "annotate" },
  { id: "next-turn", label: "Choose what goes on to a next turn", href: "/chains?part=ready", to: "curate" },
  { id: "review-grid", label: "Review in a grid", href: "/review/batch", to: "review" },
] as const;
const themes = ["light", "dark", "system"] as const;

/** What can be done on every page, and the menu and help that show it together with what the page itself offers. */
export function StudioActions() {
  const router = useRouter();
  const may = {
    annotate: useRefusal("annotate") === null,
    review: useRefusal("review") === null,
    curate: useRefusal("curate") === null,
  };
  const actions: Action[] = [
    ...navItems.map(({ href, label, key }) => ({
      id: `go-${label.toLowerCase()}`,
      label,
      keys: [`g ${key}`],
      group: "Go to",
      run: () => router.push(href),
    })),
    ...beginnings.map(({ id, label, href, to }) => ({
      id,
      label,
      keys: [],
      group: "Begin",
      enabled: may[to],
      run: () => router.push(href),
    })),
    ...themes.map((theme) => ({
      id: `theme-${theme}`,
      label: `${theme[0]!.toUpperCase()}${theme.slice(1)} theme`,
      keys: [],
      group: "Studio",
      run: () => setTheme(theme),
    })),
    {
      id: menuActionId,
      label: "Find an action or a page",
      keys: ["Ctrl+k"],
      group: "Studio",
      whileTyping: true,
      run: () => registry.show("menu"),
    },
    {
      id: "help",
      label: "Show the keys of this page",
      keys: ["?"],
      group: "Studio",
      run: () => registry.show("keys"),
    },
  ];
  useShortcuts(
    actions.map((action) => ({ ...action, fixed: true })),
    undefined,
    true,
  );
  return <ActionOverviews />;
}
