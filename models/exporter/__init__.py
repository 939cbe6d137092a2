"""Turns diffusers and transformers checkpoints into Pentimento model packs (ONNX graphs and a `pack.json`)."""
