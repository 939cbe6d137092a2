import { z } from "zod";
import { editTypeIds } from "@/lib/domain/edit-types";
import { runStates } from "@/lib/domain/run-state";
import { sampleStates } from "@/lib/domain/sample-state";

export const id = z.uuid();
/** Counts the changes of a row; a write names the one it is based on. */
export const version = z
  .int()
  .min(1)
  .max(2 ** 31 - 1);
export const editType = z.enum(editTypeIds);
export const runState = z.enum(runStates);
export const sampleState = z.enum(sampleStates);

/** A whole number that may arrive as text, as in the query of a REST address. */
export const queryNumber = z.coerce.number<number>().int();

/** Keyset paging: pass `nextCursor` back as `cursor` for the page after. */
export const pageInput = { cursor: id.optional(), limit: queryNumber.min(1).max(200).default(60) };
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: id.nullable() });
}

/** An image in the store: fetch `/api/images/<sha256>`, or a thumbnail with `?w=<pixels>`. */
export const imageView = z.object({ sha256: z.string(), width: z.int(), height: z.int() });

export const date = z.date();
export const jobState = z.enum(["queued", "running", "succeeded", "failed"]);
export const scores = z.record(z.string(), z.number());
