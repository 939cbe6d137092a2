import { expect, it } from "vitest";
import { roleMay, whoMay } from "@/lib/domain/abilities";

it.each([
  ["annotator", "read", true],
  ["annotator", "annotate", true],
  ["annotator", "review", false],
  ["reviewer", "review", true],
  ["reviewer", "curate", false],
  ["curator", "curate", true],
  ["curator", "manage", false],
  ["owner", "manage", true],
] as const)("%s may %s: %s", (role, ability, may) => {
  expect(roleMay(role, ability)).toBe(may);
});

it.each([
  ["manage", "owners"],
  ["curate", "owners and curators"],
  ["review", "owners, curators and reviewers"],
] as const)("%s is for %s", (ability, who) => {
  expect(whoMay(ability)).toBe(who);
});
