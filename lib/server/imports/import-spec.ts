import { z } from "zod";

/** Where the files of an import come from. */
export const importSpecSchema = z.discriminatedUnion("kind", [
  /** Files uploaded one by one to `<dataDir>/uploads/<import id>`. */
  z.object({ kind: z.literal("upload") }),
  /** A file or folder on the machine that the studio runs on; `images` is the folder that its paths are below. */
  z.object({ kind: z.literal("path"), path: z.string(), images: z.string().optional() }),
  /** Drawn by the Storybook scene generator. */
  z.object({ kind: z.literal("storybook"), count: z.int(), seed: z.int() }),
  /** Targets of approved samples, which are in the store already: no worker has anything to do. */
  z.object({ kind: z.literal("turn") }),
]);
export type ImportSpec = z.infer<typeof importSpecSchema>;
