import type { Readable } from "node:stream";
import type { ImageFormat } from "../images/ingested-image";

export type ImportImage =
  | { kind: "path"; path: string }
  | { kind: "url"; url: string }
  | { kind: "stream"; name: string; open(): Promise<Readable> };

/** One image a reader found, before its bytes are looked at. */
export type ImportItem = {
  /** What the report calls it: the path or URL as the user wrote it, with the row where there is one. */
  subject: string;
  image: ImportImage;
  /** The caption to use, cleaned; "" means the image still wants one. */
  caption: string;
  /** Every caption the input had, the chosen one first. */
  captions: string[];
  licence?: string;
  attribution?: string;
  sourceUrl?: string;
  /** Other fields of the row, kept as they were. */
  meta: Record<string, unknown>;
  /** Sentences for the report about what was cleaned or is missing; the image is imported all the same. */
  warnings: string[];
};

export type ImportRefusal = { subject: string; reason: string };

export type ImportEntry = { kind: "item"; item: ImportItem } | { kind: "refused"; refusal: ImportRefusal };

/** What every reader is: entries one by one, in the order of the input, in bounded memory. */
export type ImportReader = AsyncIterable<ImportEntry>;

/** What a sink stores for one accepted image. */
export type NewAnchor = {
  originalSha256: string;
  sha256: string;
  width: number;
  height: number;
  format: ImageFormat;
  bytes: number;
  /** File name or URL the image came by. */
  fileName: string;
  caption: string;
  captions: string[];
  licence: string | null;
  attribution: string | null;
  sourceUrl: string | null;
  meta: Record<string, unknown>;
};

/** What is known of an image beside its pixels. */
export type AnchorFacts = Pick<
  NewAnchor,
  "fileName" | "caption" | "captions" | "licence" | "attribution" | "sourceUrl"
>;

/** The anchor that an image of an import is already. */
export type KnownAnchor = {
  fileName: string;
  /** What it lacked and has now, in words: "caption". */
  filled: string[];
  /** It came with this import: an earlier attempt, which was interrupted, added it. */
  own: boolean;
};

/** Where accepted anchors go; the database's side of an import. */
export type AnchorSink = {
  /** The anchor of the same file, after it was given what it lacked; null where there is none. */
  complete(originalSha256: string, facts: AnchorFacts): Promise<KnownAnchor | null>;
  /** Throws a `UserError` "conflict" where another import was faster with the same file. */
  add(anchor: NewAnchor): Promise<void>;
};

export type ImportProgress = { seen: number; added: number; duplicates: number; refused: number };

/** Entries of each kind a report lists; the totals count all, so that a report stays small. */
export const MAX_LISTED = 1000;

export type ImportReport = {
  added: number;
  duplicates: number;
  /** Which files were there already, and what their anchors were given. */
  known: { subject: string; outcome: string }[];
  refused: ImportRefusal[];
  refusedTotal: number;
  warnings: { subject: string; warning: string }[];
  warningsTotal: number;
};
