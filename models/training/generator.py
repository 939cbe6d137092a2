"""The Storybook generator's parts and its diffusion process: a plain diffusers UNet (SDXL's conditioning) and a
transformers CLIP text encoder, over the latents of `vae.py`."""

import torch
from diffusers import UNet2DConditionModel
from transformers import CLIPTextConfig, CLIPTextModelWithProjection

LATENT_SIZE = 16
TEXT_SIZE = 192
TIMESTEPS = 1000
# Original height and width, crop top and left, target height and width.
TIME_IDS = (256.0, 256.0, 0.0, 0.0, 256.0, 256.0)
SCHEDULER = {
    "kind": "ddim",
    "numTrainTimesteps": TIMESTEPS,
    "betaSchedule": "squaredcos_cap_v2",
    "betaStart": 0.0001,
    "betaEnd": 0.02,
    "predictionType": "v_prediction",
    "timestepSpacing": "trailing",
    "rescaleBetasZeroSnr": False,
    "stepsOffset": 0,
    "setAlphaToOne": True,
    "clipSample": False,
}


def make_unet(widths=(80, 160), heads=(5, 5)) -> UNet2DConditionModel:
    """About 7 million parameters: 16x16 and 8x8 tokens, self- and cross-attention on both grids."""
    size_embedding = 16
    return UNet2DConditionModel(
        sample_size=LATENT_SIZE, in_channels=16, out_channels=16,
        down_block_types=("CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "CrossAttnUpBlock2D"),
        mid_block_type="UNetMidBlock2DCrossAttn",
        block_out_channels=widths, layers_per_block=1, attention_head_dim=heads, norm_num_groups=8,
        cross_attention_dim=TEXT_SIZE, use_linear_projection=True,
        addition_embed_type="text_time", addition_time_embed_dim=size_embedding,
        projection_class_embeddings_input_dim=TEXT_SIZE + 6 * size_embedding,
    )


def make_text_encoder(tokenizer) -> CLIPTextModelWithProjection:
    return CLIPTextModelWithProjection(
        CLIPTextConfig(
            vocab_size=len(tokenizer), hidden_size=TEXT_SIZE, intermediate_size=4 * TEXT_SIZE, num_hidden_layers=3,
            num_attention_heads=4, max_position_embeddings=77, projection_dim=TEXT_SIZE, hidden_act="quick_gelu",
            bos_token_id=tokenizer.bos_token_id, eos_token_id=tokenizer.eos_token_id, pad_token_id=tokenizer.pad_token_id,
            initializer_factor=1.0,
        )
    )


def cumulative_alphas() -> torch.Tensor:
    """The share of signal variance at each timestep, [1000]: the cosine schedule of Nichol and Dhariwal 2021."""
    from diffusers import DDIMScheduler

    return DDIMScheduler(num_train_timesteps=TIMESTEPS, beta_schedule="squaredcos_cap_v2").alphas_cumprod


def predict(unet, sample, timestep, hidden, pooled, record=None):
    """`sample` [B,16,h,w], `timestep` [B] -> v [B,16,h,w]. `record`: see grounding.RecordingAttention."""
    ids = torch.tensor(TIME_IDS).repeat(sample.shape[0], 1)
    extra = {"text_embeds": pooled, "time_ids": ids}
    return unet(sample, timestep, encoder_hidden_states=hidden, added_cond_kwargs=extra, cross_attention_kwargs=None if record is None else {"record": record}, return_dict=False)[0]


def encode_text(encoder, ids):
    """`ids` [B,77] -> hidden states [B,77,192] (after the last layer norm) and the pooled embedding [B,192]."""
    out = encoder(input_ids=ids)
    return out.last_hidden_state, out.text_embeds
