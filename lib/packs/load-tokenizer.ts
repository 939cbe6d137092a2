import type { TokenizerFiles } from "./manifest";
import type { Pack } from "./open-pack";
import { createTokenizer, type Tokenizer } from "./tokenizer";

/** A tokenizer of the pack. */
export async function loadTokenizer(pack: Pack, files: TokenizerFiles): Promise<Tokenizer> {
  const [vocab, merges] = await Promise.all([pack.text(files.vocab), pack.text(files.merges)]);
  return createTokenizer(files, vocab, merges);
}
