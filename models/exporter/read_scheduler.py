"""A diffusers scheduler configuration → the manifest's `scheduler`."""

KINDS = {
    "EulerAncestralDiscreteScheduler": "euler-ancestral",
    "EulerDiscreteScheduler": "euler",
    "DDIMScheduler": "ddim",
    "LCMScheduler": "lcm",
    # Solvers of the same noise schedule and prediction, which packs do not have: DDIM stands in.
    "PNDMScheduler": "ddim",
    "DPMSolverMultistepScheduler": "ddim",
}

REFUSED = ("use_karras_sigmas", "use_exponential_sigmas", "use_beta_sigmas", "thresholding")


def read_scheduler(config: dict, kind: str | None = None) -> dict:
    """`config`: the content of scheduler_config.json. `kind`: another solver of the same noise schedule."""
    name = config["_class_name"]
    if kind is None and name not in KINDS:
        raise ValueError(f"the scheduler {name} is not supported; choose one of {sorted(set(KINDS.values()))}")
    refused = [option for option in REFUSED if config.get(option)]
    if refused or config.get("trained_betas") is not None:
        raise ValueError(f"the scheduler's {', '.join(refused) or 'trained_betas'} is not supported by packs")
    return {
        "kind": kind or KINDS[name],
        "numTrainTimesteps": config.get("num_train_timesteps", 1000),
        "betaSchedule": config.get("beta_schedule", "scaled_linear"),
        "betaStart": config.get("beta_start", 0.00085),
        "betaEnd": config.get("beta_end", 0.012),
        "predictionType": config.get("prediction_type", "epsilon"),
        "timestepSpacing": config.get("timestep_spacing", "leading"),
        "rescaleBetasZeroSnr": config.get("rescale_betas_zero_snr", False),
        "stepsOffset": config.get("steps_offset", 0),
        "setAlphaToOne": config.get("set_alpha_to_one", True),
        "clipSample": config.get("clip_sample", False) and (kind or KINDS[name]) in ("ddim", "lcm"),
    }
