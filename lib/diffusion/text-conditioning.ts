import { boundedCache } from "@/lib/domain/bounded-cache";
import { loadTokenizer } from "@/lib/packs/load-tokenizer";
import type { GeneratorManifest } from "@/lib/packs/manifest";
import { outputOf } from "@/lib/packs/model";
import type { Pack } from "@/lib/packs/open-pack";
import type { TokenizedText } from "@/lib/packs/tokenizer";

/** A caption as the UNet takes it: `hidden` [T,D] of all text encoders side by side, `pooled` [P] of the last. */
export interface TextConditioning {
  readonly hidden: Float32Array;
  readonly tokens: number;
  readonly pooled: Float32Array | undefined;
  /** By the first tokenizer: the one that attention control works on. */
  readonly tokenized: TokenizedText;
}

export interface TextEncoder {
  tokenize(caption: string): TokenizedText;
  encode(caption: string): Promise<TextConditioning>;
  /** What guidance moves away from: the negative caption, or the pack's idea of no caption. */
  encodeNegative(caption: string | undefined): Promise<TextConditioning>;
}

const rememberedCaptions = 512;

/** The text side of a generator. Captions are encoded one by one, so none depends on what it came with. */
export async function openTextEncoder(pack: Pack, generator: GeneratorManifest): Promise<TextEncoder> {
  const tokenizers = await Promise.all(generator.tokenizers.map((files) => loadTokenizer(pack, files)));
  const remember = boundedCache<TextConditioning>(rememberedCaptions);

  const encodeNow = async (caption: string): Promise<TextConditioning> => {
    const parts: { hidden: Float32Array; size: number }[] = [];
    let pooled: Float32Array | undefined;
    let tokens = 0;
    for (const encoder of generator.textEncoders) {
      const model = await pack.model(encoder.file);
      const { ids } = tokenizers[encoder.tokenizer]!.encode(caption);
      const results = await model.run({
        input_ids: { data: BigInt64Array.from(ids, BigInt), dims: [1, ids.length] },
      });
      tokens = ids.length;
      parts.push({ hidden: outputOf(model, results, "hidden_states").data, size: encoder.hiddenSize });
      pooled = encoder.pooled ? outputOf(model, results, "pooled").data : undefined;
    }
    return { hidden: sideBySide(parts, tokens), tokens, pooled, tokenized: tokenizers[0]!.encode(caption) };
  };
  const encode = (caption: string) => remember(caption, () => encodeNow(caption));

  return {
    tokenize: (caption) => tokenizers[0]!.encode(caption),
    encode,
    async encodeNegative(caption) {
      const encoded = await encode(caption ?? "");
      if (caption !== undefined || generator.unconditional === "empty-caption") return encoded;
      const { hidden, pooled } = encoded;
      return {
        ...encoded,
        hidden: new Float32Array(hidden.length),
        pooled: pooled && new Float32Array(pooled.length),
      };
    },
  };
}

function sideBySide(parts: readonly { hidden: Float32Array; size: number }[], tokens: number): Float32Array {
  const width = parts.reduce((sum, part) => sum + part.size, 0);
  const joined = new Float32Array(tokens * width);
  let offset = 0;
  for (const { hidden, size } of parts) {
    for (let t = 0; t < tokens; t++)
      joined.set(hidden.subarray(t * size, (t + 1) * size), t * width + offset);
    offset += size;
  }
  return joined;
}
