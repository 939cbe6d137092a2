/** What went wrong, for programs: the API maps these to HTTP status codes, the CLI to exit codes. */
export type UserErrorCode =
  | "bad-input"
  | "not-found"
  | "conflict"
  | "forbidden"
  | "signed-out"
  | "unavailable"
  | "limit-exceeded";

/**
 * A failure the user can do something about. The message is one or two sentences that name the file or field
 * and what to do; it is shown as it is.
 */
export class UserError extends Error {
  readonly code: UserErrorCode;
  /** Field or file the message is about, for forms and reports. */
  readonly subject: string | undefined;

  constructor(code: UserErrorCode, message: string, subject?: string) {
    super(message);
    this.name = "UserError";
    this.code = code;
    this.subject = subject;
  }
}
