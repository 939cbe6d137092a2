import { describe, expect, it } from "vitest";
import { applyDifference, packDifference } from "@/components/masks/engine/diff-codec";
import { createMaskDocument, type MaskChange } from "@/components/masks/engine/mask-document";
import { randomNumbers } from "./random";

const hash = (data: Uint8Array) => Buffer.from(data).toString("base64");

describe("differences", () => {
  it("give back every byte, for runs, noise and what lies between", () => {
    const random = randomNumbers(1);
    for (let round = 0; round < 60; round++) {
      const box = {
        x: round % 5,
        y: 2,
        width: 1 + Math.floor(random() * 128),
        height: 1 + Math.floor(random() * 128),
      };
      const width = box.x + box.width + 3;
      const data = new Uint8Array(width * (box.height + 4)).map(() => Math.floor(random() * 256));
      const before = data.slice();
      const difference = new Uint8Array(box.width * box.height);
      // From single bytes to long runs of one value.
      for (let at = 0; at < difference.length; ) {
        const kind = random();
        const value = kind < 0.4 ? 0 : kind < 0.6 ? 255 : Math.floor(random() * 256);
        const end = at + 1 + Math.floor(random() ** 4 * 600);
        difference.fill(value, at, Math.min(end, difference.length));
        at = end;
      }
      const packed = packDifference(difference, difference.length);
      if (!packed) {
        expect(difference.every((value) => value === 0)).toBe(true);
        continue;
      }
      applyDifference(packed, data, width, box);
      const seen = difference.map((_, i) => {
        const at = (Math.floor(i / box.width) + box.y) * width + (i % box.width) + box.x;
        return data[at]! ^ before[at]!;
      });
      expect(hash(seen)).toBe(hash(difference));
      applyDifference(packed, data, width, box);
      expect(hash(data)).toBe(hash(before));
    }
  });

  it("of a whole tile turned over are two bytes, of none nothing", () => {
    expect(packDifference(new Uint8Array(128 * 128).fill(255), 128 * 128)).toHaveLength(2);
    expect(packDifference(new Uint8Array(128 * 128), 128 * 128)).toBeNull();
  });

  it("of noise cost little more than the noise", () => {
    const random = randomNumbers(2);
    const noise = new Uint8Array(128 * 128).map(() => Math.floor(random() * 256));
    expect(packDifference(noise, noise.length)!.length).toBeLessThan(noise.length * 1.01);
  });
});

function documentOf(width: number, height: number, historyBytes = 1e9) {
  const changes: MaskChange[] = [];
  const painted: unknown[] = [];
  const document = createMaskDocument({
    width,
    height,
    historyBytes,
    onPaint: (boxes) => painted.push(...boxes),
    onChange: (change) => changes.push(change),
  });
  return { document, changes, painted };
}

describe("a document", () => {
  it("undoes and redoes any number of random changes to the byte", () => {
    const random = randomNumbers(3);
    const [width, height] = [301, 277];
    const { document } = documentOf(width, height);
    const states = [hash(document.data)];
    for (let step = 0; step < 120; step++) {
      const edit = document.begin();
      for (let part = 0; part < 3; part++) {
        const box = {
          x: random() * width - 40,
          y: random() * height - 40,
          width: random() * 120,
          height: random() * 120,
        };
        const level = Math.floor(random() * 256);
        edit.paint(box, (data, inside) => {
          for (let y = inside.y; y < inside.y + inside.height; y++) {
            data.fill(level, y * width + inside.x, y * width + inside.x + inside.width);
          }
        });
      }
      if (edit.commit(`step ${step}`)) states.push(hash(document.data));
    }
    for (let i = states.length - 1; i > 0; i--) {
      expect(hash(document.data)).toBe(states[i]);
      expect(document.undo()).toBe(true);
    }
    expect(hash(document.data)).toBe(states[0]);
    expect(document.undo()).toBe(false);
    for (const state of states.slice(1)) {
      expect(document.redo()).toBe(true);
      expect(hash(document.data)).toBe(state);
    }
    expect(document.redo()).toBe(false);
  });

  it("tells each change once, with the box that holds it, and nothing of a change that changes nothing", () => {
    const { document, changes } = documentOf(200, 100);
    const fill = (level: number) => {
      const edit = document.begin();
      edit.paint({ x: 10.5, y: 20.2, width: 30, height: 5 }, (data, { x, y }) => {
        data[y * 200 + x] = level;
      });
      return edit.commit("Dot");
    };
    expect(fill(255)).toBe(true);
    expect(fill(255)).toBe(false);
    document.undo();
    document.redo();
    expect(changes.map(({ revision, cause, label }) => [revision, cause, label])).toEqual([
      [1, "edit", "Dot"],
      [2, "undo", "Dot"],
      [3, "redo", "Dot"],
    ]);
    expect(changes[0]!.dirty).toEqual({ x: 10, y: 20, width: 31, height: 6 });
  });

  it("drops what an unfinished change has painted, when it is rolled back or another begins", () => {
    const { document } = documentOf(300, 300);
    const scribble = () => {
      const edit = document.begin();
      edit.paint({ x: 0, y: 0, width: 300, height: 300 }, (data) => data.fill(99));
      return edit;
    };
    const edit = scribble();
    edit.rollback();
    expect(document.data.every((level) => level === 0)).toBe(true);
    scribble();
    document.begin();
    expect(document.data.every((level) => level === 0)).toBe(true);
    expect(document.history.undoSteps).toBe(0);
  });

  it("forgets the oldest steps past its bytes, and never the last one", () => {
    const random = randomNumbers(5);
    const { document } = documentOf(256, 256, 50_000);
    const paintNoise = () => {
      const edit = document.begin();
      edit.paint({ x: 0, y: 0, width: 128, height: 128 }, (data) => {
        for (let i = 0; i < 128 * 128; i++) data[(i >> 7) * 256 + (i & 127)] = Math.floor(random() * 256);
      });
      edit.commit("Noise");
    };
    for (let i = 0; i < 10; i++) paintNoise();
    expect(document.history.undoSteps).toBe(3);
    expect(document.history.bytes).toBeLessThanOrEqual(50_000);
    const small = documentOf(256, 256, 10);
    const edit = small.document.begin();
    edit.paint({ x: 0, y: 0, width: 9, height: 9 }, (data) => data.fill(7, 0, 9));
    edit.commit("Large");
    expect(small.document.undo()).toBe(true);
  });

  it("redoes nothing once something new is drawn", () => {
    const { document } = documentOf(64, 64);
    const dot = (at: number) => {
      const edit = document.begin();
      edit.paint({ x: at, y: 0, width: 1, height: 1 }, (data) => {
        data[at] = 255;
      });
      edit.commit("Dot");
    };
    dot(1);
    dot(2);
    document.undo();
    dot(3);
    expect(document.redo()).toBe(false);
    expect([document.data[1], document.data[2], document.data[3]]).toEqual([255, 0, 255]);
  });
});
