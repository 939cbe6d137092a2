import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { format } from "node:util";
import { Command } from "commander";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { importStorybook } from "@/lib/server/imports/begin-import";
import { performImport } from "@/lib/server/imports/perform-import";
import { getRun } from "@/lib/server/runs/get-run";
import { listRuns } from "@/lib/server/runs/list-runs";
import { addRunCommand } from "@/scripts/cli/run";
import { addRunsCommand } from "@/scripts/cli/runs";
import { createTestStudio, type TestStudio } from "@/test/support/test-studio";

let test: TestStudio;

beforeAll(async () => {
  test = await createTestStudio();
  const { id } = await importStorybook(test.context, { count: 2, seed: 3 });
  await performImport(test.studio, id, new AbortController().signal);
  vi.stubEnv("DATABASE_URL", test.testDatabase.url);
  vi.stubEnv("PENTIMENTO_DATA_DIR", test.studio.dataDir);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await test?.close();
});

/** What a command prints. */
async function pentimento(...args: string[]): Promise<string> {
  const program = new Command().exitOverride();
  addRunCommand(program);
  addRunsCommand(program);
  const lines: string[] = [];
  const spies = (["log", "table"] as const).map((name) =>
    vi.spyOn(console, name).mockImplementation((...values: unknown[]) => {
      lines.push(name === "log" ? format(...values) : JSON.stringify(values[0]));
    }),
  );
  try {
    await program.parseAsync(["node", "pentimento", ...args]);
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return lines.join("\n");
}

it("forecasts, launches, shows, pauses, resumes and retries runs from a shell", {
  timeout: 300_000,
}, async () => {
  const file = join(test.studio.dataDir, "run.yaml");
  await writeFile(
    file,
    "name: From a shell\ninstructions: {editsPerAnchor: 1}\nfreeForm: {enabled: false}\n",
  );
  expect(await pentimento("run", file, "--forecast")).toContain("2 anchors, 2 edits, at most 0 candidates.");
  expect((await listRuns(test.context, { limit: 5 })).items).toEqual([]);
  expect(await pentimento("runs", "list")).toBe("There are no runs yet.");

  await pentimento("run", file);
  const run = (await listRuns(test.context, { limit: 5 })).items[0]!;
  expect(run).toMatchObject({ state: "succeeded", name: "From a shell" });
  const listed = await pentimento("runs", "list");
  expect(listed).toContain(`${run.id}  ${run.createdAt.toISOString().slice(0, 10)}`);
  expect(listed).toContain("succeeded  2/2");
  expect(await pentimento("runs", "show", run.id)).toContain('"Instructions":{"done":"2/2","failed":0');
  expect(JSON.parse(await pentimento("runs", "show", run.id, "--json"))).toMatchObject({ id: run.id });
  expect(await pentimento("runs", "problems", run.id)).toContain("Nothing failed");

  await expect(pentimento("runs", "pause", run.id)).rejects.toThrow("A run that is succeeded cannot pause.");
  const runId = run.id;
  const broken = { state: "failed", error: "It broke." } as const;
  await test.studio.db.runAnchor.updateMany({ where: { runId, ordinal: 0 }, data: broken });
  await test.studio.db.runStage.updateMany({ where: { runId }, data: { done: 1, failed: 1 } });
  expect(await pentimento("runs", "problems", runId)).toMatch(/failed {2}.*\.png: It broke\./);
  expect(await pentimento("runs", "retry", runId)).toBe("From a shell is running.");
  expect(await pentimento("runs", "pause", runId)).toBe("From a shell is paused.");
  await pentimento("runs", "resume", runId, "--follow");
  expect(await getRun(test.context, runId)).toMatchObject({
    state: "succeeded",
    stages: [{ done: 2, failed: 0 }],
  });
  await expect(pentimento("runs", "show", "mine")).rejects.toThrow("There is no run “mine”");
});
