export interface NavItem {
  href: string;
  label: string;
  /** The key after G that goes there. */
  key: string;
  /** SVG path data on a 20×20 grid, drawn as a 1.5 px line. */
  icon: string;
}

export const navItems: readonly NavItem[] = [
  { href: "/", label: "Dashboard", key: "d", icon: "M3 10.5 10 4l7 6.5M5 9v7h4v-4h2v4h4V9" },
  {
    href: "/anchors",
    label: "Anchors",
    key: "a",
    icon: "M3 4h14v12H3zM3 13l4-4 3 3 2.5-2.5L17 14M13 7.5h.01",
  },
  { href: "/seeds", label: "Seeds", key: "e", icon: "M4 16 14.5 5.5l-1-1L3 15v1zM11.5 6.5l2 2M9 16h8" },
  { href: "/runs", label: "Runs", key: "u", icon: "M5 4v12l11-6z" },
  {
    href: "/masks",
    label: "Masks",
    key: "m",
    icon: "M16.5 3.5 9 11M4 16c0-2.5 1.2-4.3 3.2-4.6a2 2 0 0 1 2.3 2.3C9.2 15.6 7 16.5 4 16z",
  },
  { href: "/review", label: "Review", key: "r", icon: "m3 10 4 4 10-9" },
  {
    href: "/samples",
    label: "Samples",
    key: "s",
    icon: "M3.5 3.5h5.5v5.5H3.500zM11 3.500h5.500v5.500H11zM3.500 11h5.500v5.500H3.500zM11 11h5.500v5.500H11z",
  },
  {
    href: "/calibration",
    label: "Calibration",
    key: "c",
    icon: "M4 5h7m4 0h1M4 10h1m4 0h7M4 15h7m4 0h1M13 3.500v3M7 8.500v3M13 13.500v3",
  },
  {
    href: "/chains",
    label: "Chains",
    key: "h",
    icon: "M8.5 11.5a3 3 0 0 0 4.2 0l2.4-2.4a3 3 0 0 0-4.2-4.2L10 5.8M11.5 8.5a3 3 0 0 0-4.2 0l-2.4 2.4a3 3 0 0 0 4.2 4.2l.9-.9",
  },
  { href: "/releases", label: "Releases", key: "l", icon: "M10 3v9m0 0 3.5-3.5M10 12 6.5 8.5M4 13v4h12v-4" },
  {
    href: "/people",
    label: "People",
    key: "p",
    icon: "M7.5 9.5a2.75 2.75 0 1 0 0-5.5 2.75 2.75 0 0 0 0 5.5zM2.5 16c.3-2.8 2.2-4.2 5-4.2s4.7 1.4 5 4.2M13 4.3a2.6 2.6 0 0 1 0 5M14.5 12c1.800.5 2.800 1.900 3 4",
  },
];

/** Whether a page belongs to the item. */
export function isCurrent({ href }: NavItem, path: string): boolean {
  return href === "/" ? path === "/" : path.startsWith(href);
}
