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

interface DraftFacts {
  packs: readonly PackView[];
  /** Whether there are Storybook scenes: a pack that edits nothing else gets those alone. */
  scenes: boolean;
  /** From the address; null for a small first run. */
  anchors: RunDraft["anchors"] | null;
}

/** A run with the defaults of everything else, and of the packs that are there one that works. */
export function newDraft(name: string, { packs, scenes, anchors }: DraftFacts): RunDraft {
  const draft = { ...runConfigSchema.parse({ name }), anchors: anchors ?? { limit: 20 } };
  const usable = packs.filter(({ problem }) => problem === null);
  const pack = usable.find((candidate) => candidate.name === draft.freeForm.pack) ?? usable[0];
  if (!pack) return draft;
  const origin = !anchors && pack.narrow && scenes ? { origin: "storybook" as const } : {};
  return {
    ...draft,
    anchors: { ...draft.anchors, ...origin },
    freeForm: { ...draft.freeForm, pack: pack.name },
  };
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
