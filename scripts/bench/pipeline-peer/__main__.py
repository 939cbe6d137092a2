"""PyTorch's side of the pipeline benchmark: pipeline-peer PACK, then one JSON request a line, one JSON answer a line.

`{"draw": {"folder", "edits", "steps", "strength", "guidance"}}`: reads `<n>.anchor` and `<n>.noise` from the folder and
writes `<n>.source` and `<n>.target`; answers `seconds` in all and `step`, those of one step.
`{"score": {"folder", "pairs": [{"sourceCaption", "targetCaption"}]}}`: scores such pictures; answers `seconds` and `scores`.
"""

import json
import sys
import time
from pathlib import Path

import numpy as np
import torch

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "models" / "training"))
from edit_pipeline import Edit, EditPipeline  # noqa: E402
from pack_networks import Networks  # noqa: E402
from score_pair import Scorer  # noqa: E402


def main() -> None:
    answers, sys.stdout = sys.stdout, sys.stderr
    networks = Networks(Path(sys.argv[1]))
    handlers = {"draw": draw, "score": score}
    tools = {"draw": EditPipeline(networks), "score": Scorer(networks)}
    print("{}", file=answers, flush=True)
    for line in sys.stdin:
        [(kind, request)] = json.loads(line).items()
        print(json.dumps(handlers[kind](tools[kind], request)), file=answers, flush=True)


def picture(path: Path) -> np.ndarray:
    return np.fromfile(path, np.uint8).reshape(256, 256, 3)


def draw(pipeline: EditPipeline, request: dict) -> dict:
    folder = Path(request["folder"])
    edits = [
        Edit(
            picture(folder / f"{n}.anchor"),
            torch.from_numpy(np.fromfile(folder / f"{n}.noise", np.float32).reshape(16, 16, 16)),
            edit["sourceCaption"], edit["targetCaption"], edit["cross"], edit["self"],
            edit["sourceWords"], edit["targetWords"], edit["threshold"],
        )  # fmt: skip
        for n, edit in enumerate(request["edits"])
    ]
    began = time.perf_counter()
    pictures, step = pipeline(edits, request["steps"], request["strength"], request["guidance"])
    seconds = time.perf_counter() - began
    for at, made in enumerate(pictures):
        made.tofile(folder / f"{at // 2}.{'target' if at % 2 else 'source'}")
    return {"seconds": seconds, "step": step}


def score(scorer: Scorer, request: dict) -> dict:
    folder = Path(request["folder"])
    pairs = [
        (picture(folder / f"{n}.source"), picture(folder / f"{n}.target"), (pair["sourceCaption"], pair["targetCaption"]))
        for n, pair in enumerate(request["pairs"])
    ]
    began = time.perf_counter()
    scores = [scorer(*pair) for pair in pairs]
    return {"seconds": time.perf_counter() - began, "scores": scores}


if __name__ == "__main__":
    main()
