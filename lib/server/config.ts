import { resolve } from "node:path";
import { z } from "zod";
import { UserError } from "@/lib/domain/errors";

/** An empty variable counts as not set, as in most shells' habits. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === "" ? undefined : value), schema.optional());

function whole(minimum: number, maximum: number) {
  const error = `must be a whole number from ${minimum} to ${maximum}`;
  return z.coerce.number({ error }).int({ error }).min(minimum, { error }).max(maximum, { error });
}

const address = z.url({
  protocol: /^https?$/,
  error: "must be the address of an HTTP server, such as http://localhost:8000/v1",
});

const settingsSchema = z.object({
  /** Where everything durable lives that is not in an external database or object store. */
  PENTIMENTO_DATA_DIR: optional(z.string()),
  /** An external PostgreSQL; without it an embedded one runs in the data folder. */
  DATABASE_URL: optional(
    z.string().regex(/^postgres(ql)?:\/\//, "must look like postgresql://user:password@host:5432/database"),
  ),
  /** Where images are kept; without it, in the data folder. */
  OBJECT_STORE_URL: optional(z.string()),
  HOST: optional(z.string()),
  PORT: optional(whole(1, 65535)),
  /** How many worker processes `npm start` keeps running. */
  PENTIMENTO_WORKERS: optional(whole(0, 64)),
  /** Folder whose subfolders are model packs. */
  PENTIMENTO_PACKS_DIR: optional(z.string()),
  /** OpenAI-compatible servers, up to and with `/v1`: a language model, one that edits images, one that judges pairs, one that moderates. */
  PENTIMENTO_LLM_URL: optional(address),
  PENTIMENTO_LLM_MODEL: optional(z.string()),
  PENTIMENTO_LLM_KEY: optional(z.string()),
  PENTIMENTO_IMAGES_URL: optional(address),
  PENTIMENTO_IMAGES_KEY: optional(z.string()),
  PENTIMENTO_JUDGE_URL: optional(address),
  PENTIMENTO_JUDGE_KEY: optional(z.string()),
  PENTIMENTO_MODERATION_URL: optional(address),
  PENTIMENTO_MODERATION_KEY: optional(z.string()),
  PENTIMENTO_MODERATION_MODEL: optional(z.string()),
});

/** Settings of one installation, read from the environment. */
export interface Config {
  /** Absolute path. */
  dataDir: string;
  databaseUrl: string | undefined;
  objectStoreUrl: string | undefined;
  host: string;
  port: number;
  workers: number;
  /** Absolute path of the folder whose subfolders are model packs. */
  packsDir: string;
  endpoints: Endpoints;
}

/** A language model: who writes instructions, and who chooses objects. */
export interface LanguageModel {
  baseUrl: string;
  model: string;
  apiKey?: string;
}

/** OpenAI-compatible servers that were set; each can be missing. */
export interface Endpoints {
  languageModel?: LanguageModel;
  images?: { baseUrl: string; apiKey: string | undefined };
  judge?: { baseUrl: string; apiKey: string | undefined };
  moderation?: { baseUrl: string; apiKey: string | undefined; model: string };
}

/**
 * Reads the settings.
 * @throws UserError that names the first variable that makes no sense
 */
export function readConfig(environment: Record<string, string | undefined> = process.env): Config {
  const parsed = settingsSchema.safeParse(environment);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const name = String(issue?.path[0]);
    throw new UserError("bad-input", `The environment variable ${name} ${issue?.message}.`, name);
  }
  const settings = parsed.data;
  return {
    dataDir: resolve(settings.PENTIMENTO_DATA_DIR ?? "data"),
    databaseUrl: settings.DATABASE_URL,
    objectStoreUrl: settings.OBJECT_STORE_URL,
    // Loopback only, since the studio opens without a password.
    host: settings.HOST ?? "127.0.0.1",
    port: settings.PORT ?? 3000,
    workers: settings.PENTIMENTO_WORKERS ?? 1,
    packsDir: resolve(settings.PENTIMENTO_PACKS_DIR ?? "models"),
    endpoints: {
      ...(settings.PENTIMENTO_LLM_URL &&
        settings.PENTIMENTO_LLM_MODEL && {
          languageModel: {
            baseUrl: settings.PENTIMENTO_LLM_URL,
            model: settings.PENTIMENTO_LLM_MODEL,
            ...(settings.PENTIMENTO_LLM_KEY && { apiKey: settings.PENTIMENTO_LLM_KEY }),
          },
        }),
      ...(settings.PENTIMENTO_IMAGES_URL && {
        images: { baseUrl: settings.PENTIMENTO_IMAGES_URL, apiKey: settings.PENTIMENTO_IMAGES_KEY },
      }),
      ...(settings.PENTIMENTO_JUDGE_URL && {
        judge: { baseUrl: settings.PENTIMENTO_JUDGE_URL, apiKey: settings.PENTIMENTO_JUDGE_KEY },
      }),
      ...(settings.PENTIMENTO_MODERATION_URL && {
        moderation: {
          baseUrl: settings.PENTIMENTO_MODERATION_URL,
          apiKey: settings.PENTIMENTO_MODERATION_KEY,
          model: settings.PENTIMENTO_MODERATION_MODEL ?? "omni-moderation-latest",
        },
      }),
    },
  };
}
