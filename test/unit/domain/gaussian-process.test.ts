import { expect, it } from "vitest";
import { gaussianProcess } from "@/lib/domain/statistics/gaussian-process";

/** Squared exponential covariance of length 1. */
const near = (a: number, b: number) => Math.exp(-((a - b) ** 2) / 2);

// GaussianProcessRegressor(kernel=RBF(1), alpha=0.01, optimizer=None) of scikit-learn 1.9.1, with return_std.
it.each([
  [0.5, 0.8943605829911835, 0.17738777603376157],
  [2, -0.6741034494926329, 0.3045920312171906],
  [6, -0.0025046553555237846, 0.999997255257374],
])("a Gaussian process believes what scikit-learn does, at %d", (at, mean, sd) => {
  const believed = gaussianProcess([0, 1, 2.5], [1, 0.5, -1], near, 0.01).believe(at);
  expect(believed.mean).toBeCloseTo(mean, 10);
  expect(believed.sd).toBeCloseTo(sd, 10);
});

it("a Gaussian process without values believes its prior", () => {
  expect(gaussianProcess([], [], near, 0.01).believe(3)).toEqual({ mean: 0, sd: 1 });
});

it("a Gaussian process has a mean that is a sum of covariances", () => {
  const points = [0, 1, 2.5];
  const { believe, weights } = gaussianProcess(points, [1, 0.5, -1], near, 0.01);
  const sum = points.reduce((total, point, i) => total + near(point, 2) * weights[i]!, 0);
  expect(sum).toBeCloseTo(believe(2).mean, 12);
});
