import type { ReactNode } from "react";

/** What a page shows before there is anything on it: what will be here, and the next thing to do. */
export function EmptyState({
  title,
  children,
  actions,
  heading: Heading = "h2",
}: {
  title: string;
  children: ReactNode;
  actions?: ReactNode;
  /** `h1` where it is all that the page shows. */
  heading?: "h1" | "h2";
}) {
  return (
    <div className="mx-auto flex max-w-lg flex-col items-center gap-3 rounded-xl border border-dashed border-line-strong/50 px-8 py-12 text-center">
      <Heading className="text-lg font-semibold">{title}</Heading>
      <div className="text-ink-soft">{children}</div>
      {actions && <div className="mt-2 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}
