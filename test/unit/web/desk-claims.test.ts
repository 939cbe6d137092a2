import { expect, it } from "vitest";
import { createDeskClaims } from "@/components/review/desk-claims";
import type { ClaimView } from "@/lib/api/contract/review";

const claim = (assignmentId: string) => ({ assignmentId }) as ClaimView;

it("lets go of a claim that another window takes over, so as not to give it back when it closes", async () => {
  const [first, second] = [createDeskClaims(), createDeskClaims()];
  const stop = [first.listen()];
  first.hold([claim("a"), claim("b")]);
  // The second window is opened later.
  stop.push(second.listen());
  second.hold([claim("a")]);
  try {
    await expect.poll(() => first.held(), { timeout: 30_000 }).toEqual(["b"]);
    expect(second.held()).toEqual(["a"]);
  } finally {
    for (const end of stop) end();
  }
});

it("holds alone where it does not listen", () => {
  const claims = createDeskClaims();
  claims.hold([claim("a")]);
  claims.drop("a");
  expect(claims.held()).toEqual([]);
});
