import { Button } from "./button";

/** A failed request, in the server's words, with a way to try again where that can help. */
export function Problem({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center justify-between gap-3 rounded-lg bg-bad-soft px-4 py-3 text-bad"
    >
      <p>{errorText(error)}</p>
      {onRetry && !isFinal(error) && (
        <Button size="small" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}

/** The sentence of an error, for people. */
export function errorText(error: unknown): string {
  if (error instanceof TypeError) return "The studio does not answer. Is it still running?";
  return error instanceof Error && error.message ? error.message : "Something went wrong.";
}

function codeOf(error: unknown): unknown {
  return (error as { code?: unknown } | null)?.code;
}

/** Whether an error of the API says that what was asked for is not there. */
export function isMissing(error: unknown): boolean {
  return codeOf(error) === "NOT_FOUND";
}

/** Whether the same request would be refused again. */
export function isFinal(error: unknown): boolean {
  return ["NOT_FOUND", "BAD_REQUEST", "FORBIDDEN"].includes(String(codeOf(error)));
}

/** The field that an error of the API is about, if it names one. */
export function errorSubject(error: unknown): string | undefined {
  const data = (error as { data?: { subject?: unknown } } | null)?.data;
  return typeof data?.subject === "string" ? data.subject : undefined;
}
