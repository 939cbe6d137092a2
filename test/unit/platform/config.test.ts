import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { readConfig } from "@/lib/server/config";

describe("readConfig", () => {
  it("has defaults that need no setting and open nothing to the network", () => {
    expect(readConfig({})).toMatchObject({
      dataDir: resolve("data"),
      databaseUrl: undefined,
      host: "127.0.0.1",
      port: 3000,
      workers: 1,
    });
  });

  it("takes an empty variable for one that is not set", () => {
    expect(readConfig({ PORT: "", DATABASE_URL: "", PENTIMENTO_DATA_DIR: "" })).toEqual(readConfig({}));
  });

  it("reads numbers and makes paths absolute", () => {
    expect(
      readConfig({ PORT: "8080", PENTIMENTO_WORKERS: "0", PENTIMENTO_DATA_DIR: "elsewhere" }),
    ).toMatchObject({
      port: 8080,
      workers: 0,
      dataDir: resolve("elsewhere"),
    });
  });

  it("names the servers that are set, and only those", () => {
    expect(readConfig({}).endpoints).toEqual({});
    const environment = {
      PENTIMENTO_IMAGES_URL: "http://localhost:8000/v1",
      PENTIMENTO_IMAGES_KEY: "sesame",
      PENTIMENTO_MODERATION_URL: "https://example.org/v1",
    };
    expect(readConfig(environment).endpoints).toEqual({
      images: { baseUrl: "http://localhost:8000/v1", apiKey: "sesame" },
      moderation: {
        baseUrl: "https://example.org/v1",
        apiKey: undefined,
        model: "omni-moderation-latest",
      },
    });
    expect(() => readConfig({ PENTIMENTO_JUDGE_URL: "ftp://example.org" })).toThrow(
      /PENTIMENTO_JUDGE_URL must be the address of an HTTP server/,
    );
  });

  it("takes a language model only with its name", () => {
    const environment = { PENTIMENTO_LLM_URL: "http://localhost:8000/v1", PENTIMENTO_LLM_KEY: "" };
    expect(readConfig(environment).endpoints).toEqual({});
    expect(readConfig({ ...environment, PENTIMENTO_LLM_MODEL: "writer" }).endpoints).toEqual({
      languageModel: { baseUrl: "http://localhost:8000/v1", model: "writer" },
    });
    expect(() => readConfig({ PENTIMENTO_LLM_URL: "localhost:8000" })).toThrow(/PENTIMENTO_LLM_URL must be/);
  });

  it.each([
    ["PORT", "eighty"],
    ["PORT", "0"],
    ["PORT", "80.5"],
    ["PENTIMENTO_WORKERS", "-1"],
    ["DATABASE_URL", "localhost:5432"],
  ])("names %s when it is %j", (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(
      new RegExp(`^The environment variable ${name} must (be a whole number|look like) .*\\.$`),
    );
  });
});
