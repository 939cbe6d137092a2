import { inspectText } from "@/lib/domain/captions";

export type ChosenCaption = { caption: string; captions: string[]; warnings: string[] } | { refused: string };

/** A missing or one-word caption can be written later; these cannot be repaired by adding to them. */
const REPAIRABLE = new Set(["empty", "too-short"]);

/**
 * The first usable caption, with the other usable ones behind it. An image whose captions are all empty or very
 * short comes in with a warning; one whose captions are all unusable is refused.
 */
export function chooseCaption(candidates: readonly unknown[]): ChosenCaption {
  const usable: string[] = [];
  const short: string[] = [];
  const warnings: string[] = [];
  let refused: string | undefined;
  for (const candidate of candidates) {
    if (candidate === null || candidate === undefined) continue;
    if (typeof candidate !== "string") {
      refused ??= `The caption is ${Array.isArray(candidate) ? "a list" : `a ${typeof candidate}`}, not text.`;
      continue;
    }
    if (candidate.includes("\uFFFD")) {
      refused ??= "The caption is not valid UTF-8; save the file as UTF-8.";
      continue;
    }
    const { text, problems } = inspectText(candidate);
    const errors = problems.filter((problem) => problem.severity === "error");
    const fatal = errors.find((problem) => !REPAIRABLE.has(problem.code));
    if (fatal) refused ??= fatal.message;
    else if (errors.length === 0) {
      if (!usable.includes(text)) usable.push(text);
      warnings.push(...problems.map((problem) => problem.message));
    } else if (text !== "" && !short.includes(text)) short.push(text);
  }
  const captions = [...usable, ...short];
  const caption = captions[0];
  if (caption === undefined) {
    if (refused) return { refused };
    return {
      caption: "",
      captions: [],
      warnings: ["The caption is empty; write one before editing the image."],
    };
  }
  if (usable.length === 0)
    warnings.push(`The caption "${caption}" is very short; add to it before editing the image.`);
  if (refused) warnings.push(`One of several captions was left out: ${refused}`);
  return { caption, captions, warnings };
}
