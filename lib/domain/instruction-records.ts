import { z } from "zod";
import { editTypeIds } from "./edit-types";

/** A human-written example that shows what an edit looks like. */
export const seedExampleSchema = z.object({
  sourceCaption: z.string().min(1),
  instruction: z.string().min(1),
  targetCaption: z.string().min(1),
  editType: z.enum(editTypeIds),
});
export type SeedExample = z.infer<typeof seedExampleSchema>;

export const tokenUsageSchema = z.object({
  promptTokens: z.int().min(0),
  completionTokens: z.int().min(0),
  totalTokens: z.int().min(0),
});
export type TokenUsage = z.infer<typeof tokenUsageSchema>;

/** Where the text of an edit came from: enough to say what made it and to ask for it again. */
export const editProvenanceSchema = z.object({
  providerId: z.string(),
  providerLabel: z.string(),
  /** Model name as the endpoint reports it; null where no model was involved. */
  model: z.string().nullable(),
  /** Version of the prompt layout or of the rules that made the edit. */
  promptVersion: z.string(),
  rngSeed: z.number(),
  /** Which query of the provider it was, counted from 1; above 1 after a retry. */
  attempt: z.int().min(1),
  /** The seed instruction whose wording was reused, where one was. */
  seedInstruction: z.string().nullable(),
  /** Tokens of the whole query that also made this edit's siblings; null where the endpoint did not say. */
  usage: tokenUsageSchema.nullable(),
});
export type EditProvenance = z.infer<typeof editProvenanceSchema>;

/** A generated edit, text only, for one anchor. */
export const proposedEditSchema = z.object({
  sourceCaption: z.string().min(1),
  instruction: z.string().min(1),
  targetCaption: z.string().min(1),
  editType: z.enum(editTypeIds),
  /** The thing to detect and segment, named as in the caption; null for whole-image edits and pure additions. */
  editObject: z.string().nullable(),
  provenance: editProvenanceSchema,
});
export type ProposedEdit = z.infer<typeof proposedEditSchema>;
