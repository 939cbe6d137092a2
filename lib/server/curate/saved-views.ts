import { type SampleFilter, type SavedView, sampleFilter } from "@/lib/api/contract/curate";
import { UserError } from "@/lib/domain/errors";
import { type Context, requireAbility } from "../context";
import { Prisma } from "../database/client";
import { requireSound } from "./filter-sql";
import { requireName } from "./plain-text";

interface Row {
  id: string;
  name: string;
  filter: unknown;
  version: number;
  createdAt: Date;
}

const present = ({ id, name, filter, version, createdAt }: Row): SavedView => ({
  id,
  name,
  // A filter that this version no longer knows must not hide the others.
  filter: sampleFilter.safeParse(filter).data ?? {},
  version,
  createdAt,
});

export async function listViews(context: Context): Promise<SavedView[]> {
  requireAbility(context, "read");
  const rows = await context.studio.db.savedView.findMany({
    where: { projectId: context.caller.projectId },
    orderBy: { name: "asc" },
    take: 200,
  });
  return rows.map(present);
}

/** Keeps a filter under a name. To overwrite one, say with `replaces` which version of it was seen. */
export async function saveView(
  context: Context,
  input: { name: string; filter: SampleFilter; replaces?: number | undefined },
): Promise<SavedView> {
  requireAbility(context, "read");
  const { studio, caller } = context;
  const filter = JSON.parse(JSON.stringify(input.filter)) as Prisma.InputJsonValue;
  const name = requireName(input.name, "view");
  requireSound(input.filter);
  const key = { projectId: caller.projectId, name };
  if (input.replaces === undefined) {
    try {
      return present(
        await studio.db.savedView.create({ data: { ...key, filter, createdById: caller.memberId } }),
      );
    } catch (error) {
      const taken = error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002";
      if (!taken) throw error;
      throw new UserError("conflict", `There is a view “${name}” already.`, "name");
    }
  }
  const { count } = await studio.db.savedView.updateMany({
    where: { ...key, version: input.replaces },
    data: { filter, version: { increment: 1 } },
  });
  if (count === 0) {
    throw new UserError("conflict", `The view “${name}” was changed or deleted meanwhile.`, "name");
  }
  return present(await studio.db.savedView.findUniqueOrThrow({ where: { projectId_name: key } }));
}

export async function deleteView(context: Context, { id }: { id: string }): Promise<{ id: string }> {
  requireAbility(context, "read");
  await context.studio.db.savedView.deleteMany({ where: { id, projectId: context.caller.projectId } });
  return { id };
}
