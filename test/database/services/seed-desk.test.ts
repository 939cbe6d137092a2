import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openRegion } from "@/lib/server/masks/open-region";
import { saveMask } from "@/lib/server/masks/save-mask";
import { createSeed } from "@/lib/server/seeds/create-seed";
import { importSeeds, previewSeeds } from "@/lib/server/seeds/import-seeds";
import { inspectDraft } from "@/lib/server/seeds/inspect-draft";
import { listSeeds } from "@/lib/server/seeds/list-seeds";
import { trySeeds } from "@/lib/server/seeds/try-seeds";
import { verbCoverage } from "@/lib/server/seeds/verb-coverage";
import { addSamples } from "@/test/support/sample-rows";
import { createTestStudio, type TestStudio } from "@/test/support/test-studio";

let test: TestStudio;
beforeAll(async () => {
  test = await createTestStudio();
  await addSamples(test.context, 4);
});
afterAll(() => test.close());

const seed = {
  anchorId: null,
  sourceCaption: "A red car parks beside the old harbour",
  instruction: "Paint the car in deep violet",
  targetCaption: "A violet car parks beside the old harbour",
  editType: "change-color" as const,
};

describe("an unfinished seed", () => {
  it("is compared with earlier seeds, most alike first, and not with itself", async () => {
    const made = await createSeed(test.context, seed);
    const draft = { ...seed, instruction: "Paint a car in deep violet!" };
    const { similar } = await inspectDraft(test.context, draft);
    expect(similar[0]).toEqual({
      id: made.id,
      instruction: seed.instruction,
      sourceCaption: seed.sourceCaption,
      similarity: 1,
      sameCaption: true,
    });
    const own = await inspectDraft(test.context, { ...draft, id: made.id });
    expect(own.similar.map(({ id }) => id)).not.toContain(made.id);
    const other = await inspectDraft(test.context, { ...draft, instruction: "Xylophones, everywhere" });
    expect(other.similar).toEqual([]);
  });

  it("has its misspelt words named once, in the field where they come from", async () => {
    const { spelling } = await inspectDraft(test.context, {
      sourceCaption: "A brown hosre on a field",
      instruction: "Make the feild white",
      targetCaption: "A brown hosre on a white field",
    });
    expect(spelling.map(({ field, word }) => [field, word])).toEqual([
      ["sourceCaption", "hosre"],
      ["instruction", "feild"],
    ]);
    expect(spelling[0]!.suggestions).toContain("horse");
    expect(spelling[1]!.suggestions[0]).toBe("field");
  });
});

describe("a pasted table", () => {
  const text = [
    "caption\tinstruction\tafterwards",
    "a blue rug on a floor\tPaint the rug red.\ta red rug on a floor",
    "a blue rug on a floor\tPaint the rug red\ta red rug on the floor",
    "a cat asleep\tTurn it.\ta cat asleep",
  ].join("\n");
  const columns = { header: true, sourceCaption: 0, instruction: 1, targetCaption: 2, editType: null };

  it("is looked at without adding anything, and asks for the columns that it cannot tell", async () => {
    const count = await test.studio.db.seed.count();
    const unknown = await previewSeeds(test.context, text);
    expect(unknown.fresh).toBe(0);
    expect(unknown.refused[0]!.reason).toBe(
      "Choose the column of the target caption: the first row does not name it.",
    );
    const found = await previewSeeds(test.context, text, columns);
    expect(found).toMatchObject({ format: "table", fresh: 1, duplicates: 1, refusedCount: 1 });
    expect(found.repeated).toEqual([{ line: 3, of: "Paint the rug red." }]);
    expect(found.examples[0]).toMatchObject({ line: 2, editType: "change-color" });
    expect(await test.studio.db.seed.count()).toBe(count);
  });

  it("is added, and what could not be used comes back to be put right", async () => {
    const report = await importSeeds(test.context, text, columns);
    expect(report).toMatchObject({ added: 1, duplicates: 1 });
    expect(report.rest).toBe("caption\tinstruction\tafterwards\na cat asleep\tTurn it.\ta cat asleep");
  });
});

describe("coverage by verb", () => {
  it("counts the verbs of each type and names usual ones that are missing", async () => {
    const before = (await verbCoverage(test.context)).find(({ editType }) => editType === "add")!;
    await createSeed(test.context, {
      ...seed,
      instruction: "Please insert a gull above the harbour",
      targetCaption: "A red car parks beside the old harbour under a gull",
      editType: "add",
    });
    const after = (await verbCoverage(test.context)).find(({ editType }) => editType === "add")!;
    const count = (of: typeof after) => of.verbs.find(({ verb }) => verb === "insert")?.count ?? 0;
    expect(count(after)).toBe(count(before) + 1);
    const counts = after.verbs.map((entry) => entry.count);
    expect(counts).toEqual([...counts].sort((a, b) => b - a));
    const all = await verbCoverage(test.context);
    expect(all.flatMap(({ verbs }) => verbs).some((entry) => entry.count === 0)).toBe(true);
  });
});

describe("trying seeds", () => {
  it("runs Stage I on three anchors with exactly these seeds and writes nothing", async () => {
    const { db } = test.studio;
    const rows = () => Promise.all([db.edit.count(), db.run.count(), db.seed.count()]);
    const before = await rows();
    const tried = await trySeeds(test.context, { filter: {}, provider: "recombination", draw: 0 });
    expect(tried.results).toHaveLength(3);
    const edits = tried.results.flatMap((result) => result.edits);
    expect(edits.length).toBeGreaterThan(0);
    for (const { anchor, edits: own } of tried.results) {
      for (const edit of own) expect(edit.sourceCaption).toBe(anchor.caption);
    }
    expect(await trySeeds(test.context, { filter: {}, provider: "recombination", draw: 0 })).toEqual(tried);
    expect(await rows()).toEqual(before);

    const alone = await trySeeds(test.context, { seeds: [seed], provider: "recombination", draw: 0 });
    expect(alone.seeds).toBe(1);
    expect(alone.fitting).toBeLessThanOrEqual(alone.looked);
    for (const edit of alone.results.flatMap((result) => result.edits)) {
      expect(edit.editType).toBe("change-color");
    }
  });

  it("refuses a broken seed and an empty filter in words", async () => {
    const broken = { ...seed, targetCaption: seed.sourceCaption };
    await expect(
      trySeeds(test.context, { seeds: [broken], provider: "recombination", draw: 0 }),
    ).rejects.toMatchObject({ code: "bad-input", subject: "targetCaption" });
    await expect(
      trySeeds(test.context, { filter: { search: "zzzzzz" }, provider: "recombination", draw: 0 }),
    ).rejects.toMatchObject({ message: expect.stringContaining("No seed fits") });
  });
});

describe("a seed's region", () => {
  it("comes with the seed once it is drawn", async () => {
    const anchor = await test.studio.db.anchor.findFirstOrThrow({ include: { image: true } });
    const made = await createSeed(test.context, {
      ...seed,
      anchorId: anchor.id,
      instruction: "Paint it mauve",
    });
    expect(made.region).toBeNull();
    const region = await openRegion(test.context, { seedId: made.id });
    const { width, height } = anchor.image;
    const data = Buffer.alloc(width * height).fill(255, 0, width * 4);
    const png = await sharp(data, { raw: { width, height, channels: 1 } })
      .toColourspace("b-w")
      .png()
      .toBuffer();
    const body = new Blob([new Uint8Array(png)]).stream() as ReadableStream<Uint8Array>;
    await saveMask(test.context, { id: region.id, version: region.version, body });
    const { items } = await listSeeds(test.context, { limit: 1, search: "Paint it mauve" });
    expect(items[0]!.region).toMatchObject({ id: region.id, mask: { width, height } });
  });
});
