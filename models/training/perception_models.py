"""The Storybook pack's perception networks: plain 3×3 residual convolutions, which CPUs run and train fast."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional as F

IMAGE_SIZE = 256
EMBEDDING = 256


def conv(inputs: int, outputs: int, stride: int = 1, dilation: int = 1) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, 3, stride, dilation, dilation, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True)
    )


class Residual(nn.Module):
    def __init__(self, width: int, dilation: int = 1) -> None:
        super().__init__()
        self.first = conv(width, width, dilation=dilation)
        self.second = nn.Sequential(nn.Conv2d(width, width, 3, 1, dilation, dilation, bias=False), nn.BatchNorm2d(width))
        nn.init.zeros_(self.second[1].weight)

    def forward(self, x: Tensor) -> Tensor:
        return F.relu(x + self.second(self.first(x)))


class TextTower(nn.Module):
    """Small bidirectional transformer. `input_ids` int64 [B,T] → [B,outputs]: the mean over valid tokens, projected.

    Without a mask a sequence ends with its first end token, so padding never changes the result.
    """

    def __init__(self, vocabulary: int, end: int, outputs: int, width: int, layers: int, heads: int = 4, max_length: int = 77) -> None:
        super().__init__()
        self.end, self.heads = end, heads
        self.tokens = nn.Embedding(vocabulary, width)
        self.positions = nn.Parameter(torch.randn(max_length, width) * 0.02)
        nn.init.normal_(self.tokens.weight, std=0.05)
        self.layers = nn.ModuleList(
            nn.ModuleDict(
                {
                    "norm1": nn.LayerNorm(width),
                    "qkv": nn.Linear(width, 3 * width),
                    "out": nn.Linear(width, width),
                    "norm2": nn.LayerNorm(width),
                    "up": nn.Linear(width, 4 * width),
                    "down": nn.Linear(4 * width, width),
                }
            )
            for _ in range(layers)
        )
        self.norm = nn.LayerNorm(width)
        self.project = nn.Linear(width, outputs)

    def forward(self, input_ids: Tensor, attention_mask: Tensor | None = None) -> Tensor:
        if attention_mask is None:
            is_end = (input_ids == self.end).to(torch.float32)
            valid = ((is_end.cumsum(1) - is_end) < 0.5).to(torch.float32)
        else:
            valid = attention_mask.to(torch.float32)
        batch, length = input_ids.shape
        x = self.tokens(input_ids) + self.positions[:length]
        shut = (1 - valid)[:, None, None, :] * -1e4
        for layer in self.layers:
            q, k, v = layer["qkv"](layer["norm1"](x)).reshape(batch, length, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
            scores = (q @ k.transpose(-1, -2)) / math.sqrt(q.shape[-1]) + shut
            x = x + layer["out"]((scores.softmax(-1) @ v).transpose(1, 2).reshape(batch, length, -1))
            x = x + layer["down"](F.gelu(layer["up"](layer["norm2"](x)), approximate="tanh"))
        pooled = (self.norm(x) * valid[:, :, None]).sum(1) / valid.sum(1, keepdim=True)
        return self.project(pooled)


class Trunk(nn.Module):
    """[B,3,s,s] → [B,448]: mean and maximum of the last map and the maximum of the one before.

    The picture is first folded 4×4 pixels into channels: on a CPU, wide maps cost more time than multiplications.
    """

    width = 448

    def __init__(self) -> None:
        super().__init__()
        self.fine = nn.Sequential(
            nn.PixelUnshuffle(4), nn.Conv2d(48, 32, 1), nn.ReLU(inplace=True), conv(32, 64, 2), Residual(64), conv(64, 128, 2), Residual(128)
        )
        self.coarse = nn.Sequential(conv(128, 160, 2), Residual(160))

    def maps(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Maps of 1/4 (32 channels), 1/8 (64), 1/16 (128) and 1/32 (160) of the input's side."""
        quarter = self.fine[:3](x)
        eighth = self.fine[3:5](quarter)
        sixteenth = self.fine[5:](eighth)
        return quarter, eighth, sixteenth, self.coarse(sixteenth)

    def forward(self, x: Tensor) -> Tensor:
        _, _, fine, coarse = self.maps(x)
        return torch.cat([coarse.mean((2, 3)), coarse.amax((2, 3)), fine.amax((2, 3))], 1)


class ClipAndTagger(nn.Module):
    """CLIP's two towers (Radford et al. 2021) and a tag head that shares the image trunk while training."""

    def __init__(self, vocabulary: int, end: int, tags: int, max_length: int) -> None:
        super().__init__()
        self.trunk = Trunk()
        self.image = nn.Linear(Trunk.width, EMBEDDING)
        self.tag = nn.Sequential(nn.Linear(Trunk.width, 256), nn.ReLU(), nn.Linear(256, tags))
        self.text = TextTower(vocabulary, end, EMBEDDING, width=128, layers=2, max_length=max_length)
        self.scale = nn.Parameter(torch.tensor(math.log(1 / 0.07)))

    def forward(self, pixels: Tensor, input_ids: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        features = self.trunk(pixels)
        return self.image(features), self.text(input_ids), self.tag(features)


class SelfSupervised(nn.Module):
    """DINO (Caron et al. 2021): trunk, 256-d embedding and, for training only, a head onto normalised prototypes."""

    def __init__(self, prototypes: int = 1024) -> None:
        super().__init__()
        self.trunk = Trunk()
        self.embed = nn.Linear(Trunk.width, EMBEDDING)
        self.head = nn.Sequential(nn.Linear(EMBEDDING, 512), nn.GELU(), nn.Linear(512, 128))
        self.prototypes = nn.Parameter(F.normalize(torch.randn(prototypes, 128), dim=1))

    def embedding(self, pixels: Tensor) -> Tensor:
        return self.embed(self.trunk(pixels))

    def forward(self, pixels: Tensor) -> Tensor:
        x = F.normalize(self.head(self.embedding(pixels)).float(), dim=1)
        return x @ F.normalize(self.prototypes, dim=1).T


class Pyramid(nn.Module):
    """[B,3,256,256] → the picture folded 8×8 into 192 channels [B,192,32,32], and a map [B,64,32,32] with the whole picture's context.

    The trunk is CLIP's and the tagger's: it sees the picture at half size and comes to know nouns and colours there.
    """

    def __init__(self) -> None:
        super().__init__()
        self.fold = nn.PixelUnshuffle(8)
        self.trunk = Trunk()
        self.down64 = nn.Conv2d(160, 128, 1)
        self.down32 = nn.Conv2d(128, 64, 1)
        self.merge16 = conv(64, 64)
        self.merge8 = conv(96, 64)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        s8, s16, s32, s64 = self.trunk.maps(F.avg_pool2d(x, 2))
        s32 = s32 + F.interpolate(self.down64(s64), scale_factor=2.0, mode="nearest")
        s16 = self.merge16(s16 + F.interpolate(self.down32(s32), scale_factor=2.0, mode="nearest"))
        s8 = self.merge8(torch.cat([s8, F.interpolate(s16, scale_factor=2.0, mode="nearest")], 1))
        return self.fold(x), s8


class DetectorHead(nn.Module):
    """One box and one embedding a cell of the 32×32 grid; classes are similarities to text queries (OWLv2's form)."""

    width = 128

    def __init__(self, vocabulary: int, end: int, max_length: int) -> None:
        super().__init__()
        self.tower = conv(64, 64)
        self.embed = nn.Conv2d(64, self.width, 1)
        self.box = nn.Conv2d(64, 4, 1)
        self.text = TextTower(vocabulary, end, self.width, width=128, layers=2, max_length=max_length)
        self.scale = nn.Parameter(torch.tensor(math.log(12.0)))
        self.bias = nn.Parameter(torch.tensor(-7.0))

    def cells(self, s8: Tensor) -> tuple[Tensor, Tensor]:
        """Stride-8 map → unit embeddings [B,N,D] and boxes [B,N,4] as (x0, y0, x1, y1) in [0,1] units, not clipped."""
        x = self.tower(s8)
        embedded = F.normalize(self.embed(x).flatten(2).transpose(1, 2).float(), dim=2)
        reach = torch.exp(self.box(x).float().clamp(-6, 4)).flatten(2).transpose(1, 2) * 0.1
        side = s8.shape[-1]
        axis = (torch.arange(side, dtype=torch.float32, device=s8.device) + 0.5) / side
        centre = torch.stack([axis.repeat(side), axis.repeat_interleave(side)], 1)
        return embedded, torch.cat([centre - reach[..., :2], centre + reach[..., 2:]], 2)

    def queries(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        return F.normalize(self.text(input_ids, attention_mask).float(), dim=1)

    def logits(self, embedded: Tensor, queries: Tensor) -> Tensor:
        return embedded @ queries.T * self.scale.exp() + self.bias


class SegmenterNeck(nn.Module):
    """Image embedding [B,112,32,32]: 48 normalised channels of meaning, then 64 of detail, read from the folded pixels."""

    def __init__(self) -> None:
        super().__init__()
        self.detail = nn.Sequential(nn.Conv2d(192, 64, 1, bias=False), nn.BatchNorm2d(64, affine=False))
        self.meaning = nn.Sequential(nn.Conv2d(64, 48, 1, bias=False), nn.BatchNorm2d(48, affine=False))

    def forward(self, folded: Tensor, s8: Tensor) -> Tensor:
        return torch.cat([self.meaning(s8), self.detail(folded)], 1)


class SegmenterDecoder(nn.Module):
    """Prompts as dense maps, beside how alike every place is to the places prompted; then dilated convolutions.

    `embeddings` [B,112,32,32], `points` [B,N,2] (x, y in input pixels), `labels` [B,N] (1 foreground, 0 background,
    2 and 3 a box's corners, −1 padding), `mask` [B,1,128,128] logits, `has_mask` [B] → quality [B], logits [B,1,128,128].
    Each cell of the 32×32 grid answers for 4×4 cells of the mask, so the work stays on narrow maps.
    """

    side, mask_size, groups, meaning, width = 32, 128, 4, 48, 48

    def __init__(self) -> None:
        super().__init__()
        width = self.width
        self.enter = nn.Sequential(
            nn.Conv2d(self.meaning + 25 + 3 * self.groups, width, 1, bias=False), nn.BatchNorm2d(width), nn.ReLU(inplace=True)
        )
        self.wide = nn.ModuleList([conv(width, width, dilation=d) for d in (1, 2, 5)])
        self.detail = nn.Conv2d(64, width, 1)
        self.last = conv(width, 64)
        self.mask = nn.Conv2d(64, 16, 1)
        self.quality = nn.Sequential(nn.Linear(width + 64, 64), nn.ReLU(), nn.Linear(64, 1))
        which = torch.arange(self.meaning) // (self.meaning // self.groups)
        self.register_buffer("members", (which[None] == torch.arange(self.groups)[:, None]).to(torch.float32), persistent=False)

    @torch.no_grad()
    def prompts(self, points: Tensor, labels: Tensor, mask: Tensor, has_mask: Tensor) -> tuple[Tensor, Tensor]:
        """Prompt maps [B,25,32,32], and the places to compare with [B,3,32,32]: near foreground points, near background points, in the box."""
        stride = IMAGE_SIZE / self.side
        axis = (torch.arange(self.side, dtype=torch.float32, device=points.device) + 0.5) * stride
        dx = axis[None, None, :] - points[:, :, 0:1]
        dy = axis[None, None, :] - points[:, :, 1:2]

        def bumps(label: int, sigma: float) -> Tensor:
            there = (labels == label).to(torch.float32)[:, :, None]
            columns = torch.exp(-0.5 * (dx / sigma) ** 2)
            rows = torch.exp(-0.5 * (dy / sigma) ** 2) * there
            return (rows.transpose(1, 2) @ columns).clamp(max=1.0)[:, None]

        first = (labels == 2).to(torch.float32)[:, :, None]
        second = (labels == 3).to(torch.float32)[:, :, None]
        low, high = (points * first).sum(1), (points * second).sum(1)
        has_box = first.amax(1)[:, :, None, None]
        half = ((high - low) / 2).clamp(min=1.0)
        middle = (low + high) / 2
        u = ((axis[None] - middle[:, 0:1]) / half[:, 0:1]).clamp(-2, 2)[:, None, None, :]
        v = ((axis[None] - middle[:, 1:2]) / half[:, 1:2]).clamp(-2, 2)[:, None, :, None]
        across = torch.sigmoid((1 - u.abs()) * half[:, 0:1, None, None] / 2)
        along = torch.sigmoid((1 - v.abs()) * half[:, 1:2, None, None] / 2)
        inside = across * along * has_box
        near, far = bumps(1, 6.0), bumps(0, 6.0)
        given = has_mask[:, None, None, None].to(torch.float32)
        earlier = F.pixel_unshuffle(torch.tanh(mask / 4), 4) * given
        everywhere = torch.ones_like(near)
        maps = torch.cat(
            [
                *(near, bumps(1, 20.0), far, bumps(0, 20.0), inside),
                *(u * has_box * everywhere, v * has_box * everywhere, has_box * everywhere, earlier, given * everywhere),
            ],
            1,
        )
        return maps, torch.cat([near, far, inside], 1)

    def alike(self, meaning: Tensor, places: Tensor) -> Tensor:
        """Similarity by channel group between every cell and the mean cell under each place: [B,3·groups,32,32]."""
        flat, weight = meaning.flatten(2), places.flatten(2).to(meaning.dtype)
        mean = (weight @ flat.transpose(1, 2)).float() / (places.sum((2, 3))[:, :, None] + 1e-3)
        separate = F.normalize(mean[:, :, None, :] * self.members, dim=3, eps=1e-2)
        similar = separate.flatten(1, 2).to(meaning.dtype) @ flat
        return similar.reshape(meaning.shape[0], -1, self.side, self.side)

    def forward(self, embeddings: Tensor, points: Tensor, labels: Tensor, mask: Tensor, has_mask: Tensor) -> tuple[Tensor, Tensor]:
        maps, places = self.prompts(points, labels, mask, has_mask)
        meaning, detail = embeddings[:, : self.meaning], embeddings[:, self.meaning :]
        x = self.enter(torch.cat([meaning, maps.to(meaning.dtype), self.alike(meaning, places)], 1))
        for layer in self.wide:
            x = x + layer(x)
        last = self.last(x + self.detail(detail))
        logits = F.pixel_shuffle(self.mask(last), 4).float()
        weight = torch.sigmoid(F.avg_pool2d(logits.detach(), 4)).to(x.dtype)
        under = (last * weight).sum((2, 3)) / (weight.sum((2, 3)) + 1)
        quality = torch.sigmoid(self.quality(torch.cat([x.mean((2, 3)), under], 1)).float())[:, 0]
        return quality, logits


class DetectAndSegment(nn.Module):
    """Detector and segmenter over one pyramid, trained together; each is exported with its own copy of the pyramid."""

    def __init__(self, vocabulary: int, end: int, max_length: int) -> None:
        super().__init__()
        self.pyramid = Pyramid()
        self.detector = DetectorHead(vocabulary, end, max_length)
        self.neck = SegmenterNeck()
        self.decoder = SegmenterDecoder()
