"""The Storybook pack's networks in PyTorch, with the weights of its ONNX graphs, and the proof that they are the same."""

import json
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from diffusers import DDIMScheduler
from torch import nn
from torch.nn import functional as F

import generator as storybook
import train_tokenizer
from pack_weights import load_weights
from perception_export import fuse
from perception_models import ClipAndTagger, SelfSupervised
from perception_text import ClipTokenizer
from vae import Vae

TOLERANCE = 1e-3


class Networks:
    """Generator, CLIP and DINO as `pack.json` names them. Every part is compared with its graph in ONNX Runtime."""

    def __init__(self, pack: Path):
        self.pack = pack
        manifest = json.loads((pack / "pack.json").read_text(encoding="utf-8"))
        config = manifest["generator"]["scheduler"]
        self.scheduler = DDIMScheduler(
            num_train_timesteps=config["numTrainTimesteps"], beta_schedule=config["betaSchedule"],
            beta_start=config["betaStart"], beta_end=config["betaEnd"], prediction_type=config["predictionType"],
            timestep_spacing=config["timestepSpacing"], set_alpha_to_one=config["setAlphaToOne"],
            clip_sample=config["clipSample"], steps_offset=config["stepsOffset"],
        )  # fmt: skip
        torch.manual_seed(0)
        self.tokenizer = train_tokenizer.load(pack / "tokenizer")
        self._load_generator()
        self._load_encoders(manifest["clip"]["tokenizer"]["maxLength"])

    def _load_generator(self) -> None:
        ids = torch.randint(0, len(self.tokenizer), (1, 77))
        self.text_encoder = storybook.make_text_encoder(self.tokenizer).eval()
        load_weights(self.text_encoder, self.pack / "text_encoder.onnx", "model.", {"input_ids": ids})
        self._same("text_encoder.onnx", {"input_ids": ids}, lambda input_ids: storybook.encode_text(self.text_encoder, input_ids))

        rows = {
            "sample": torch.randn(2, 16, 16, 16), "timestep": torch.tensor([999.0, 99.0]),
            "encoder_hidden_states": torch.randn(2, 77, storybook.TEXT_SIZE),
        }  # fmt: skip
        extra = {"text_embeds": torch.randn(2, storybook.TEXT_SIZE), "time_ids": torch.tensor([storybook.TIME_IDS] * 2)}
        self.unet = storybook.make_unet().eval()
        load_weights(self.unet, self.pack / "unet.onnx", "unet.", {**rows, "added_cond_kwargs": extra})
        self._same("unet.onnx", {**rows, **extra}, lambda text_embeds, time_ids, **rows: self.unet(
            **rows, added_cond_kwargs={"text_embeds": text_embeds, "time_ids": time_ids}, return_dict=False))  # fmt: skip

        self.vae = Vae().eval()
        self.vae.encoder.norm = nn.Identity()  # folded into the last convolution when the pack was exported
        pixels, latents = torch.rand(1, 3, 256, 256) * 2 - 1, torch.randn(1, 16, 16, 16)
        load_weights(self.vae.encoder, self.pack / "vae.encoder.onnx", "module.", {"pixels": pixels})
        load_weights(self.vae.decoder, self.pack / "vae.decoder.onnx", "module.", {"latents": latents})
        self._same("vae.encoder.onnx", {"pixels": pixels}, self.vae.encoder)
        self._same("vae.decoder.onnx", {"latents": latents}, self.vae.decoder)

    def _load_encoders(self, text_length: int) -> None:
        self.clip_tokenizer = ClipTokenizer(self.pack / "tokenizer", text_length)
        size, end = self.clip_tokenizer.size, self.clip_tokenizer.eos
        clip, dino = fuse(ClipAndTagger(size, end, 1, text_length).eval()), fuse(SelfSupervised(1).eval())
        self.clip_image = Encoder(clip.trunk, clip.image, "head")
        self.dino = Encoder(dino.trunk, dino.embed, "embed")
        self.clip_text = clip.text
        pixels = F.interpolate(torch.rand(1, 3, 32, 32), size=256, mode="bilinear") * 2 - 1
        for encoder, graph in ((self.clip_image, "clip_image.onnx"), (self.dino, "dino.onnx")):
            load_weights(encoder, self.pack / graph, "parts.", {"pixel_values": pixels})
            self._same(graph, {"pixel_values": pixels}, encoder)
        ids = torch.from_numpy(self.clip_tokenizer(["a red car on a meadow"], fixed=True)[0])
        load_weights(self.clip_text, self.pack / "clip_text.onnx", "parts.text.", {"input_ids": ids}, {"positions": "slice_1"})
        self._same("clip_text.onnx", {"input_ids": ids}, self.clip_text)

    @torch.inference_mode()
    def _same(self, graph: str, inputs: dict, call) -> None:
        """Fails unless PyTorch gives what the pack's graph gives."""
        found = call(**inputs)
        session = onnxruntime.InferenceSession(self.pack / graph, providers=["CPUExecutionProvider"])
        expected = session.run(None, {name: value.numpy() for name, value in inputs.items()})
        for theirs, ours in zip(expected, found if isinstance(found, tuple) else (found,), strict=True):
            worst = float(np.abs(theirs - ours.numpy()).max() / np.abs(theirs).max())
            if worst > TOLERANCE:
                raise ValueError(f"{graph} and its PyTorch module differ by {worst:.1e}")


class Encoder(nn.Module):
    """An image encoder as it was exported: the trunk sees the picture at half size."""

    def __init__(self, trunk: nn.Module, head: nn.Module, name: str):
        super().__init__()
        self.trunk = trunk
        self.head_name = name
        self.add_module(name, head)

    def forward(self, pixel_values):
        return self.get_submodule(self.head_name)(self.trunk(F.avg_pool2d(pixel_values, 2)))
