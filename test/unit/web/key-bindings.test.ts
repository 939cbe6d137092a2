import { describe, expect, it } from "vitest";
import type { Action } from "@/components/actions/action";
import { keyConflicts, objectionTo, rebind, withBindings } from "@/components/actions/key-bindings";

const action = (id: string, keys: string[], more: Partial<Action> = {}): Action => ({
  id,
  label: id,
  keys,
  run: () => {},
  ...more,
});
const brush = action("brush", ["b"]);
const eraser = action("eraser", ["e"]);
const larger = action("larger", ["]", "Ctrl+]"]);
const accept = action("accept", ["Enter"], { fixed: true });
const reason = action("reason-1", ["b"], { mode: true });
const all = [brush, eraser, larger, accept, reason];
const keys = (bindings: Parameters<typeof withBindings>[1]) =>
  Object.fromEntries(withBindings(all, bindings).map(({ id, keys }) => [id, keys]));

describe("a person's own keys", () => {
  it("replace the definition's, but never a fixed one", () => {
    expect(keys({ brush: ["d"], accept: ["y"], gone: ["z"] })).toMatchObject({
      brush: ["d"],
      eraser: ["e"],
      accept: ["Enter"],
    });
  });

  it("take a key from the action that had it, so that no key has two meanings", () => {
    const bindings = rebind({}, all, eraser, "b");
    expect(keys(bindings)).toMatchObject({ eraser: ["b"], brush: [] });
    expect(keyConflicts(withBindings(all, bindings)).size).toBe(0);
  });

  it("change the first key and leave the others", () => {
    expect(keys(rebind({}, all, larger, "+")).larger).toEqual(["+", "Ctrl+]"]);
    expect(keys(rebind({}, all, larger, "Ctrl+]")).larger).toEqual(["Ctrl+]"]);
  });

  it("object to keys of the browser, of fixed actions and of others, not to those of another mode", () => {
    expect(objectionTo("Ctrl+w", brush, all)?.kind).toBe("browser");
    expect(objectionTo("Tab", brush, all)?.kind).toBe("browser");
    expect(objectionTo("Enter", brush, all)).toEqual({ kind: "fixed", owner: accept });
    expect(objectionTo("e", brush, all)).toEqual({ kind: "taken", owner: eraser });
    expect(objectionTo("b", brush, all)).toBeNull();
    expect(objectionTo("q", brush, all)).toBeNull();
  });

  it("find a conflict that was stored before the definitions changed", () => {
    expect([...keyConflicts(withBindings(all, { brush: ["e"] }))]).toEqual([["e", ["brush", "eraser"]]]);
  });
});
