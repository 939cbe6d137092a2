import { readFileSync } from "node:fs";
import { createTokenizer, type Tokenizer } from "@/lib/packs/tokenizer";

const folder = new URL("../../fixtures/tokenizer/", import.meta.url);

export function readFixture(name: string): string {
  return readFileSync(new URL(name, folder), "utf8");
}

/** The tokenizer of test/fixtures/tokenizer. */
export function tinyTokenizer(maxLength = 77): Tokenizer {
  const files = {
    vocab: "vocab.json",
    merges: "merges.txt",
    maxLength,
    bosToken: "<|startoftext|>",
    eosToken: "<|endoftext|>",
    padToken: "<|endoftext|>",
  };
  return createTokenizer(files, readFixture("vocab.json"), readFixture("merges.txt"));
}
