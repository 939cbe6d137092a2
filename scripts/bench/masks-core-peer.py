"""Times pycocotools on a mask: masks-core-peer.py FILE HEIGHT WIDTH ROUNDS, prints milliseconds as JSON."""

import json
import sys
import time

import numpy as np
from pycocotools import mask as coco

path, height, width, rounds = sys.argv[1], *map(int, sys.argv[2:])
rows = (np.fromfile(path, np.uint8) > 127).astype(np.uint8).reshape(height, width)
columns = np.asfortranarray(rows)
rle = coco.encode(columns)
decoded = coco.decode(rle)


def fastest(work):
    best = float("inf")
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - began)
    return best * 1000


print(
    json.dumps(
        {
            "encode": fastest(lambda: coco.encode(columns)),
            "decode": fastest(lambda: coco.decode(rle)),
            "turn": fastest(lambda: np.asfortranarray(rows)),
            "turnBack": fastest(lambda: np.ascontiguousarray(decoded)),
        }
    )
)
