import type { PackView } from "@/lib/api/contract/project";
import { type RunConfigInput, runConfigSchema } from "@/lib/domain/run-config";

/** The configuration as the form holds it: every group is there, so that fields can be changed in place. */
export type RunDraft = Required<Pick<RunConfigInput, "name" | "seed">> & {
  anchors: NonNullable<RunConfigInput["anchors"]>;
  instructions: NonNullable<RunConfigInput["instructions"]>;
  freeForm: NonNullable<RunConfigInput["freeForm"]>;
  region: NonNullable<RunConfigInput["region"]>;
  sampling: NonNullable<RunConfigInput["sampling"]>;
  quotas?: RunConfigInput["quotas"] | undefined;
  thresholds: NonNullable<RunConfigInput["thresholds"]>;
  limits: NonNullable<RunConfigInput["limits"]>;
  judge?: RunConfigInput["judge"] | undefined;
};

/** What each part of the run form gets. */
export interface RunFields {
  draft: RunDraft;
  change: (part: Partial<RunDraft>) => void;
  /** What is wrong, by the path of the field. */
  problems: Record<string, string>;
}

/** The anchors that an address names; null where it names none. */
export function namedAnchors(params: URLSearchParams): RunDraft["anchors"] | null {
  const anchors = withoutBlanks({
    origin: params.get("origin") ?? undefined,
    importId: params.get("import") ?? undefined,
  });
  if (Object.keys(anchors).length === 0) return null;
  return runConfigSchema.shape.anchors.safeParse(anchors).data ?? null;
}

/**
 * A run over the named anchors, else a small first one, with the defaults of everything else, and of the packs that are
 * there one that works.
 */
export function newDraft(
  name: string,
  packs: readonly PackView[],
  anchors: RunDraft["anchors"] | null = null,
): RunDraft {
  const draft = { ...runConfigSchema.parse({ name }), anchors: anchors ?? { limit: 20 } };
  const usable = packs.filter(({ problem }) => problem === null).map((pack) => pack.name);
  const pack = usable.includes(draft.freeForm.pack) ? draft.freeForm.pack : usable[0];
  return pack ? { ...draft, freeForm: { ...draft.freeForm, pack } } : draft;
}

/** What is wrong with a draft, by the path of the field: `freeForm.steps`. Empty if it can be launched. */
export function draftProblems(draft: RunDraft): Record<string, string> {
  const parsed = runConfigSchema.safeParse(draft);
  if (parsed.success) return {};
  return Object.fromEntries(
    parsed.error.issues.map(({ path, message }) => [path.join("."), message]).reverse(),
  );
}

/** The same object without the keys whose value is undefined. */
export function withoutBlanks<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as T;
}
