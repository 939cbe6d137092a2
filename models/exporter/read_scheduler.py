"""A diffusers scheduler configuration → the manifest's `scheduler`."""

from diffusers import DDIMScheduler, EulerAncestralDiscreteScheduler, EulerDiscreteScheduler, LCMScheduler

SOLVERS = {
    "euler-ancestral": EulerAncestralDiscreteScheduler,
    "euler": EulerDiscreteScheduler,
    "ddim": DDIMScheduler,
    "lcm": LCMScheduler,
}

KINDS = {
    **{solver.__name__: kind for kind, solver in SOLVERS.items()},
    # Solvers of the same noise schedule and prediction, which packs do not have: DDIM stands in.
    "PNDMScheduler": "ddim",
    "DPMSolverMultistepScheduler": "ddim",
}

REFUSED = ("use_karras_sigmas", "use_exponential_sigmas", "use_beta_sigmas", "thresholding", "trained_betas")


def read_scheduler(config: dict, kind: str | None = None) -> dict:
    """`config`: the content of scheduler_config.json. `kind`: another solver of the same noise schedule.

    What the file does not say has the default of the solver's class in diffusers.
    """
    name = config["_class_name"]
    if kind is None and name not in KINDS:
        raise ValueError(f"the scheduler {name} is not supported; choose one of {sorted(SOLVERS)}")
    refused = [option for option in REFUSED if config.get(option)]
    if refused:
        raise ValueError(f"the scheduler's {', '.join(refused)} is not supported by packs")
    kind = kind or KINDS[name]
    whole = SOLVERS[kind].from_config(config).config
    # DDIM's own default suits images, not latents: it holds only where the file is DDIM's.
    own = SOLVERS[kind].__name__ == name
    clips = config.get("clip_sample", whole.get("clip_sample", False) if own else False)
    return {
        "kind": kind,
        "numTrainTimesteps": whole["num_train_timesteps"],
        "betaSchedule": whole["beta_schedule"],
        "betaStart": whole["beta_start"],
        "betaEnd": whole["beta_end"],
        "predictionType": whole["prediction_type"],
        "timestepSpacing": whole["timestep_spacing"],
        "rescaleBetasZeroSnr": bool(whole.get("rescale_betas_zero_snr", False)),
        "stepsOffset": whole.get("steps_offset", 0),
        "setAlphaToOne": whole.get("set_alpha_to_one", True),
        "clipSample": bool(clips),
    }
