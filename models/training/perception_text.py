"""CLIP's byte-pair tokenizer from `vocab.json` and `merges.txt`, padded with the end token as CLIP does."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from tokenizers import Regex, Tokenizer, normalizers, pre_tokenizers
from tokenizers.models import BPE

BOS, EOS = "<|startoftext|>", "<|endoftext|>"
_WORDS = r"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"


class ClipTokenizer:
    def __init__(self, folder: Path, max_length: int) -> None:
        if not (Path(folder) / "vocab.json").exists():
            raise SystemExit(f"{folder}/vocab.json is missing: train the tokenizer first")
        vocab = json.loads((Path(folder) / "vocab.json").read_text(encoding="utf-8"))
        lines = (Path(folder) / "merges.txt").read_text(encoding="utf-8").splitlines()
        merges = [tuple(line.split()) for line in lines if line.strip() and not line.startswith("#version")]
        self._bpe = Tokenizer(BPE(vocab=vocab, merges=merges, unk_token=EOS, end_of_word_suffix="</w>"))
        self._bpe.normalizer = normalizers.Sequence([normalizers.NFC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Lowercase()])
        self._bpe.pre_tokenizer = pre_tokenizers.Sequence(
            [pre_tokenizers.Split(Regex(_WORDS), behavior="removed", invert=True), pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)]
        )
        self.size = max(vocab.values()) + 1
        self.bos, self.eos = vocab[BOS], vocab[EOS]
        self.max_length = max_length

    def __call__(self, texts: list[str], fixed: bool = False) -> tuple[np.ndarray, np.ndarray]:
        """Token ids int64 [B,T] and attention mask int64 [B,T]; T is `max_length` if `fixed`, else the longest text's."""
        rows = [[self.bos, *encoded.ids[: self.max_length - 2], self.eos] for encoded in self._bpe.encode_batch(texts, add_special_tokens=False)]
        length = self.max_length if fixed else max(map(len, rows))
        ids = np.full((len(rows), length), self.eos, dtype=np.int64)
        mask = np.zeros((len(rows), length), dtype=np.int64)
        for row, tokens in enumerate(rows):
            ids[row, : len(tokens)] = tokens
            mask[row, : len(tokens)] = 1
        return ids, mask
