import type { ProposedEdit } from "@/lib/domain/instruction-records";
import type { RunConfigInput } from "@/lib/domain/run-config";
import { runConfigSchema } from "@/lib/domain/run-config";
import { importStorybook } from "@/lib/server/imports/begin-import";
import { performImport } from "@/lib/server/imports/perform-import";
import { commitEdits } from "@/lib/server/runs/commit-edits";
import { createRun } from "@/lib/server/runs/create-run";
import { runnableRun } from "@/lib/server/runs/runnable-run";
import { startRun } from "@/lib/server/runs/start-run";
import { editOfType, type SceneEdit } from "@/lib/storybook/edits";
import { makeStorybookAnchors } from "@/lib/storybook/make-anchors";
import { randomSource } from "@/lib/storybook/random";
import type { Scene } from "@/lib/storybook/scene";
import type { TestStudio } from "./test-studio";

export interface KnownAnchor {
  id: string;
  scene: Scene;
}

/** Imports Storybook scenes and says which anchor shows which. */
export async function importScenes(test: TestStudio, count: number, seed: number): Promise<KnownAnchor[]> {
  const { id } = await importStorybook(test.context, { count, seed });
  await performImport(test.studio, id, new AbortController().signal);
  const rows = await test.studio.db.anchor.findMany({ where: { importId: id } });
  const known: KnownAnchor[] = [];
  let index = 0;
  for await (const { scene } of makeStorybookAnchors(count, seed)) {
    const name = `-${String(index++).padStart(5, "0")}.png`;
    const row = rows.find(({ fileName }) => fileName.endsWith(name));
    if (row) known.push({ id: row.id, scene });
  }
  return known;
}

/** An edit of a scene whose exact outcome is known; null where the scene has none of the type. */
export function truthOf(scene: Scene, editType: SceneEdit["editType"], seed = 1): SceneEdit | null {
  return editOfType(scene, editType, randomSource(seed));
}

/** A run that is under way, whose edits are given instead of written by Stage I. */
export async function runWithEdits(
  test: TestStudio,
  config: RunConfigInput,
  edits: { anchorId: string; edit: SceneEdit }[],
): Promise<{ runId: string; editIds: string[] }> {
  const { id: runId } = await createRun(test.context, runConfigSchema.parse(config));
  await startRun(test.studio, runId);
  const run = (await runnableRun(test.studio, runId))!;
  const tasks = await test.studio.db.runAnchor.findMany({ where: { runId }, include: { anchor: true } });
  for (const task of tasks) {
    const own = edits.filter(({ anchorId }) => anchorId === task.anchorId).map(({ edit }) => proposed(edit));
    await commitEdits(test.studio, run, task, { edits: own, failures: [], produced: own.length }, 1);
  }
  const rows = await test.studio.db.edit.findMany({ where: { runId }, orderBy: { id: "asc" } });
  return { runId, editIds: rows.map(({ id }) => id) };
}

function proposed(edit: SceneEdit): ProposedEdit {
  const { sourceCaption, instruction, targetCaption, editType, editObject } = edit;
  return {
    sourceCaption,
    instruction,
    targetCaption,
    editType,
    editObject,
    provenance: {
      providerId: "truth",
      providerLabel: "Storybook's own edits",
      model: null,
      promptVersion: "1",
      rngSeed: 1,
      attempt: 1,
      seedInstruction: null,
      usage: null,
    },
  };
}
