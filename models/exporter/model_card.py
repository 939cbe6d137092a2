"""The model card that an exported pack starts with."""


def model_card(name: str, sources, storage: str) -> str:
    """Says what was exported and what is not known; whoever makes the pack adds licences and measured numbers."""
    rows = [f"| {role} | {path.name} |" for role, path in vars(sources).items() if path]
    return "\n".join(
        [
            f"# {name}",
            "",
            f"Exported by `models/exporter` from local checkpoints; weights stored as {storage}.",
            "",
            "| role | checkpoint folder |",
            "|---|---|",
            *rows,
            "",
            "Licences are those of the checkpoints: name them here before sharing anything the pack made.",
            "No quality was measured during export. Selection thresholds are UltraEdit's if the encoders are CLIP",
            "ViT-L/14 and DINOv2 ViT-L, else there are none: fit them on reviewed samples.",
            "",
        ]
    )
