"""`pack.json`: the manifest of a model pack, with the hash and size of every file."""

import hashlib
import json
from pathlib import Path


def write_manifest(out_dir: Path, manifest: dict) -> None:
    """Completes `manifest` with `files` and writes it; the folder must hold nothing but the pack."""
    files = {
        path.relative_to(out_dir).as_posix(): {"sha256": _sha256(path), "bytes": path.stat().st_size}
        for path in sorted(out_dir.rglob("*"))
        if path.is_file() and path != out_dir / "pack.json"
    }
    whole = {"formatVersion": 2, **manifest, "files": files}
    text = json.dumps(whole, indent=2, ensure_ascii=False)
    (out_dir / "pack.json").write_text(text + "\n", encoding="utf-8")


def _sha256(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
