"""Writes ../storybook/pack.json from what the exporters left there: python assemble_pack.py [--version 1.0.0]

`generator.json` (export_generator.py) and `perception.json` (perception_export.py) hold the manifest's roles, and
`thresholds.json`, if there is one, the default selection thresholds. Every other file of the folder is listed with its
SHA-256 and size. Fails if a role names a file that is missing.
"""

import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from models.exporter.pack import _sha256  # noqa: E402

from common import PACK  # noqa: E402

NOT_LISTED = {"pack.json"}
ROLES = ("clip", "selfSupervised", "tagger", "detector", "segmenter")
MOST_BYTES, MOST_IN_ALL = 16_000_000, 60_000_000


def fragment(name):
    path = PACK / name
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def named_files(value):
    """Every string of the roles that looks like a file of the pack."""
    if isinstance(value, dict):
        return {name for item in value.values() for name in named_files(item)}
    if isinstance(value, list):
        return {name for item in value for name in named_files(item)}
    return {value} if isinstance(value, str) and value.endswith((".onnx", ".json", ".txt")) else set()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--version", default="1.0.0")
    args = parser.parse_args()
    generator, perception = fragment("generator.json"), fragment("perception.json")
    roles = {**({"generator": generator} if generator else {}), **{r: perception[r] for r in ROLES if r in perception}}
    files = {
        path.relative_to(PACK).as_posix(): {"sha256": _sha256(path), "bytes": path.stat().st_size}
        for path in sorted(PACK.rglob("*"))
        if path.is_file() and path.name not in NOT_LISTED
    }
    missing = sorted(named_files(roles) - files.keys())
    if missing:
        raise SystemExit(f"missing from {PACK.name}: {', '.join(missing)}")
    total = sum(entry["bytes"] for entry in files.values())
    large = [name for name, entry in files.items() if entry["bytes"] > MOST_BYTES]
    if large or total > MOST_IN_ALL:
        raise SystemExit(f"too large: {', '.join(large) or f'{total} bytes in all'}")
    manifest = {
        "formatVersion": 2,
        "name": "storybook",
        "version": args.version,
        "title": "Storybook",
        "summary": "Small models of an illustrated world, trained from scratch on its own drawings; not for photographs.",
        "licence": "Apache-2.0",
        "modelCard": "README.md",
        "files": files,
        **({"vocabulary": "vocabulary.json"} if "vocabulary.json" in files else {}),
        **roles,
        "thresholds": fragment("thresholds.json") or {"freeForm": {}, "region": {}},
    }
    (PACK / "pack.json").write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{len(files)} files, {total / 1e6:.1f} MB, roles: {', '.join(roles)}")


if __name__ == "__main__":
    main()
