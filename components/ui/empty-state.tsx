import type { ReactNode } from "react";

/** What a page shows before there is anything on it: what will be here, and the next thing to do. */
export function EmptyState({
  title,
  children,
  actions,
}: {
  title: string;
  children: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <div className="mx-auto flex max-w-lg flex-col items-center gap-3 rounded-xl border border-dashed border-line-strong/50 px-8 py-12 text-center">
      <h2 className="text-lg font-semibold">{title}</h2>
      <div className="text-ink-soft">{children}</div>
      {actions && <div className="mt-2 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}
