import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createRegionSupply, type SupplyApi } from "@/components/masks/desk/region-supply";
import type { RegionView } from "@/lib/api/contract/masks";

interface Opened {
  region: RegionView;
}

/** A server with regions that it hands out in order, as its queue does. */
function server(ids: string[]) {
  const log = { closed: [] as string[], released: [] as string[], renewed: [] as string[][] };
  let lost: string[] = [];
  let yours: string[] = [];
  /** What the person's other windows hold. */
  let elsewhere: string[] = [];
  let down = false;
  const api: SupplyApi<Opened> = {
    async next(exclude, limit, takeOver) {
      if (down) throw new TypeError("fetch failed");
      if (takeOver) ids.push(...elsewhere.splice(0));
      const items = ids.filter((id) => !exclude.includes(id)).slice(0, limit);
      return {
        items: items.map((id) => ({ id }) as RegionView),
        leaseSeconds: 90,
        elsewhere: elsewhere.length,
      };
    },
    open: async (region) => ({ region }),
    close: ({ region }) => log.closed.push(region.id),
    async renew(held) {
      log.renewed.push(held);
      return { lost, yours };
    },
    async claim(id) {
      lost = lost.filter((other) => other !== id);
      yours = yours.filter((other) => other !== id);
      return { id } as RegionView;
    },
    async release(held) {
      log.released.push(...held);
    },
    afterPaint: (work) => setTimeout(work),
  };
  return {
    api,
    log,
    lose(...gone: string[]) {
      lost = gone;
      ids = ids.filter((id) => !gone.includes(id));
    },
    loseToOwnWindow(...gone: string[]) {
      lost = yours = gone;
    },
    regain() {
      lost = yours = [];
    },
    hold(...held: string[]) {
      elsewhere = held;
    },
    add: (...more: string[]) => ids.push(...more),
    setDown: (value: boolean) => {
      down = value;
    },
  };
}

const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a supply of regions", () => {
  it("shows the first and has the next two ready", async () => {
    const supply = createRegionSupply(server(["a", "b", "c", "d"]).api);
    expect(supply.state().kind).toBe("loading");
    await settle();
    expect(supply.state()).toMatchObject({ kind: "open", current: { region: { id: "a" } }, ready: 2 });
    supply.close();
  });

  it("shows the next one in the same turn, and fetches behind it", async () => {
    const supply = createRegionSupply(server(["a", "b", "c", "d", "e"]).api);
    await settle();
    supply.advance();
    expect(supply.state()).toMatchObject({ kind: "open", current: { region: { id: "b" } } });
    await settle();
    expect(supply.state()).toMatchObject({ ready: 2 });
    supply.close();
  });

  it("hands no region out twice, says when nothing waits, and looks again when asked", async () => {
    const source = server(["a", "b"]);
    const supply = createRegionSupply(source.api);
    await settle();
    supply.advance();
    supply.advance();
    await settle();
    expect(supply.state().kind).toBe("empty");
    source.add("c");
    source.lose("a", "b");
    supply.retry();
    await settle();
    expect(supply.state()).toMatchObject({ current: { region: { id: "c" } } });
    supply.close();
  });

  it("renews all leases, drops lost ones that wait and says that the one on screen is lost", async () => {
    const source = server(["a", "b", "c"]);
    const supply = createRegionSupply(source.api);
    await settle();
    source.lose("a", "c");
    await settle(30_000);
    expect(source.log.renewed[0]).toEqual(["a", "b", "c"]);
    expect(source.log.closed).toEqual(["c"]);
    expect(supply.state()).toMatchObject({ current: { region: { id: "a" } }, lost: "others" });
    supply.close();
  });

  it("says when a region is in another window of the person's, and brings it here", async () => {
    const source = server(["a", "b"]);
    const supply = createRegionSupply(source.api);
    await settle();
    source.loseToOwnWindow("a");
    await settle(30_000);
    expect(supply.state()).toMatchObject({ current: { region: { id: "a" } }, lost: "you" });
    await supply.takeOver();
    expect(supply.state()).toMatchObject({ current: { region: { id: "a" } }, lost: null });
    // A lease that ran out there comes back by itself.
    source.loseToOwnWindow("a");
    await settle(30_000);
    source.regain();
    await settle(30_000);
    expect(supply.state()).toMatchObject({ lost: null });
    supply.close();
  });

  it("says so at opening", async () => {
    const source = server([]);
    const holder = { name: "Me", mine: false, you: true, until: new Date() };
    const region = { id: "a", holder } as RegionView;
    let given = false;
    const supply = createRegionSupply<Opened>({
      ...source.api,
      async next() {
        const items = given ? [] : [region];
        given = true;
        return { items, leaseSeconds: 90, elsewhere: 0 };
      },
    });
    await settle();
    expect(supply.state()).toMatchObject({ kind: "open", lost: "you" });
    supply.close();
  });

  it("counts what other windows hold of an empty queue, and takes it over", async () => {
    const source = server([]);
    source.hold("x", "y");
    const supply = createRegionSupply(source.api);
    await settle();
    expect(supply.state()).toMatchObject({ kind: "empty", elsewhere: 2 });
    await supply.takeOver();
    await settle();
    expect(supply.state()).toMatchObject({ kind: "open", current: { region: { id: "x" } }, ready: 1 });
    supply.close();
  });

  it("tells of a dead server only when there is nothing to show", async () => {
    const source = server(["a", "b", "c", "d"]);
    const supply = createRegionSupply(source.api);
    await settle();
    source.setDown(true);
    supply.advance();
    await settle();
    expect(supply.state()).toMatchObject({ kind: "open", current: { region: { id: "b" } } });
    supply.advance();
    supply.advance();
    await settle();
    expect(supply.state().kind).toBe("problem");
    source.setDown(false);
    source.lose("a", "b", "c");
    supply.retry();
    await settle();
    expect(supply.state()).toMatchObject({ current: { region: { id: "d" } } });
    supply.close();
  });

  it("goes back to a region and lets the interrupted one come again", async () => {
    const supply = createRegionSupply(server(["a", "b", "c", "d"]).api);
    await settle();
    supply.advance();
    supply.insert({ region: { id: "a" } as RegionView });
    expect(supply.state()).toMatchObject({ current: { region: { id: "a" } } });
    supply.again("b");
    await settle();
    const seen: string[] = [];
    for (let i = 0; i < 3; i++) {
      supply.advance();
      await settle();
      seen.push(supply.state().current?.region.id ?? "");
    }
    expect(seen.sort()).toEqual(["b", "c", "d"]);
    supply.close();
  });

  it("releases what it holds when it is closed", async () => {
    const source = server(["a", "b", "c"]);
    const supply = createRegionSupply(source.api);
    await settle();
    supply.close();
    expect(source.log.released).toEqual(["a", "b", "c"]);
    expect(source.log.closed).toEqual(["b", "c"]);
  });
});
