import { describe, expect, it } from "vitest";
import { fromHalfFloats, toHalfFloats } from "@/lib/domain/embeddings/half-floats";
import { cosine, nearDuplicates, signBits } from "@/lib/domain/embeddings/near-duplicates";
import { placeOn, principalPlane } from "@/lib/domain/embeddings/principal-components";
import { normalQuantile } from "@/lib/domain/statistics/beta";
import { randomStream } from "@/lib/domain/statistics/random-stream";

const random = randomStream(3);
const gaussian = () => normalQuantile(Math.min(1 - 1e-9, Math.max(1e-9, random())));
const unit = (vector: Float32Array) => {
  const length = Math.sqrt(cosine(vector, vector));
  return vector.map((value) => value / length);
};
const randomUnit = (size: number) => unit(Float32Array.from({ length: size }, gaussian));

describe("half floats", () => {
  it("keeps known values of IEEE 754 binary16", () => {
    const values = [0, 1, -2, 0.5, 65504, 2 ** -14, 2 ** -24, 1 / 3, Number.POSITIVE_INFINITY];
    const halves = new Uint16Array(toHalfFloats(Float32Array.from(values)).buffer);
    expect([...halves]).toEqual([0, 0x3c00, 0xc000, 0x3800, 0x7bff, 0x0400, 1, 0x3555, 0x7c00]);
    expect(fromHalfFloats(toHalfFloats(Float32Array.of(Number.NaN)))[0]).toBeNaN();
  });

  it("loses less than a two-thousandth of a value, and rounds to even", () => {
    const values = Float32Array.from({ length: 1000 }, () => gaussian());
    const back = fromHalfFloats(toHalfFloats(values));
    for (const [i, value] of values.entries())
      expect(Math.abs(back[i]! - value)).toBeLessThanOrEqual(Math.abs(value) / 2048 + 1e-7);
    expect(fromHalfFloats(toHalfFloats(Float32Array.of(2049, 2051)))).toEqual(Float32Array.of(2048, 2052));
  });
});

describe("near-duplicates", () => {
  it("groups what plain comparison of all pairs groups", () => {
    const bases = Array.from({ length: 60 }, () => randomUnit(256));
    const vectors = bases.flatMap((base, i) =>
      Array.from({ length: i % 3 === 0 ? 3 : 1 }, (_, copy) =>
        copy === 0 ? base : unit(base.map((value) => value + 0.005 * gaussian())),
      ),
    );
    const found = nearDuplicates(vectors);
    for (let i = 0; i < vectors.length; i++) {
      for (let j = 0; j < i; j++) {
        const together = found[i]! >= 0 && found[i] === found[j];
        expect(together).toBe(cosine(vectors[i]!, vectors[j]!) >= 0.98);
      }
    }
    expect(Math.min(...found)).toBe(-1);
  });

  it("writes signs as a bit string", () => {
    expect(signBits(Float32Array.of(0.1, -0.2, 0))).toBe("101");
  });
});

describe("the map's plane", () => {
  it("lies along the two directions of most variance, and is the same each time", () => {
    const vectors = Array.from({ length: 800 }, () =>
      Float32Array.from({ length: 12 }, (_, i) => gaussian() * (i === 4 ? 5 : i === 9 ? 3 : 0.5) + i),
    );
    const plane = principalPlane(vectors);
    expect(Math.abs(plane.axes[0][4]!)).toBeGreaterThan(0.99);
    expect(Math.abs(plane.axes[1][9]!)).toBeGreaterThan(0.99);
    expect(principalPlane(vectors)).toEqual(plane);
    const places = vectors.map((vector) => placeOn(plane, vector));
    const variance = (axis: 0 | 1) =>
      places.reduce((sum, place) => sum + place[axis] ** 2, 0) / places.length;
    expect(variance(0)).toBeCloseTo(25, -1);
    expect(variance(0)).toBeGreaterThan(variance(1));
  });

  it("takes one vector, and vectors that are all the same", () => {
    const [x, y] = placeOn(principalPlane([Float32Array.of(1, 0)]), Float32Array.of(1, 0));
    expect([Math.abs(x), Math.abs(y)]).toEqual([0, 0]);
  });
});
