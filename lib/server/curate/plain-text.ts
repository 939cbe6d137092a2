import { UserError } from "@/lib/domain/errors";

/** Refuses text that PostgreSQL does not store or that is longer than anybody means. */
export function requirePlainText(text: string | undefined, what: string, longest: number): void {
  if (text === undefined) return;
  if (text.length > longest) {
    throw new UserError(
      "bad-input",
      `The ${what} has ${text.length} characters; at most ${longest} are allowed.`,
      what,
    );
  }
  if (text.includes("\0")) {
    throw new UserError("bad-input", `The ${what} contains a NUL character. Remove it and try again.`, what);
  }
  if (/\p{Surrogate}/u.test(text)) {
    throw new UserError("bad-input", `The ${what} contains half of a character. Type it again.`, what);
  }
}

/** A name as it is stored: without blanks around it, not empty, of one line. */
export function requireName(name: string, what: string): string {
  requirePlainText(name, what, 60);
  const trimmed = name.replace(/\s+/g, " ").trim();
  if (trimmed === "") throw new UserError("bad-input", `Give the ${what} a name.`, what);
  return trimmed;
}
