"""Stage II in the ordinary diffusers way: img2img of the anchor, source and target in one batch, prompt-to-prompt."""

import math
import time
from dataclasses import dataclass

import numpy as np
import torch
from diffusers.models.attention_processor import AttnProcessor2_0
from generator import TIME_IDS, encode_text
from pack_networks import Networks
from prompt_to_prompt import Control, LocalBlend, PromptToPrompt
from sampling import align
from train_tokenizer import encode as tokenize


@dataclass
class Edit:
    """One pair to draw. `anchor` uint8 [H,W,3], `noise` float32 [16,16,16], words empty for no local blend."""

    anchor: np.ndarray
    noise: torch.Tensor
    source_caption: str
    target_caption: str
    cross: float
    self_: float
    source_words: list[str]
    target_words: list[str]
    threshold: float


class EditPipeline:
    def __init__(self, networks: Networks):
        self.networks = networks
        self.processor = PromptToPrompt()

    @torch.inference_mode()
    def __call__(self, edits: list[Edit], steps: int, strength: float, guidance: float):
        """Source and target pictures uint8 [2P,H,W,3] interleaved, and the seconds that the steps took."""
        unet, scheduler = self.networks.unet, self.networks.scheduler
        scheduler.set_timesteps(steps)
        timesteps = scheduler.timesteps[steps - min(int(steps * strength), steps) :]
        captions = [caption for edit in edits for caption in (edit.source_caption, edit.target_caption)]
        ids = tokenize(self.networks.tokenizer, ["", *captions])
        hidden, pooled = encode_text(self.networks.text_encoder, ids)
        rows = [0] * len(captions) * (guidance > 1) + list(range(1, len(ids)))
        hidden, pooled = hidden[rows], pooled[rows]
        extra = {"text_embeds": pooled, "time_ids": torch.tensor(TIME_IDS).repeat(len(rows), 1)}

        pixels = torch.from_numpy(np.stack([edit.anchor for edit in edits])).permute(0, 3, 1, 2).float() / 127.5 - 1
        anchors, noise = self.networks.vae.encode(pixels), torch.stack([edit.noise for edit in edits])
        latents = scheduler.add_noise(anchors, noise, timesteps[:1]).repeat_interleave(2, dim=0)
        plan = [self._plan(edit, *ids[1 + 2 * p : 3 + 2 * p], len(timesteps)) for p, edit in enumerate(edits)]
        blends = [
            LocalBlend((self._tokens(edit.source_words, ids[1 + 2 * p]), self._tokens(edit.target_words, ids[2 + 2 * p])), edit.threshold)
            if edit.source_words or edit.target_words
            else None
            for p, edit in enumerate(edits)
        ]  # fmt: skip
        began = time.perf_counter()
        for i, timestep in enumerate(timesteps):
            control = self._control(plan, i, record=any(blends))
            self.processor.control = control
            unet.set_attn_processor(self.processor if control else AttnProcessor2_0())
            inputs = torch.cat([latents] * 2) if guidance > 1 else latents
            output = unet(inputs, timestep, hidden, added_cond_kwargs=extra, return_dict=False)[0]
            if guidance > 1:
                without, with_text = output.chunk(2)
                output = without + guidance * (with_text - without)
            latents = scheduler.step(output, timestep, latents, return_dict=False)[0]
            if control and control.record:
                maps = torch.stack(control.maps).mean(dim=0)
                for p, blend in enumerate(blends):
                    if blend:
                        latents[2 * p + 1] = blend(maps[2 * p : 2 * p + 2], latents[2 * p], latents[2 * p + 1])
        stepped = time.perf_counter() - began
        pictures = self.networks.vae.decode(latents)
        pictures = ((pictures + 1) * 127.5).round().clamp(0, 255).to(torch.uint8)
        return pictures.permute(0, 2, 3, 1).contiguous().numpy(), stepped / len(timesteps)

    def _plan(self, edit: Edit, source: torch.Tensor, target: torch.Tensor, steps: int):
        """Refinement: which source token each target token follows, and for how many steps (Hertz et al., section 4)."""
        end = self.networks.tokenizer.eos_token_id
        lengths = [int((ids == end).nonzero()[0]) + 1 for ids in (source, target)]
        aligned = align(source[: lengths[0]].tolist(), target[: lengths[1]].tolist())
        aligned += range(lengths[1], len(target))
        return aligned, math.floor(edit.cross * (steps + 1)), math.floor(edit.self_ * steps)

    def _control(self, plan, step: int, record: bool) -> Control | None:
        crossing = [step < until for _, until, _ in plan]
        gated = [pair for pair, (_, _, until) in enumerate(plan) if step < until]
        if not (any(crossing) or gated or record):
            return None
        mapper = torch.tensor([aligned for aligned, _, _ in plan])
        alpha = (mapper >= 0) & torch.tensor(crossing)[:, None]
        return Control(mapper.clamp(min=0)[:, None, None], alpha.float()[:, None, None], gated, any(crossing), record)

    def _tokens(self, words: list[str], ids: torch.Tensor) -> list[int]:
        wanted = {token for word in words for token in self.networks.tokenizer(word).input_ids[1:-1]}
        return [at for at, token in enumerate(ids.tolist()) if token in wanted]
