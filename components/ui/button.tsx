import type { ComponentProps } from "react";
import { classNames } from "./class-names";

const base =
  "inline-flex items-center justify-center gap-2 rounded-md font-medium whitespace-nowrap transition-colors disabled:opacity-50";

const looks = {
  primary: "bg-accent text-on-accent hover:bg-accent-hover",
  plain: "border border-line bg-panel text-ink hover:bg-sunken",
  quiet: "text-ink-soft hover:bg-sunken hover:text-ink",
  danger: "border border-line bg-panel text-bad hover:bg-bad-soft",
  good: "bg-good-soft text-good border border-good/40 hover:border-good",
  bad: "bg-bad-soft text-bad border border-bad/40 hover:border-bad",
} as const;

const sizes = {
  small: "h-7 px-2.5 text-[13px]",
  medium: "h-9 px-3.5",
  large: "h-11 px-5 text-[15px]",
} as const;

export interface ButtonLook {
  look?: keyof typeof looks;
  size?: keyof typeof sizes;
}

/** The classes of a button, for links that look like one. */
export function buttonClass({ look = "plain", size = "medium" }: ButtonLook, more?: string): string {
  return classNames(base, looks[look], sizes[size], more);
}

export function Button({
  look,
  size,
  className,
  type = "button",
  ...rest
}: ComponentProps<"button"> & ButtonLook) {
  return (
    <button
      type={type}
      className={buttonClass({ ...(look && { look }), ...(size && { size }) }, className)}
      {...rest}
    />
  );
}
