"""The Storybook VAE: 256 px images <-> 16x16x16 latents of unit variance.

A plain convolutional autoencoder. The encoder ends in a batch norm without scale, so every latent channel has mean 0
and variance 1, and the decoder is trained on latents with Gaussian noise added. Together they bound the information a
latent can carry, which is what the KL term of a variational autoencoder does, without a weight to tune. `fold_norm`
moves the batch norm into the last convolution, so the exported graphs need no scaling: scalingFactor 1, shiftFactor 0.
"""

import torch
from torch import nn

LATENT_CHANNELS = 16
FACTOR = 16


class Block(nn.Module):
    """Pre-activation residual block; the second convolution starts at zero, so no normalisation is needed."""

    def __init__(self, channels: int):
        super().__init__()
        self.first = nn.Conv2d(channels, channels, 3, padding=1)
        self.second = nn.Conv2d(channels, channels, 3, padding=1)
        nn.init.zeros_(self.second.weight)
        nn.init.zeros_(self.second.bias)

    def forward(self, x):
        return x + self.second(nn.functional.silu(self.first(nn.functional.silu(x))))


class Encoder(nn.Module):
    """`pixels` [B,3,H,W] in [-1,1] -> `mean` [B,16,H/16,W/16]."""

    def __init__(self, widths=(64, 128, 224), depths=(1, 1, 2)):
        super().__init__()
        layers = [nn.PixelUnshuffle(4), nn.Conv2d(48, widths[0], 3, padding=1)]
        for level, (width, depth) in enumerate(zip(widths, depths)):
            if level:
                layers.append(nn.Conv2d(widths[level - 1], width, 3, stride=2, padding=1))
            layers += [Block(width) for _ in range(depth)]
        layers += [nn.SiLU(), nn.Conv2d(widths[-1], LATENT_CHANNELS, 3, padding=1)]
        self.layers = nn.Sequential(*layers)
        self.norm = nn.BatchNorm2d(LATENT_CHANNELS, affine=False, eps=1e-5, momentum=0.02)

    def forward(self, pixels):
        return self.norm(self.layers(pixels).float())


class Decoder(nn.Module):
    """`latents` [B,16,h,w] -> `pixels` [B,3,16h,16w] in [-1,1] (not clamped)."""

    def __init__(self, widths=(224, 128, 64), depths=(2, 2, 2), last=32):
        super().__init__()
        layers = [nn.Conv2d(LATENT_CHANNELS, widths[0], 3, padding=1)]
        for level, (width, depth) in enumerate(zip(widths, depths)):
            if level:
                layers += [nn.Conv2d(widths[level - 1], 4 * width, 1), nn.PixelShuffle(2)]
            layers += [Block(width) for _ in range(depth)]
        # The last two doublings go through a thin layer at half size: sharper edges than one shuffle by four.
        layers += [nn.SiLU(), nn.Conv2d(widths[-1], 4 * last, 3, padding=1), nn.PixelShuffle(2), nn.SiLU()]
        layers += [nn.Conv2d(last, 12, 3, padding=1), nn.PixelShuffle(2)]
        self.layers = nn.Sequential(*layers)

    def forward(self, latents):
        return self.layers(latents)


class Vae(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = Encoder()
        self.decoder = Decoder()

    def encode(self, pixels):
        return self.encoder(pixels)

    def decode(self, latents):
        return self.decoder(latents)


@torch.no_grad()
def fold_norm(encoder: Encoder) -> None:
    """Moves the batch norm's running statistics into the last convolution. In place; for export, in eval mode."""
    norm, conv = encoder.norm, encoder.layers[-1]
    scale = (norm.running_var + norm.eps).rsqrt()
    conv.weight.mul_(scale[:, None, None, None])
    conv.bias.sub_(norm.running_mean).mul_(scale)
    encoder.norm = nn.Identity()
