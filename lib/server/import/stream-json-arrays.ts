import { UserError } from "@/lib/domain/errors";
import { decodeText, MAX_RECORD } from "./read-lines";

export type JsonElement = { key: string; value: unknown };

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Elements of the arrays that are direct members of a JSON object, one by one:
 * `{"images": [a, b], "info": {...}}` gives `images: a`, `images: b`. Members that are not arrays are passed over.
 * Holds one element at a time, so a file of any size needs little memory.
 */
export async function* streamJsonArrays(
  source: AsyncIterable<Uint8Array>,
  name: string,
  wanted: ReadonlySet<string>,
): AsyncGenerator<JsonElement> {
  let depth = 0;
  let inString = false;
  let escaped = false;
  /** Text of the key or element being read; null when it is of no interest. */
  let taken: string | null = null;
  let key = "";
  let expectKey = false;
  let listing = false;

  const parse = (text: string): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      throw broken(name, `an entry of "${key}" is not valid JSON: ${text.trim().slice(0, 60)}`);
    }
  };

  for await (const text of decodeText(source)) {
    let from = 0;
    const take = (to: number): string => {
      const whole = (taken ?? "") + text.slice(from, to);
      if (whole.length > MAX_RECORD) throw broken(name, `an entry of "${key}" is longer than 1 MiB`);
      return whole;
    };
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (inString) {
        if (escaped) escaped = false;
        else if (code === BACKSLASH) escaped = true;
        else if (code === QUOTE) {
          inString = false;
          if (depth === 1 && expectKey) {
            key = String(parse(take(at + 1)));
            taken = null;
            expectKey = false;
          }
        }
        continue;
      }
      if (code <= 0x20) continue;
      if (code === QUOTE) {
        inString = true;
        if (depth === 1 && expectKey) {
          taken = "";
          from = at;
        }
        continue;
      }
      const char = text[at]!;
      if (depth === 0) {
        if (char !== "{") throw broken(name, 'it does not begin with "{"');
        depth = 1;
        expectKey = true;
        continue;
      }
      const opens = char === "{" || char === "[";
      const closes = char === "}" || char === "]";
      const endsElement = listing && depth === 2 && (char === "," || char === "]");
      if (endsElement) {
        const element = take(at);
        if (element.trim() !== "") yield { key, value: parse(element) };
        taken = "";
        from = at + 1;
      }
      if (opens) {
        depth++;
        if (depth === 2 && char === "[" && wanted.has(key)) {
          listing = true;
          taken = "";
          from = at + 1;
        }
      } else if (closes) {
        depth--;
        if (depth === 1) {
          listing = false;
          taken = null;
        }
      } else if (char === "," && depth === 1) expectKey = true;
    }
    if (taken !== null) taken = take(text.length);
  }
  if (depth !== 0 || inString) throw broken(name, "it ends in the middle");
}

function broken(name: string, why: string): UserError {
  return new UserError("bad-input", `${name} cannot be read as a captions JSON: ${why}.`, name);
}
