import { describe, expect, it } from "vitest";
import type { Action } from "@/components/actions/action";
import { findActions, menuActionId } from "@/components/actions/find-actions";
import { objectionTo, reachable } from "@/components/actions/key-bindings";
import { keysInTurn, startsSequence } from "@/components/actions/key-sequence";
import { ariaKeys, keyText } from "@/components/actions/key-text";
import { ActionRegistry, actionsOf } from "@/components/actions/registry";

const action = (id: string, keys: string[] = [], more: Partial<Action> = {}): Action => ({
  id,
  label: id,
  keys,
  run: () => {},
  ...more,
});
const ids = (actions: readonly Action[]) => actions.map(({ id }) => id);

describe("keys in turn", () => {
  it.each([
    ["g a", ["g", "a"]],
    [" ", [" "]],
    ["Ctrl+k", ["Ctrl+k"]],
    ["g Enter", ["g", "Enter"]],
  ])("%j is %j", (keys, expected) => expect(keysInTurn(keys)).toEqual(expected));

  it("begin with their first key, which is none by itself", () => {
    expect([startsSequence("g a", "g"), startsSequence("g", "g"), startsSequence("Ctrl+g", "g")]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it("are told in words, and left out where only single keys can be told", () => {
    expect(keyText("g a")).toBe("G then A");
    expect(ariaKeys(["g a", " "])).toBe("Space");
    expect(ariaKeys(["g a"])).toBeUndefined();
  });

  it("cannot lose their first key to another action", () => {
    const go = action("go-anchors", ["g a"], { fixed: true });
    expect(objectionTo("g", action("brush", ["b"]), [go])).toEqual({ kind: "fixed", owner: go });
  });
});

describe("the menu", () => {
  const all = [
    action("approve", ["a"], { label: "Approve", group: "Decide" }),
    action("approve-rest", [], { label: "The rest: approve", group: "Decide" }),
    action("anchors", ["g a"], { label: "Anchors", group: "Go to" }),
    action("undo", ["u"], { label: "Undo", enabled: false }),
    action("hide", ["q"], { label: "Hide the mask", release: () => {} }),
    action(menuActionId, ["Ctrl+k"], { label: "All actions" }),
  ];

  it("leaves out what makes no sense now, what needs a held key, and itself", () => {
    expect(ids(findActions(all, ""))).toEqual(["approve", "approve-rest", "anchors"]);
  });

  it("finds by words of name and heading, names that begin so first", () => {
    expect(ids(findActions(all, "approve decide"))).toEqual(["approve", "approve-rest"]);
    expect(ids(findActions(all, "GO"))).toEqual(["anchors"]);
    expect(ids(findActions([...all].reverse(), "app"))).toEqual(["approve", "approve-rest"]);
  });
});

describe("the registry", () => {
  it("lists the latest part of a page first and what is offered everywhere last, each id once", () => {
    const registry = new ActionRegistry();
    registry.add({ everywhere: true, actions: () => [action("help"), action("go")] });
    registry.add({ actions: () => [action("launch")] });
    const leave = registry.add({ actions: () => [action("brush"), action("help", ["?"])] });
    const now = () => actionsOf(registry.live());
    expect(ids(now())).toEqual(["brush", "help", "launch", "go"]);
    expect(now()[1]?.keys).toEqual(["?"]);
    leave();
    expect(ids(now())).toEqual(["launch", "help", "go"]);
  });
});

describe("what is offered everywhere", () => {
  const everywhere = [
    action("go-anchors", ["g a"]),
    action("menu", ["Ctrl+k"]),
    action("help", ["?"]),
    action("theme"),
  ];

  it("is reached by its keys, unless the page has an action of that name or key", () => {
    expect(ids(reachable(everywhere, []))).toEqual(["go-anchors", "menu", "help"]);
    expect(ids(reachable(everywhere, [action("help", ["?"]), action("bucket", ["g"])]))).toEqual(["menu"]);
  });
});
