import { UserError } from "@/lib/domain/errors";
import type { EngineFailure } from "./protocol";

/** An error as data that can cross threads. */
export function toFailure(error: unknown): EngineFailure {
  if (error instanceof UserError) return { message: error.message, code: error.code, subject: error.subject };
  if (error instanceof Error) return { message: error.message, stack: error.stack };
  return { message: String(error) };
}

/** The error that `toFailure` was given, as far as possible. */
export function fromFailure(failure: EngineFailure): Error {
  if (failure.code) return new UserError(failure.code, failure.message, failure.subject);
  const error = new Error(failure.message);
  if (failure.stack) error.stack = failure.stack;
  return error;
}
