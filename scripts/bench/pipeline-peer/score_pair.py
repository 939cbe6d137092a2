"""All scores that `lib/perception/score-pair.ts` gives a pair without a mask, with PyTorch, NumPy and scikit-image."""

import numpy as np
import torch
from pack_networks import Networks
from scipy.ndimage import laplace
from skimage.metrics import structural_similarity
from torch.nn import functional as F

LUMA = np.array([0.299, 0.587, 0.114], np.float32)
REACH = 8


class Scorer:
    def __init__(self, networks: Networks):
        self.networks = networks

    @torch.inference_mode()
    def __call__(self, source: np.ndarray, target: np.ndarray, captions: tuple[str, str]) -> dict[str, float]:
        """Pictures uint8 [H,W,3] → scores by the names of `lib/domain/scores.ts`."""
        pixels = torch.from_numpy(np.stack([source, target])).permute(0, 3, 1, 2).float() / 127.5 - 1
        ids = torch.from_numpy(self.networks.clip_tokenizer(list(captions), fixed=True)[0])
        images = F.normalize(self.networks.clip_image(pixels))
        texts = F.normalize(self.networks.clip_text(ids))
        structure = F.normalize(self.networks.dino(pixels))
        change = F.normalize(images[1:] - images[:1]) * F.normalize(texts[1:] - texts[:1])
        luma = [picture.astype(np.float32) @ LUMA for picture in (source, target)]
        return {
            "clipSource": float(images[0] @ texts[0]),
            "clipTarget": float(images[1] @ texts[1]),
            "clipImage": float(images[0] @ images[1]),
            "clipDirection": float(change.sum()),
            "dino": float(structure[0] @ structure[1]),
            "ssim": float(structural_similarity(source / 255.0, target / 255.0, channel_axis=2, data_range=1.0)),
            "sharpness": float(laplace(luma[1].astype(np.float64) / 255)[1:-1, 1:-1].var()),
            "shift": misalignment(*luma),
            "blank": flat_share(target),
            "nearCopy": float(np.abs(source.astype(np.int16) - target).mean() / 255),
        }


def flat_share(picture: np.ndarray) -> float:
    """Share of the pixels within 2 levels of the most common colour."""
    packed = picture.reshape(-1, 3).astype(np.int32) @ np.array([65536, 256, 1])
    colours, last, counts = np.unique(packed[::-1], return_index=True, return_counts=True)
    # Of equally common colours the one that is complete first.
    common = colours[np.lexsort((last, counts))[-1]]
    levels = np.array([common >> 16, common >> 8 & 255, common & 255])
    return float((np.abs(picture.astype(np.int16) - levels) <= 2).all(axis=2).mean())


def misalignment(a: np.ndarray, b: np.ndarray) -> float:
    """Whole-pixel shift at which two luma planes differ least: found at half size, then refined."""

    def cost(a, b, x, y):
        height, width = a.shape
        rows, columns = slice(max(0, -y), min(height, height - y)), slice(max(0, -x), min(width, width - x))
        moved = b[max(0, y) : height + min(0, y), max(0, x) : width + min(0, x)]
        return float(np.abs(a[rows, columns] - moved).mean(dtype=np.float64))

    def best(a, b, around, radius):
        offsets = range(-radius, radius + 1)
        shifts = [(around[0] + x, around[1] + y) for y in offsets for x in offsets]
        shifts = [shift for shift in shifts if max(map(abs, shift)) <= REACH]
        return min(shifts, key=lambda shift: (cost(a, b, *shift), np.hypot(*shift)))

    small = [plane.reshape(plane.shape[0] // 2, 2, -1, 2).mean(axis=(1, 3)) for plane in (a, b)]
    coarse = best(*small, (0, 0), REACH // 2)
    fine = best(a, b, (2 * coarse[0], 2 * coarse[1]), 1)
    return float(np.hypot(*fine)) if cost(a, b, *fine) < cost(a, b, 0, 0) else 0.0
