#!/usr/bin/env python3
"""Fit the covariance of lib/domain/sampling/draw-model.ts to the draws of an experiment, by restricted maximum likelihood.

    npm run experiment -- --first 27 --edits 36 --out /tmp
    python scripts/experiment/fit_draw_model.py data/experiment/*.jsonl --first 27 --edits 36

For each edit and stage the passing draws' CLIP directions are a level plus s² · (exp(−steps · |ln ratio of steps| − band · |bands
apart| − noise · (1 − correlation of the noises)) + rest). The level has a flat prior and s² an inverse gamma one. Prints the four
numbers and how much more likely they make the draws than independent ones would be. Needs numpy and scipy (models/requirements.txt).
"""

import argparse
import json
from collections import defaultdict
from pathlib import Path

import numpy as np
from scipy.linalg import cho_factor, cho_solve
from scipy.optimize import minimize

STAGES = {"free": ("free", "thrifty-free", "choosy-free"), "region": ("region", "thrifty-region", "choosy-region")}
NAMES = ("steps", "band", "noise", "rest")
# Of an edit's spread: worth this many draws, about this.
SPREAD_WEIGHT, SPREAD = 2, 0.03
FEWEST, MOST = 12, 120
BANDS = 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("draws", type=Path, nargs="+", help="files under data/experiment/")
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--edits", type=int, default=1_000_000)
    parser.add_argument("--pack", type=Path, default=Path("models/storybook/pack.json"))
    args = parser.parse_args()
    pack = json.loads(args.pack.read_text())
    edits = range(args.first, args.first + args.edits)
    groups = [group for path in args.draws for group in read_groups(path, edits, pack)]
    print(f"{len(groups)} edits, {sum(len(group[0]) for group in groups)} draws")
    start = np.log([0.8, 0.25, 1.4, 0.03])
    options = {"maxfev": 800, "fatol": 0.01, "xatol": 0.002}
    found = minimize(lambda x: loss(np.exp(x), groups), start, method="Nelder-Mead", options=options)
    for name, value in zip(NAMES, np.exp(found.x)):
        print(f"{name:6} {value:.3f}")
    independent = loss(np.array([0, 0, 1e3, 0.05]), groups)
    print(f"log-likelihood above that of independent draws: {independent - found.fun:.0f}")


def read_groups(path: Path, edits: range, pack: dict):
    """Per edit and stage: directions [n], and by pairs of draws [n, n]: |ln ratio of steps|, bands apart, 1 − correlation."""
    # A plan that was changed makes a draw anew; the last one counts.
    rows = {(row["arm"], row["edit"], row["draw"]): row for row in map(json.loads, path.read_text().splitlines())}
    draws = defaultdict(dict)
    for row in rows.values():
        stage = next((stage for stage, arms in STAGES.items() if row["arm"] in arms), None)
        if stage and row["edit"] in edits and passes(row["scores"], pack["thresholds"], stage):
            # Two policies may make nearly the same draw, with the same threshold: one of them says enough.
            noise = tuple((term["seed"], round(term["weight"], 2)) for term in row["noise"])
            draws[stage, row["edit"]][noise, row["steps"], row["threshold"]] = row
    for (stage, _), rows in draws.items():
        rows = list(rows.values())[-MOST:]
        if len(rows) >= FEWEST:
            yield measures(rows, control_range(pack["generator"], stage))


def passes(scores: dict, thresholds: dict, stage: str) -> bool:
    bounds = thresholds["region" if stage == "region" else "freeForm"].items()
    return all(bound.get("min", -np.inf) <= scores[name] <= bound.get("max", np.inf) for name, bound in bounds)


def control_range(generator: dict, stage: str) -> tuple[float, float]:
    own = generator.get("regionDefaults", {}) if stage == "region" else {}
    return {**generator["defaults"], **own}["controlThreshold"]


def measures(rows: list[dict], control: tuple[float, float]):
    seeds = {seed: at for at, seed in enumerate({term["seed"] for row in rows for term in row["noise"]})}
    weights = np.zeros((len(rows), len(seeds)))
    for i, row in enumerate(rows):
        for term in row["noise"]:
            weights[i, seeds[term["seed"]]] += term["weight"]
    low, high = control
    shares = (np.array([row["threshold"] for row in rows]) - low) / (high - low)
    band = np.clip((shares * BANDS).astype(int), 0, BANDS - 1)
    apart = lambda values: np.abs(values[:, None] - values[None])
    directions = np.array([row["scores"]["clipDirection"] for row in rows])
    return directions, apart(np.log([row["steps"] for row in rows])), apart(band), 1 - weights @ weights.T


def loss(rates: np.ndarray, groups) -> float:
    """Negative log-likelihood, level integrated out and spread at its most likely."""
    steps, band, noise, rest = rates
    total = 0.0
    for directions, steps_apart, bands_apart, noise_apart in groups:
        n = len(directions)
        covariance = np.exp(-steps * steps_apart - band * bands_apart - noise * noise_apart) + rest * np.eye(n)
        factor = cho_factor(covariance, lower=True)
        ones = np.ones(n)
        solved = cho_solve(factor, ones)
        about = directions - (solved @ directions) / solved.sum()
        misfit = about @ cho_solve(factor, about) + SPREAD_WEIGHT * SPREAD**2
        freedom = n - 1 + SPREAD_WEIGHT + 2
        total += 0.5 * freedom * np.log(misfit) + np.log(np.diag(factor[0])).sum() + 0.5 * np.log(solved.sum())
    return total


if __name__ == "__main__":
    main()
