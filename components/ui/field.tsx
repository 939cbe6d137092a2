import { type ComponentProps, type ReactNode, useId } from "react";
import { classNames } from "./class-names";

const control =
  "w-full rounded-md border border-line-strong/60 bg-panel px-3 py-1.5 text-ink placeholder:text-ink-soft/70 aria-invalid:border-bad disabled:opacity-60";

interface FieldProps {
  label: string;
  hint?: ReactNode;
  error?: string | null | undefined;
  children: (ids: { id: string; "aria-describedby": string; "aria-invalid": boolean }) => ReactNode;
}

/** A labelled control with a hint or, in its place, what is wrong. */
export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId();
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-[13px] font-medium">
        {label}
      </label>
      {children({ id, "aria-describedby": `${id}-note`, "aria-invalid": Boolean(error) })}
      <p
        id={`${id}-note`}
        className={classNames("min-h-4 text-xs", error ? "text-bad" : "text-ink-soft")}
        role={error ? "alert" : undefined}
      >
        {error || hint}
      </p>
    </div>
  );
}

export function TextInput({ className, ...rest }: ComponentProps<"input">) {
  return <input className={classNames(control, "h-9", className)} {...rest} />;
}

export function TextArea({ className, ...rest }: ComponentProps<"textarea">) {
  return <textarea className={classNames(control, "resize-y", className)} {...rest} />;
}

export function Select({ className, ...rest }: ComponentProps<"select">) {
  return <select className={classNames(control, "h-9 pr-8", className)} {...rest} />;
}
