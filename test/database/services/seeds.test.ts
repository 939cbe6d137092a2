import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readCounters } from "@/lib/server/counters";
import { getRegion } from "@/lib/server/masks/get-region";
import { archiveSeed } from "@/lib/server/seeds/archive-seed";
import { createSeed } from "@/lib/server/seeds/create-seed";
import { importSeeds } from "@/lib/server/seeds/import-seeds";
import { listSeeds } from "@/lib/server/seeds/list-seeds";
import { restoreSeed } from "@/lib/server/seeds/restore-seed";
import { seedCoverage } from "@/lib/server/seeds/seed-coverage";
import { updateSeed } from "@/lib/server/seeds/update-seed";
import { addSamples } from "@/test/support/sample-rows";
import { createTestStudio, type TestStudio } from "@/test/support/test-studio";

let test: TestStudio;
beforeAll(async () => {
  test = await createTestStudio();
});
afterAll(() => test.close());

const seed = {
  anchorId: null,
  sourceCaption: "A woman in a yellow raincoat waits at a bus stop",
  instruction: "Let the raincoat be made of newspaper",
  targetCaption: "A woman in a newspaper raincoat waits at a bus stop",
  editType: "change-local" as const,
};

describe("seeds", () => {
  it("starts with the shipped examples, counted once although two processes start at a time", async () => {
    const { projectId } = test.context.caller;
    const rows = await test.studio.db.seed.count({ where: { projectId } });
    expect(rows).toBeGreaterThanOrEqual(120);
    expect((await readCounters(test.studio.db, projectId)).seeds).toBe(rows);
    expect(await test.studio.db.project.count()).toBe(1);
  });

  it("comes back from the archive as it was", async () => {
    const made = await createSeed(test.context, { ...seed, instruction: "Fold the raincoat from newspaper" });
    const counted = async () => (await readCounters(test.studio.db, test.context.caller.projectId)).seeds;
    const before = await counted();
    await archiveSeed(test.context, { id: made.id, version: 1 });
    expect(await restoreSeed(test.context, { id: made.id })).toMatchObject({ ...made, version: 3 });
    await expect(restoreSeed(test.context, { id: made.id })).rejects.toThrow("it may be back already");
    expect(await counted()).toBe(before);
  });

  it("is written with its region or not at all", async () => {
    const [sampleId] = await addSamples(test.context, 1);
    const { anchorId } = (await test.studio.db.sample.findUniqueOrThrow({
      where: { id: sampleId! },
      include: { candidate: { include: { render: true } } },
    }))!.candidate.render;
    const grey = async (size: number) => {
      const data = Buffer.alloc(size * size).fill(255, 0, size * 4);
      const png = sharp(data, { raw: { width: size, height: size, channels: 1 } })
        .toColourspace("b-w")
        .png();
      return new File([new Uint8Array(await png.toBuffer())], "region.png");
    };
    const made = await createSeed(test.context, { ...seed, anchorId, region: await grey(32) });
    expect(made.region?.mask).toMatchObject({ width: 32, height: 32 });
    const region = await getRegion(test.context, made.region!.id);
    expect(region).toMatchObject({ kind: "seed", seedId: made.id, state: "done", mask: { revision: 1 } });

    const before = await test.studio.db.seed.count();
    const wrong = createSeed(test.context, { ...seed, anchorId, region: await grey(16) });
    await expect(wrong).rejects.toThrow("The region is 16×16 pixels, but its image is 32×32");
    await expect(createSeed(test.context, { ...seed, region: await grey(32) })).rejects.toThrow(
      "A region needs an image",
    );
    expect(await test.studio.db.seed.count()).toBe(before);
  });

  it("keeps two people from overwriting each other", async () => {
    const made = await createSeed(test.context, seed);
    const mine = await updateSeed(test.context, {
      ...seed,
      id: made.id,
      version: 1,
      instruction: "Print news on the raincoat",
    });
    expect(mine.version).toBe(2);
    await expect(updateSeed(test.context, { ...seed, id: made.id, version: 1 })).rejects.toMatchObject({
      code: "conflict",
    });
    expect((await listSeeds(test.context, { limit: 1 })).items[0]?.instruction).toBe(
      "Print news on the raincoat",
    );
  });

  it("refuses a target that says the same, naming the field", async () => {
    await expect(
      createSeed(test.context, { ...seed, targetCaption: seed.sourceCaption }),
    ).rejects.toMatchObject({
      code: "bad-input",
      subject: "targetCaption",
    });
  });

  it("takes an archived seed out of lists and counts", async () => {
    const before = await seedCoverage(test.context);
    const made = await createSeed(test.context, { ...seed, instruction: "Cover the raincoat in stamps" });
    await archiveSeed(test.context, made);
    expect(await seedCoverage(test.context)).toEqual(before);
  });

  it("imports good lines, counts repeats and names bad lines", async () => {
    const good = {
      source_caption: "A bowl of apples on a table",
      instruction: "Swap the apples for lemons",
      target_caption: "A bowl of lemons on a table",
      edit_type: "replace",
    };
    const report = await importSeeds(
      test.context,
      [
        JSON.stringify(good),
        "not json",
        JSON.stringify({ ...good, instruction: "" }),
        JSON.stringify(good),
      ].join("\n"),
    );
    expect(report).toMatchObject({ added: 1, duplicates: 1 });
    expect(report.refused.map(({ line }) => line)).toEqual([2, 3]);
  });
});
