export type TextProblemCode =
  | "empty"
  | "too-short"
  | "too-long"
  | "control-characters"
  | "markup"
  | "no-letters"
  | "broken-unicode";

export type TextProblem = {
  readonly code: TextProblemCode;
  /** Errors refuse the text; warnings say what was cleaned. */
  readonly severity: "error" | "warning";
  readonly message: string;
};

export type TextRules = {
  /** Begins the messages: "The caption ...". */
  readonly name: string;
  readonly minWords: number;
  readonly maxWords: number;
  readonly maxCharacters: number;
  /** What happens to HTML tags: taken out with a warning, or refused. */
  readonly markup: "strip" | "refuse";
};

/** The paper drops captions over 60 whitespace words; three words are the least that can hold an edit. */
export const captionRules: TextRules = {
  name: "The caption",
  minWords: 3,
  maxWords: 60,
  maxCharacters: 1000,
  markup: "strip",
};

export const instructionRules: TextRules = {
  name: "The instruction",
  minWords: 2,
  maxWords: 60,
  maxCharacters: 600,
  markup: "refuse",
};

const tag = /<(?:\/?[a-z][a-z0-9-]*(?:\s[^<>]*)?\/?|!--[\s\S]*?--|!doctype[^<>]*)>/gi;
// C0 and C1 controls but for tab and line ends, and the marks that reorder what a reader sees.
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
const control = /[\u0000-\u0008\u000b\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb]/;
const loneSurrogate = /\p{Surrogate}/u;
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** Words by white space, as the paper counts them; scripts written without spaces are cut by the Unicode rules. */
export function countWords(text: string): number {
  const trimmed = text.trim();
  if (trimmed === "") return 0;
  if (!unspaced.test(trimmed)) return trimmed.split(/\s+/).length;
  let count = 0;
  for (const segment of new Intl.Segmenter("und", { granularity: "word" }).segment(trimmed)) {
    if (segment.isWordLike) count++;
  }
  return count;
}

/** One line, composed characters (NFC), single spaces, no byte-order or zero-width marks at joints. */
function tidy(text: string): string {
  return text
    .normalize("NFC")
    .replace(/[\u200b\u2060\ufeff]/g, "")
    .replace(/\s+/g, " ")
    .trim();
}

/**
 * Checks a caption or an instruction. `text` is the cleaned form, to be used where no problem is an error.
 */
export function inspectText(
  raw: string,
  rules: TextRules = captionRules,
): { text: string; problems: TextProblem[] } {
  const problems: TextProblem[] = [];
  const report = (code: TextProblemCode, severity: TextProblem["severity"], says: string): void => {
    problems.push({ code, severity, message: `${rules.name} ${says}` });
  };
  // Nothing below should run over megabytes of pasted text.
  if (raw.length > rules.maxCharacters * 20) {
    report(
      "too-long",
      "error",
      `has ${raw.length} characters; the limit is ${rules.maxCharacters}. Shorten it.`,
    );
    return { text: "", problems };
  }
  if (loneSurrogate.test(raw))
    report("broken-unicode", "error", "holds half a character (broken Unicode). Save the file as UTF-8.");
  if (control.test(raw))
    report(
      "control-characters",
      "error",
      "holds invisible control characters. Type it again or paste it as plain text.",
    );
  let text = tidy(raw);
  const stripped = tidy(text.replace(tag, " "));
  if (stripped !== text) {
    if (rules.markup === "refuse") report("markup", "error", "holds HTML tags. Remove them.");
    else report("markup", "warning", "held HTML tags, which were taken out.");
    if (rules.markup === "strip") text = stripped;
  }
  const count = countWords(text);
  if (count === 0) report("empty", "error", "is empty.");
  else if (!/\p{L}/u.test(text)) report("no-letters", "error", "holds no letters.");
  else if (count < rules.minWords)
    report(
      "too-short",
      "error",
      `has ${count} ${count === 1 ? "word" : "words"}; at least ${rules.minWords} are needed.`,
    );
  if (count > rules.maxWords)
    report("too-long", "error", `has ${count} words; the limit is ${rules.maxWords}. Shorten it.`);
  else if (text.length > rules.maxCharacters)
    report(
      "too-long",
      "error",
      `has ${text.length} characters; the limit is ${rules.maxCharacters}. Shorten it.`,
    );
  return { text, problems };
}

/** The first error among the problems, if any. */
export function firstError(problems: readonly TextProblem[]): TextProblem | undefined {
  return problems.find((problem) => problem.severity === "error");
}
