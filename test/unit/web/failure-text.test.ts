import { expect, it } from "vitest";
import { failureText } from "@/components/edits/failure-text";
import { decisionsPerMinute } from "@/components/review/pace";
import { brokenThresholds, notAmongBest } from "@/lib/domain/selection";

it("says in words which bound a candidate breaks", () => {
  const thresholds = { clipDirection: { min: 0.2 }, outsideChange: { max: 0.05 }, dino: { min: 0.5 } };
  const scores = { clipDirection: 0.14, outsideChange: 0.061 };
  expect(
    brokenThresholds(scores, thresholds).map((failure) => failureText(failure, scores, thresholds)),
  ).toEqual([
    "Change follows the text: 0.14, at least 0.20 is needed",
    "Change outside the region: 0.061, at most 0.050 is needed",
    "Images alike (DINO): not measured",
  ]);
  expect(failureText(notAmongBest, {}, {})).toMatch(/others .* are better/);
  // A score that a later version no longer knows still says what happened.
  expect(failureText("oldScore:min", { oldScore: 0.5 }, {})).toBe("oldScore: 0.50 is too low");
});

it("measures the pace without the time away from the desk", () => {
  expect(decisionsPerMinute([0, 2000])).toBe(null);
  expect(decisionsPerMinute([0, 2000, 4000, 6000])).toBe(30);
  expect(decisionsPerMinute([0, 2000, 4000, 3_600_000, 3_602_000])).toBe(30);
});
