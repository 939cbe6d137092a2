import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { judgeSchema } from "@/lib/domain/endpoint-config";
import type { RgbImage } from "@/lib/domain/image";
import { judgePair, readMarks, readReason } from "@/lib/generators/judge-pair";
import { judgeRubric, judgeRubricHash } from "@/lib/generators/judge-rubric";
import { moderateImage } from "@/lib/generators/moderate-image";
import { type JudgeServer, startJudgeServer } from "@/test/support/judge-server";

let server: JudgeServer;
beforeEach(async () => {
  server = await startJudgeServer();
});
afterEach(() => server.close());

const flat = (red: number): RgbImage => ({
  width: 8,
  height: 8,
  data: Uint8Array.from({ length: 192 }, (_, i) => (i % 3 === 0 ? red : 30)),
});
const pair = { instruction: 'Make it "red".', source: flat(10), target: flat(200) };
const settings = judgeSchema.parse({
  model: "judge-1",
  price: { perMillionInputTokens: 2, perMillionOutputTokens: 10 },
});
const policy = { firstPauseMs: 5, longestPauseMs: 100 };
const judge = (request = pair) => judgePair({ baseUrl: server.url }, settings, request, { policy });

describe("a judgement", () => {
  it("holds marks, the model's own name and words, the rubric, and what it cost", async () => {
    const judgement = await judge();
    expect(judgement).toMatchObject({
      model: "judge-1-2026",
      rubric: "pair-rubric/1",
      rubricHash: judgeRubricHash,
      instruction: pair.instruction,
      scores: { judgeFollows: 10, judgeKeeps: 7, judgeQuality: 9 },
      problem: null,
      costMicros: 2000 + 500,
    });
    expect(JSON.parse(judgement.raw)).toMatchObject({ reason: "I compared them." });
  });

  it("is asked for with the rubric, the instruction as data, and both pictures unharmed", async () => {
    expect((await judge({ ...pair, target: pair.source })).scores?.judgeFollows).toBe(0);
    const [request] = server.seen;
    expect(request?.body).toMatchObject({ model: "judge-1", temperature: 0 });
    expect(request?.body.messages?.[0]).toEqual({ role: "system", content: judgeRubric.text });
    expect(JSON.stringify(request?.body.messages?.[1])).toContain(
      JSON.stringify('Instruction: "Make it').slice(1, -1),
    );
  });

  it("goes on without a schema where the server has none", async () => {
    server.withoutSchemas = true;
    expect((await judge()).scores?.judgeFollows).toBe(10);
    expect(server.seen).toHaveLength(2);
  });

  it("is repeated when the server is busy", async () => {
    server.troubles = [{ status: 429, headers: { "retry-after": "0.02" } }];
    expect((await judge()).scores).not.toBeNull();
  });

  it("has no scores, but the raw words, where they cannot be read", async () => {
    server.words = "Looks great, 9/10!";
    expect(await judge()).toMatchObject({
      raw: "Looks great, 9/10!",
      scores: null,
      problem: "The judge's answer holds no JSON object.",
    });
    server.troubles = Array.from({ length: 6 }, () => ({ status: 500 }));
    expect(await judge()).toMatchObject({ raw: "", scores: null, costMicros: 0 });
  });
});

describe("marks", () => {
  it.each([
    ['{"follows": 7, "keeps": 8, "quality": 9.5}', /“quality”/],
    ['{"follows": 11, "keeps": 8, "quality": 9}', /“follows”/],
    ['{"follows": "7", "keeps": 8, "quality": 9}', /“follows”/],
    ['{"follows": 7, "quality": 9}', /“keeps”/],
    ["{follows: 7}", /not valid JSON/],
  ])("are not read from %s", (raw, problem) => {
    const read = readMarks(raw, "stop");
    expect(read.scores).toBeNull();
    expect(read.problem).toMatch(problem);
  });

  it("are read from a fenced answer, and not from one cut off", () => {
    const raw = '```json\n{"reason":"ok","follows":1,"keeps":2,"quality":3}\n```';
    expect(readMarks(raw, "stop").scores).toEqual({ judgeFollows: 1, judgeKeeps: 2, judgeQuality: 3 });
    expect(readMarks(raw, "length").scores).toBeNull();
  });
});

it("reads the reason, where there is one", () => {
  expect(readReason('Sure: {"reason": " A seam is left. ", "follows": 1}')).toBe("A seam is left.");
  for (const raw of ["", "I like it.", "{reason: yes}", '{"reason": 3}', '{"reason": " "}']) {
    expect(readReason(raw)).toBeNull();
  }
});

it("pins the rubric: a released one never changes", () => {
  expect(judgeRubricHash).toBe("96b23ba0d77ff347fbc2c3d222f4d0ee2eb5ef5b028eaba06cdc0a069bd1178e");
});

it("takes the highest category of a moderation endpoint, and nothing from an answer without scores", async () => {
  const moderate = () => moderateImage({ baseUrl: server.url }, "mod-1", flat(200), { policy });
  expect(await moderate()).toEqual({ ok: true, unsafe: 200 / 255 });
  server.troubles = [{ status: 200, body: '{"results":[]}' }];
  expect(await moderate()).toMatchObject({ ok: false });
});
