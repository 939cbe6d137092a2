import { describe, expect, it } from "vitest";
import { z } from "zod";
import { explainInput } from "@/lib/server/api/explain-input";

const shape = z.object({
  id: z.uuid(),
  runIds: z.array(z.uuid()).default([]),
  sampleId: z.uuid().optional(),
  cursor: z.uuid().optional(),
  limit: z.int().min(1).default(1),
});
const good = "00000000-0000-7000-8000-000000000000";

describe("explainInput", () => {
  it.each([
    ["runs", { id: "xyz" }, "not-found", "There is no such run: “xyz” is no id."],
    ["masks", { id: "" }, "not-found", "There is no such mask: “” is no id."],
    ["releases", { id: good, runIds: [good, "7"] }, "not-found", "There is no such run: “7” is no id."],
    ["masks", { id: good, sampleId: "s" }, "not-found", "There is no such sample: “s” is no id."],
    ["runs", { id: good, cursor: "c" }, "bad-input", "cursor: Invalid UUID."],
    ["runs", { id: good, limit: 0 }, "bad-input", "limit: Too small: expected number to be >=1."],
    ["runs", { limit: 1 }, "bad-input", "id: Invalid input: expected string, received undefined."],
    ["runs", 7, "bad-input", "The input: Invalid input: expected object, received number."],
  ])("%s %j", (part, input, code, message) => {
    const issues = shape.safeParse(input).error?.issues ?? [];
    expect(explainInput(part, input, issues)).toMatchObject({ code, message });
  });
});
