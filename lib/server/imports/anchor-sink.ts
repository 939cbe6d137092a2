import { UserError } from "@/lib/domain/errors";
import type { Studio } from "../context";
import { addToCounters } from "../counters";
import { inTransaction, Prisma } from "../database/client";
import { notify } from "../events/notify";
import type { AnchorSink } from "../import/import-types";
import { storableText } from "./storable-text";

/** Writes imported images as anchors of a project. */
export function anchorSink(
  { db }: Studio,
  { projectId, importId, origin }: { projectId: string; importId: string; origin: "photo" | "storybook" },
): AnchorSink {
  return {
    async exists(originalSha256) {
      const where = { projectId_originalSha: { projectId, originalSha: originalSha256 } };
      return (await db.anchor.findUnique({ where, select: { id: true } })) !== null;
    },
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
