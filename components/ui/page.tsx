import type { ReactNode } from "react";
import { classNames } from "./class-names";

const widths = {
  "5xl": "max-w-5xl",
  "6xl": "max-w-6xl",
  "7xl": "max-w-7xl",
  /** For walls of pictures. */
  full: "max-w-[100rem]",
} as const;

/** The frame of a page that scrolls as a whole: its width, and the room around it, which a phone has less of. */
export function Page({ width = "6xl", children }: { width?: keyof typeof widths; children: ReactNode }) {
  return <div className={classNames("mx-auto px-4 py-5 sm:px-8 sm:py-8", widths[width])}>{children}</div>;
}
