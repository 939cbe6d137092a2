import type { ReactNode } from "react";
import { classNames } from "./class-names";

interface PageProps {
  /** For walls of pictures, which take what a large screen has. */
  wide?: boolean;
  children: ReactNode;
}

/**
 * The frame of a page that scrolls as a whole: one width, so that headings stay where they are from page to page, and
 * the room around it, which a phone has less of.
 */
export function Page({ wide, children }: PageProps) {
  return (
    <div
      className={classNames(
        "mx-auto w-full px-4 py-5 sm:px-8 sm:py-8",
        wide ? "max-w-[100rem]" : "max-w-7xl",
      )}
    >
      {children}
    </div>
  );
}
