import { os } from "@orpc/server";
import { UserError } from "@/lib/domain/errors";
import type { Context } from "../context";

/** The field of the first text with a NUL character in it, or null. PostgreSQL can store and compare no such text. */
export function fieldWithNul(value: unknown, field = "input"): string | null {
  if (typeof value === "string") return value.includes("\0") ? field : null;
  if (Array.isArray(value)) return firstOf(value.map((part) => fieldWithNul(part, field)));
  // Files and dates hold no text that a person wrote.
  if (value === null || typeof value !== "object" || Object.getPrototypeOf(value) !== Object.prototype)
    return null;
  return firstOf(
    Object.entries(value).map(([key, part]) => (key.includes("\0") ? field : fieldWithNul(part, key))),
  );
}

/** Refuses what holds a NUL character with a sentence, before it reaches the database. */
export const refuseNul = os.$context<Context>().middleware(async ({ next }, input) => {
  const field = fieldWithNul(input);
  if (field !== null) {
    throw new UserError(
      "bad-input",
      "The text holds a NUL character, which cannot be stored. Remove it; it often comes along with text pasted from a program.",
      field,
    );
  }
  return next();
});

function firstOf(found: readonly (string | null)[]): string | null {
  return found.find((field) => field !== null) ?? null;
}
