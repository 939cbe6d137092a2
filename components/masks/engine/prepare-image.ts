/** A decoded image, cut into tiles at several sizes: what the editor draws. Made by `prepareImage`. */
export interface PreparedImage {
  readonly width: number;
  readonly height: number;
  /** The encoded file, for tools that read its colours. */
  readonly file: Blob;
  /** Frees the tiles. Only once no editor shows the image. */
  close(): void;
}
