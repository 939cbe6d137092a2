"""Exports the pack's UNet again from the weights in its own graphs: python export_again.py [--out ../storybook]

For a change of the exporter that leaves the weights as they are; the checkpoints are not needed. Fails where the new graphs
do not compute what the old ones do. Then run assemble_pack.py, which lists the new hashes.
"""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

import numpy as np
import onnxruntime

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from models.exporter.export_unet import example_inputs, export_unet, no_control  # noqa: E402

from common import PACK  # noqa: E402
from pack_networks import Networks  # noqa: E402
from train_tokenizer import MAX_LENGTH  # noqa: E402

TOLERANCE = 1e-5


def worst_difference(old: Path, new: Path, unet) -> float:
    """Largest difference over the largest value, of both graphs; the last two of four rows under control of the first."""
    control = {name: value.numpy() for name, value in no_control(4, MAX_LENGTH).items()}
    control["source_row"][2:] = 0
    control["cross_map"] = control["cross_map"][:, ::-1].copy()
    control["cross_alpha"][2:], control["cross_scale"][2:], control["self_gate"][3] = 1 / 3, 2, 1
    inputs = {name: value.numpy() for name, value in example_inputs(unet, 4, unet.config.sample_size, MAX_LENGTH).items()}
    worst = 0.0
    for file, given in (("unet.onnx", inputs), ("unet.controlled.onnx", {**inputs, **control})):
        before, after = (onnxruntime.InferenceSession(folder / file).run(None, given) for folder in (old, new))
        for a, b in zip(before, after, strict=True):
            worst = max(worst, float(np.abs(a - b).max() / np.abs(a).max()))
    return worst


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=PACK)
    args = parser.parse_args()
    unet = Networks(PACK).unet
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder)
        export_unet(unet, made, tokens=MAX_LENGTH, cross_maps_resolution=16)
        worst = worst_difference(PACK, made, unet)
        if worst > TOLERANCE:
            raise SystemExit(f"the new graphs differ from the old ones by {worst:.1e}: nothing is written")
        for path in made.iterdir():
            shutil.copyfile(path, args.out / path.name)
        print(f"{len(list(made.iterdir()))} files, difference to the old graphs {worst:.1e}")


if __name__ == "__main__":
    main()
