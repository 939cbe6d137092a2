"use client";

import { type ReactNode, useState } from "react";
import { Field, TextInput } from "@/components/ui/field";

interface NumberFieldProps {
  label: string;
  value: number | undefined;
  /** Undefined when the field is blank; NaN for what is no number. */
  onChange: (value: number | undefined) => void;
  hint?: ReactNode;
  error?: string | undefined;
  /** What holds while the field is blank. */
  placeholder?: string;
}

/** A number that may be left blank. The text is the person's own until it is a number. */
export function NumberField({ label, value, onChange, hint, error, placeholder }: NumberFieldProps) {
  const [text, setText] = useState(value === undefined ? "" : String(value));
  return (
    <Field label={label} hint={hint} error={error}>
      {(ids) => (
        <TextInput
          {...ids}
          inputMode="decimal"
          autoComplete="off"
          value={text}
          placeholder={placeholder}
          onChange={(event) => {
            setText(event.target.value);
            const trimmed = event.target.value.trim().replace(",", ".");
            onChange(trimmed === "" ? undefined : Number(trimmed));
          }}
        />
      )}
    </Field>
  );
}
