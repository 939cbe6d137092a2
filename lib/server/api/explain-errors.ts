import { ValidationError } from "@orpc/contract";
import { ORPCError, os } from "@orpc/server";
import { UserError, type UserErrorCode } from "@/lib/domain/errors";
import type { Context } from "../context";
import { explainInput } from "./explain-input";

/** HTTP meaning of each kind of failure that a user can do something about. */
export const httpCodes: Record<UserErrorCode, { code: string; status: number }> = {
  "bad-input": { code: "BAD_REQUEST", status: 400 },
  "not-found": { code: "NOT_FOUND", status: 404 },
  conflict: { code: "CONFLICT", status: 409 },
  "signed-out": { code: "UNAUTHORIZED", status: 401 },
  forbidden: { code: "FORBIDDEN", status: 403 },
  unavailable: { code: "SERVICE_UNAVAILABLE", status: 503 },
  "limit-exceeded": { code: "PAYLOAD_TOO_LARGE", status: 413 },
};

/** Turns a service's `UserError`, or an input that breaks the contract, into an API error with its sentence and field. */
export const explainErrors = os.$context<Context>().middleware(async ({ next, path }, input) => {
  try {
    return await next();
  } catch (error) {
    const explained = forUser(error, path[0] ?? "", input);
    if (!explained) throw error;
    const { code, status } = httpCodes[explained.code];
    throw new ORPCError(code, {
      status,
      message: explained.message,
      data: { subject: explained.subject },
    });
  }
});

function forUser(error: unknown, part: string, input: unknown): UserError | null {
  if (error instanceof UserError) return error;
  const refused = error instanceof ORPCError && error.code === "BAD_REQUEST" ? error.cause : undefined;
  return refused instanceof ValidationError ? explainInput(part, input, refused.issues) : null;
}
