const shares = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 1 });

export function formatShare(value: number): string {
  return shares.format(value);
}

/** A share with its interval, or a dash where nothing was measured. */
export function ShareWithInterval({ value }: { value: { value: number; low: number; high: number } | null }) {
  if (!value) return <span className="text-ink-soft">not measured</span>;
  return (
    <span className="tabular-nums">
      {formatShare(value.value)}{" "}
      <span className="text-[13px] font-normal text-ink-soft" title="95 % interval">
        {formatShare(value.low)}–{formatShare(value.high)}
      </span>
    </span>
  );
}

/** A number that matters, with what it is below. */
export function Figure({
  label,
  children,
  hint,
}: {
  label: string;
  children: React.ReactNode;
  hint?: string;
}) {
  return (
    <div className="min-w-36">
      <div className="text-xl font-semibold tabular-nums">{children}</div>
      <div className="text-[13px] text-ink-soft" title={hint}>
        {label}
      </div>
    </div>
  );
}
