import { classNames } from "./class-names";

/** A quiet placeholder of the size of what is coming. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={classNames("animate-pulse rounded-md bg-sunken", className)} />;
}

/** Announces loading to screen readers around skeletons. */
export function Loading({ children, label = "Loading" }: { children: React.ReactNode; label?: string }) {
  return (
    <div role="status" aria-label={label}>
      {children}
    </div>
  );
}
