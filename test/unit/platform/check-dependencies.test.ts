import { describe, expect, it } from "vitest";
import { findViolations, importsOf } from "@/scripts/check-dependencies";

describe("importsOf", () => {
  it("finds values, types, re-exports and dynamic imports", () => {
    const code = `
      import a from "./a"; import type { B } from "./b"; export * from "./c"; export { d } from "./d";
      type E = import("./e").E; const f = await import("./f"); const generic = <T,>(x: T) => <p>{"./no"}</p>;`;
    expect(importsOf(code).sort()).toEqual(["./a", "./b", "./c", "./d", "./e", "./f"]);
  });
});

describe("findViolations", () => {
  const resolve = (name: string) => (name.startsWith("@/") ? `${name.slice(2)}.ts` : undefined);
  const check = (files: Record<string, string[]>) => findViolations(new Map(Object.entries(files)), resolve);

  it("lets higher parts import lower ones and any part its own files", () => {
    expect(
      check({
        "lib/server/a.ts": ["@/lib/domain/b", "@/lib/server/c", "pg", "node:fs"],
        "components/ui/a.tsx": ["@/lib/api/client", "react"],
      }),
    ).toEqual([]);
  });

  it("refuses the other direction", () => {
    expect(check({ "lib/domain/a.ts": ["@/lib/server/b"] })[0]?.text).toContain(
      "may not depend on lib/server",
    );
    expect(check({ "components/a.tsx": ["@/lib/server/b"] })).toHaveLength(1);
    expect(check({ "lib/diffusion/a.ts": ["@/lib/perception/b"] })).toHaveLength(1);
  });

  it("keeps I/O out of the domain and the web framework out of the library", () => {
    expect(check({ "lib/domain/a.ts": ["node:fs"] })).toHaveLength(1);
    expect(check({ "lib/server/a.ts": ["next/headers"] })).toHaveLength(1);
    expect(check({ "lib/server/a.ts": ["nextish"] })).toEqual([]);
  });

  it("finds circles", () => {
    const files = { "lib/packs/a.ts": ["@/lib/packs/b"], "lib/packs/b.ts": ["@/lib/packs/a"] };
    expect(check(files)[0]?.text).toContain("lib/packs/a.ts -> lib/packs/b.ts -> lib/packs/a.ts");
  });
});
