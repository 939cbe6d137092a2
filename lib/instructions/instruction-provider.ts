import type { EditType } from "@/lib/domain/edit-types";
import type { ProposedEdit, SeedExample, TokenUsage } from "@/lib/domain/instruction-records";

export type ProposalFailureKind =
  /** The answer was no JSON or not of the agreed shape. */
  | "unparsable"
  /** The shape was right, an edit in it breaks a rule (target unchanged, too long, ...). */
  | "invalid-edit"
  /** The model declined, or the server's filter cut the answer. */
  | "refused"
  /** The answer was cut at the token limit. */
  | "truncated"
  /** No answer in time, or the server failed after the client's own retries. */
  | "request-failed";

/** One thing that went wrong, kept with the raw answer so that nothing is lost silently. */
export type ProposalFailure = {
  readonly kind: ProposalFailureKind;
  /** A clear sentence. */
  readonly reason: string;
  /** What the model answered, as received; empty where there was no answer. */
  readonly rawText: string;
  /** Which query it was, counted from 1. */
  readonly attempt: number;
};

export type ProposalOutcome = {
  /** At most `count` edits, all valid, no two alike. */
  readonly edits: readonly ProposedEdit[];
  readonly failures: readonly ProposalFailure[];
  /** Tokens of all queries together; null where the provider uses no model or the server did not say. */
  readonly usage: TokenUsage | null;
};

export type KnownEdit = Pick<ProposedEdit, "sourceCaption" | "instruction" | "targetCaption">;

export type ProposalOptions = {
  /** How many edits are wanted; the paper asks for 3 a caption. */
  readonly count: number;
  /** Human seed examples to learn from; providers sample from them. */
  readonly seeds: readonly SeedExample[];
  /** Only edits of these types are wanted, the most wanted first; any if absent. */
  readonly editTypes?: readonly EditType[];
  /** Edits that the caption has already; none of them is given again. */
  readonly known?: readonly KnownEdit[];
  /** Any integer: the same seed, caption and seeds give the same query (and, without a model, the same edits). */
  readonly rngSeed: number;
  readonly signal?: AbortSignal;
};

/**
 * Something that proposes edits for a caption (Stage I). Throws `UserError` only where no caption can succeed
 * (key refused, unknown model, endpoint unreachable) or the caption itself breaks the caption rules.
 */
export type InstructionProvider = {
  readonly id: string;
  /** Shown to people beside every edit it makes: says honestly what it is. */
  readonly label: string;
  propose(caption: string, options: ProposalOptions): Promise<ProposalOutcome>;
};
