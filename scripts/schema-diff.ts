import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";

const SCHEMA = "prisma/schema.prisma";
/** PostgreSQL's one-byte catalogue type "char", and text. */
const CHAR = 18;
const TEXT = 25;

interface SchemaEngine {
  diff(params: unknown): Promise<{ stdout: string | null }>;
  free(): void;
}

/**
 * The SQL that turns what the database holds into what prisma/schema.prisma says; empty when they agree.
 * Runs Prisma's schema engine as WebAssembly, since its native form would have to be downloaded. The engine
 * package must be of the Prisma version in use.
 */
export async function diffToSchema(databaseUrl: string): Promise<string> {
  const engine = await loadEngine(databaseUrl);
  try {
    const { stdout } = await engine.diff({
      from: { tag: "schemaDatasource", files: [schemaFile()], configDir: process.cwd() },
      to: { tag: "schemaDatamodel", files: [schemaFile()] },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    });
    const sql = stdout?.trim() ?? "";
    return sql === "" || sql === "-- This is an empty migration." ? "" : `${sql}\n`;
  } finally {
    engine.free();
  }
}

async function loadEngine(databaseUrl: string): Promise<SchemaEngine> {
  const require = createRequire(import.meta.url);
  const glue = await import("@prisma/schema-engine-wasm/schema_engine_bg");
  const wasm = require
    .resolve("@prisma/schema-engine-wasm")
    .replace(/schema_engine\.js$/, "schema_engine_bg.wasm");
  const { instance } = await WebAssembly.instantiate(readFileSync(wasm), { "./schema_engine_bg.js": glue });
  glue.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: console.error } });
  const schema: [string, string] = [SCHEMA, readFileSync(SCHEMA, "utf8")];
  return glue.SchemaEngine.new({ datamodels: [schema] }, () => {}, adapterFactory(databaseUrl));
}

/**
 * The pg adapter, taught the catalogue type "char", which the engine reads and the adapter does not know: such
 * columns are read as text and reported as characters.
 */
function adapterFactory(databaseUrl: string) {
  const Result = createRequire(import.meta.url)("pg/lib/result");
  const addFields = Result.prototype.addFields;
  let charColumns: number[] = [];
  Result.prototype.addFields = function (fields: { dataTypeID: number }[]) {
    charColumns = [];
    for (const [index, field] of fields.entries()) {
      if (field.dataTypeID !== CHAR) continue;
      field.dataTypeID = TEXT;
      charColumns.push(index);
    }
    return addFields.call(this, fields);
  };
  const factory = new PrismaPg({ connectionString: databaseUrl });
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (query) => {
      charColumns = [];
      const result = await queryRaw(query);
      for (const index of charColumns) result.columnTypes[index] = ColumnTypeEnum.Character;
      return result;
    };
    return adapter;
  };
  return bindMigrationAwareSqlAdapterFactory(factory);
}

function schemaFile() {
  return { path: SCHEMA, content: readFileSync(SCHEMA, "utf8") };
}
