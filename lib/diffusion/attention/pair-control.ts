import { UserError } from "@/lib/domain/errors";
import type { TokenizedText } from "@/lib/packs/tokenizer";
import { phraseTokens } from "../caption-words";
import type { ControlSettings, ControlWindow } from "../types";
import { freeMapping, refinementMapping, replacementMapping, type TokenMapping } from "./token-mapping";

/** Steps [from, to) during which something acts. */
interface StepWindow {
  readonly from: number;
  readonly to: number;
}

/** Prompt-to-prompt control of one pair, worked out for its captions and its number of real steps. */
export interface PairControl {
  readonly mapping: TokenMapping;
  /** Cross-attention window of each target token. */
  readonly crossWindows: readonly StepWindow[];
  readonly selfWindow: StepWindow;
  /** Factor of each target token (1 = unchanged). */
  readonly equalizer: Float32Array;
  readonly localBlend:
    | {
        readonly sourceTokens: readonly number[];
        readonly targetTokens: readonly number[];
        readonly threshold: number;
      }
    | undefined;
}

/** What the controlled graph gets for one target at one step; alpha and scale have one value per target token. */
export interface StepControl {
  readonly alpha: Float32Array;
  readonly scale: Float32Array;
  readonly selfGate: 0 | 1;
  /** Whether this step differs from plain attention, or its maps are wanted. */
  readonly needed: boolean;
}

/**
 * Works out a pair's control. Windows are quantised as published: with k real steps a cross-attention window
 * [a,b] covers steps ⌊a(k+1)⌋ to ⌊b(k+1)⌋ − 1, a self-attention window steps ⌊ak⌋ to ⌊bk⌋ − 1.
 * @throws UserError naming the word or setting that cannot be used
 */
export function pairControl(
  source: TokenizedText,
  target: TokenizedText,
  settings: ControlSettings,
  realSteps: number,
): PairControl {
  const { mode, crossWords, reweights, localBlend } = settings;
  const cross = stepWindow(settings.cross, realSteps + 1, "control.cross");
  const crossWindows = new Array<StepWindow>(target.ids.length).fill(cross);
  for (const [word, window] of Object.entries(crossWords ?? {})) {
    const field = `control.crossWords.${word}`;
    const steps = stepWindow(window, realSteps + 1, field);
    for (const token of requirePhrase(target, word, "target caption", field)) crossWindows[token] = steps;
  }
  const equalizer = new Float32Array(target.ids.length).fill(1);
  for (const [word, factor] of Object.entries(reweights ?? {})) {
    const field = `control.reweights.${word}`;
    if (!Number.isFinite(factor) || factor < 0)
      throw new UserError("bad-input", `${field} must be 0 or more.`, field);
    for (const token of requirePhrase(target, word, "target caption", field)) equalizer[token] = factor;
  }
  return {
    mapping: mappingOf(mode, source, target),
    crossWindows,
    selfWindow: mode === "none" ? { from: 0, to: 0 } : stepWindow(settings.self, realSteps, "control.self"),
    equalizer,
    localBlend: localBlend && {
      sourceTokens: localBlend.sourceWords.flatMap((word) =>
        requirePhrase(source, word, "source caption", "control.localBlend.sourceWords"),
      ),
      targetTokens: localBlend.targetWords.flatMap((word) =>
        requirePhrase(target, word, "target caption", "control.localBlend.targetWords"),
      ),
      threshold: localBlend.threshold ?? 0.3,
    },
  };
}

/**
 * The control tensors of one pair at one step. With the time gate α, the refinement weight a and the equalizer e
 * a target column is α·e·(a·mapped + (1−a)·own) + (1−α)·own, brought into the graph's form (alpha, scale).
 */
export function stepControl(control: PairControl, step: number): StepControl {
  const { mapping, crossWindows, equalizer, selfWindow } = control;
  const alpha = new Float32Array(equalizer.length);
  const scale = new Float32Array(equalizer.length).fill(1);
  let needed = control.localBlend !== undefined;
  for (let n = 0; n < alpha.length; n++) {
    const window = crossWindows[n]!;
    if (step < window.from || step >= window.to) continue;
    alpha[n] = mapping.alpha[n]!;
    scale[n] = equalizer[n]!;
    if (alpha[n] !== 0 || scale[n] !== 1) needed = true;
  }
  const selfGate = step >= selfWindow.from && step < selfWindow.to ? 1 : 0;
  return { alpha, scale, selfGate, needed: needed || selfGate === 1 };
}

function mappingOf(
  mode: ControlSettings["mode"],
  source: TokenizedText,
  target: TokenizedText,
): TokenMapping {
  if (mode === "refine") return refinementMapping(source, target);
  if (mode === "replace") return replacementMapping(source, target);
  return freeMapping(target.ids.length);
}

function stepWindow(window: ControlWindow, steps: number, field: string): StepWindow {
  const [from, to] = typeof window === "number" ? [0, window] : window;
  if (!(from >= 0 && to >= from && to <= 1)) {
    throw new UserError("bad-input", `${field} must lie in [0,1], its start not after its end.`, field);
  }
  return { from: Math.floor(from * steps), to: Math.floor(to * steps) };
}

function requirePhrase(caption: TokenizedText, phrase: string, where: string, field: string): number[] {
  const tokens = phraseTokens(caption, phrase);
  if (tokens.length === 0) {
    const why = caption.truncated ? " (the caption was cut to fit the text encoder)" : "";
    throw new UserError("bad-input", `The ${where} does not contain "${phrase}"${why}.`, field);
  }
  return tokens;
}
