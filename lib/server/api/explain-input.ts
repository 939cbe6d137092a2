import { UserError } from "@/lib/domain/errors";

/** What a schema has against an input (Standard Schema, with what Zod adds). */
export interface InputIssue {
  message: string;
  path?: readonly (PropertyKey | { key: PropertyKey })[] | undefined;
  code?: string;
  format?: string;
}

/** What the `id` of each part of the API names. */
const nouns: Record<string, string> = {
  anchors: "anchor",
  imports: "import",
  seeds: "seed",
  runs: "run",
  samples: "sample",
  masks: "mask",
  review: "sample",
  people: "member",
  releases: "release",
  chains: "sample",
  calibration: "policy",
};

/**
 * The sentence for an input that does not fit the contract. An id that is none names nothing, like one that is not
 * there; anything else is a mistake of the field it names.
 * @param part the part of the API: `runs`
 */
export function explainInput(part: string, input: unknown, issues: readonly InputIssue[]): UserError {
  const [issue] = issues;
  const path = (issue?.path ?? []).map((step) => (typeof step === "object" ? step.key : step));
  const field = path.map(String).join(".");
  if (issue?.code === "invalid_format" && issue.format === "uuid" && field !== "cursor") {
    const key = path.findLast((step) => typeof step === "string") ?? "id";
    const noun = /^(?<noun>[a-z]+)Ids?$/.exec(String(key))?.groups?.noun ?? nouns[part] ?? "entry";
    return new UserError("not-found", `There is no such ${noun}: “${valueAt(input, path)}” is no id.`, field);
  }
  return new UserError(
    "bad-input",
    `${field || "The input"}: ${issue?.message ?? "not as expected"}.`,
    field,
  );
}

function valueAt(input: unknown, path: readonly PropertyKey[]): string {
  const value = path.reduce<unknown>(
    (at, step) => (at as Record<PropertyKey, unknown> | null | undefined)?.[step],
    input,
  );
  return String(value).slice(0, 80);
}
