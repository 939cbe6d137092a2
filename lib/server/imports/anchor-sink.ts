import { UserError } from "@/lib/domain/errors";
import type { Studio } from "../context";
import { addToCounters } from "../counters";
import { inTransaction, Prisma } from "../database/client";
import { notify } from "../events/notify";
import type { AnchorFacts, AnchorSink } from "../import/import-types";
import { storableText } from "./storable-text";

/** Writes imported images as anchors of a project. */
export function anchorSink(
  { db }: Studio,
  { projectId, importId, origin }: { projectId: string; importId: string; origin: "photo" | "storybook" },
): AnchorSink {
  return {
    complete: (originalSha, facts) =>
      inTransaction(db, async (tx) => {
        const where = { projectId_originalSha: { projectId, originalSha } };
        const row = await tx.anchor.findUnique({ where });
        if (!row) return null;
        const known = { fileName: row.fileName, own: row.importId === importId };
        // What was taken down stays as it was.
        const lacking = row.withdrawnAt === null ? missingFacts(row, facts) : {};
        const filled = Object.keys(lacking).flatMap((field) => factNames[field] ?? []);
        if (filled.length === 0) return { ...known, filled };
        const { count } = await tx.anchor.updateMany({
          where: { id: row.id, version: row.version },
          data: { ...lacking, version: { increment: 1 } },
        });
        // Somebody has just changed it by hand, and theirs stands.
        if (count === 0) return { ...known, filled: [] };
        if (lacking.caption) await addToCounters(tx, projectId, { captioned: 1 });
        await notify(tx, { topic: "anchors", id: row.id });
        return { ...known, filled };
      }),
    async add(anchor) {
      const { sha256, width, height, bytes, format, caption } = anchor;
      try {
        await inTransaction(db, async (tx) => {
          await tx.image.createMany({
            data: [{ sha256, width, height, bytes, mime: `image/${format}` }],
            skipDuplicates: true,
          });
          await tx.anchor.create({
            data: {
              projectId,
              importId,
              origin,
              imageSha: sha256,
              originalSha: anchor.originalSha256,
              caption,
              otherCaptions: anchor.captions.filter((other) => other !== caption),
              fileName: storableText(anchor.fileName),
              licence: storableText(anchor.licence),
              attribution: storableText(anchor.attribution),
              sourceUrl: storableText(anchor.sourceUrl),
            },
          });
          await tx.import.update({ where: { id: importId }, data: { added: { increment: 1 } } });
          await addToCounters(tx, projectId, { anchors: 1, captioned: caption === "" ? 0 : 1 });
          await notify(tx, { topic: "imports", id: importId });
        });
      } catch (error) {
        if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002") {
          throw new UserError("conflict", `${anchor.fileName} is already an anchor.`, anchor.fileName);
        }
        throw error;
      }
    },
  };
}

const factNames: Record<string, string> = {
  caption: "caption",
  licence: "licence",
  attribution: "attribution",
  sourceUrl: "source URL",
};

type Facts = Pick<AnchorFacts, "caption" | "licence" | "attribution" | "sourceUrl">;

/** What `found` says and `row` does not. */
function missingFacts(row: Facts, found: AnchorFacts): Partial<Facts> & { otherCaptions?: string[] } {
  const otherCaptions = found.captions.filter((other) => other !== found.caption);
  return {
    ...(row.caption === "" && found.caption !== "" && { caption: found.caption, otherCaptions }),
    ...(row.licence === null && found.licence && { licence: storableText(found.licence) }),
    ...(row.attribution === null && found.attribution && { attribution: storableText(found.attribution) }),
    ...(row.sourceUrl === null && found.sourceUrl && { sourceUrl: storableText(found.sourceUrl) }),
  };
}
