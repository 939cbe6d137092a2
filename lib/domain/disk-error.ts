import { UserError } from "./errors";

/** The one clear sentence for a full or read-only disk; any other error is returned as it came. */
export function diskError(error: unknown, folder: string): unknown {
  const code = error instanceof Error ? (error as Error & { code?: unknown }).code : undefined;
  if (code === "ENOSPC" || code === "EDQUOT")
    return new UserError(
      "unavailable",
      `The disk that holds ${folder} is full; free some space and try again.`,
    );
  if (code === "EROFS" || code === "EACCES" || code === "EPERM")
    return new UserError(
      "unavailable",
      `The folder ${folder} cannot be written; check its permissions or mount.`,
    );
  return error;
}
