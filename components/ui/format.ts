export { countOf, formatCount } from "@/lib/domain/counts";

/** An amount of money; the currency is that of the prices a person gave, so it is not named. */
export function formatAmount(amount: number): string {
  return amount.toFixed(amount < 1 ? 4 : 2);
}

/** `1.4 MB`, in powers of ten as disks are sold. */
export function formatBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  const power = Math.min(units.length - 1, bytes > 0 ? Math.floor(Math.log10(bytes) / 3) : 0);
  const value = bytes / 1000 ** power;
  return `${value >= 100 || power === 0 ? Math.round(value) : value.toFixed(1)} ${units[power]}`;
}

const either = new Intl.ListFormat("en", { type: "disjunction" });

/** `4, 6, or 10`. */
export function formatChoices(choices: readonly number[]): string {
  return either.format(choices.map(String));
}

const clock = { hour: "2-digit", minute: "2-digit", hour12: false } as const;
const moment = new Intl.DateTimeFormat("en", { day: "numeric", month: "short", ...clock });
const momentOfYear = new Intl.DateTimeFormat("en", {
  day: "numeric",
  month: "short",
  year: "numeric",
  ...clock,
});
const day = new Intl.DateTimeFormat("en", { day: "numeric", month: "short", year: "numeric" });

/** `Nov 28, 12:45`; with the year where that is not this one. */
export function formatMoment(date: Date, now = new Date()): string {
  return (date.getFullYear() === now.getFullYear() ? moment : momentOfYear).format(date);
}

/** `Nov 28, 2026`. */
export function formatDay(date: Date): string {
  return day.format(date);
}
