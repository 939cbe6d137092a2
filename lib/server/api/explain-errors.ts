import { ORPCError, os } from "@orpc/server";
import { UserError, type UserErrorCode } from "@/lib/domain/errors";
import type { Context } from "../context";

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

/** Turns a service's `UserError` into an API error with its sentence and the field it is about. */
export const explainErrors = os.$context<Context>().middleware(async ({ next }) => {
  try {
    return await next();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { code, status } = httpCodes[error.code];
    throw new ORPCError(code, { status, message: error.message, data: { subject: error.subject } });
  }
});
