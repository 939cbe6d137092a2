"""Trains the CLIP-format byte-pair tokenizer on captions: python train_tokenizer.py --captions FILE... --out DIR

A file is JSON lines with `captions`, or `sourceCaption`, `targetCaption` and `instruction`; or plain text, one caption
a line. All 256 bytes are in the vocabulary, so no text is unknown; every word of the captions becomes one token.
"""

import argparse
import json
import shutil
from pathlib import Path

from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

BOS, EOS = "<|startoftext|>", "<|endoftext|>"
MAX_LENGTH = 77
PIECES = r"'s|'t|'re|'ve|'m|'ll|'d|\p{L}+|\p{N}|[^\s\p{L}\p{N}]+"


def texts(path):
    for line in open(path, encoding="utf-8"):
        if not line.startswith("{"):
            yield line.strip()
            continue
        row = json.loads(line)
        yield from row.get("captions", [])
        for key in ("sourceCaption", "targetCaption", "instruction"):
            if row.get(key):
                yield row[key]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--captions", nargs="+", required=True)
    parser.add_argument("--out", nargs="+", required=True)
    parser.add_argument("--vocabulary", type=int, default=1536)
    args = parser.parse_args()

    tokenizer = Tokenizer(models.BPE(end_of_word_suffix="</w>", unk_token=None))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Split(Regex(PIECES), behavior="removed", invert=True), pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)]
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=args.vocabulary, min_frequency=1, special_tokens=[], end_of_word_suffix="</w>",
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False,
    )
    tokenizer.train_from_iterator((t for path in args.captions for t in texts(path)), trainer)

    learned = json.loads(tokenizer.to_str())["model"]
    merges = [" ".join(m) if isinstance(m, list) else m for m in learned["merges"]]
    # CLIP's order: bytes, bytes that end a word, merges, special tokens. The trainer lists only the end-of-word bytes it saw.
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    order = alphabet + [a + "</w>" for a in alphabet]
    order += [merged for merged in ("".join(m.split(" ")) for m in merges) if merged not in set(order)]
    vocabulary = {token: index for index, token in enumerate(dict.fromkeys(order))}
    for special in (BOS, EOS):
        vocabulary[special] = len(vocabulary)

    first = Path(args.out[0])
    first.mkdir(parents=True, exist_ok=True)
    (first / "vocab.json").write_text(json.dumps(vocabulary, ensure_ascii=False), encoding="utf-8")
    (first / "merges.txt").write_text("\n".join(["#version: 0.2", *merges]) + "\n", encoding="utf-8")
    for other in map(Path, args.out[1:]):
        other.mkdir(parents=True, exist_ok=True)
        for name in ("vocab.json", "merges.txt"):
            shutil.copyfile(first / name, other / name)
    check(first, args.captions)


def load(folder):
    """The tokenizer as every trainer uses it: `load(folder)(texts) -> input_ids [B,77]`."""
    from transformers import CLIPTokenizerFast

    folder = Path(folder)
    return CLIPTokenizerFast(
        vocab=str(folder / "vocab.json"), merges=str(folder / "merges.txt"), model_max_length=MAX_LENGTH,
        unk_token=EOS, bos_token=BOS, eos_token=EOS, pad_token=EOS,
    )


def encode(tokenizer, captions):
    return tokenizer(list(captions), padding="max_length", truncation=True, max_length=MAX_LENGTH, return_tensors="pt").input_ids


def check(folder, paths):
    import itertools

    tokenizer = load(folder)
    sample = list(itertools.islice((t for path in paths for t in texts(path)), 5000))
    lengths = [len(ids) for ids in tokenizer(sample).input_ids]
    words = sorted({w for t in sample for w in t.lower().replace(",", " ").replace(".", " ").split()})
    split = [w for w in words if len(tokenizer(w).input_ids) > 3]
    print(f"{len(tokenizer)} tokens; captions take {sum(lengths) / len(lengths):.1f} on average, {max(lengths)} at most")
    print(f"{len(words)} words, of which {len(split)} take several tokens: {split[:20]}")
    print(sample[0], "->", tokenizer.convert_ids_to_tokens(tokenizer(sample[0]).input_ids))


if __name__ == "__main__":
    main()
