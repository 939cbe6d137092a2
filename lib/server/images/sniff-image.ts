export type SniffedFormat =
  | "jpeg"
  | "png"
  | "webp"
  | "gif"
  | "tiff"
  | "avif"
  | "heic"
  | "svg"
  | "pdf"
  | "zip"
  | "html"
  | "unknown";

export type Sniffed = { format: SniffedFormat; animated: boolean };

/** What a file is, judged by its own bytes and never by its name. */
export function sniffImage(bytes: Uint8Array): Sniffed {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const still = (format: SniffedFormat): Sniffed => ({ format, animated: false });
  if (startsWith(view, [0xff, 0xd8, 0xff])) return still("jpeg");
  if (startsWith(view, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))
    return { format: "png", animated: isAnimatedPng(view) };
  if (ascii(view, 0, 4) === "RIFF" && ascii(view, 8, 12) === "WEBP")
    return { format: "webp", animated: isAnimatedWebp(view) };
  if (/^GIF8[79]a$/.test(ascii(view, 0, 6))) return still("gif");
  if (startsWith(view, [0x49, 0x49, 0x2a, 0]) || startsWith(view, [0x4d, 0x4d, 0, 0x2a]))
    return still("tiff");
  if (ascii(view, 4, 8) === "ftyp") return sniffHeif(ascii(view, 8, 12));
  if (ascii(view, 0, 5) === "%PDF-") return still("pdf");
  if (startsWith(view, [0x50, 0x4b, 3, 4])) return still("zip");
  return still(sniffText(view));
}

function sniffHeif(brand: string): Sniffed {
  if (brand === "avis") return { format: "avif", animated: true };
  if (brand === "avif") return { format: "avif", animated: false };
  return { format: /^(hei|hev|mif|msf)/.test(brand) ? "heic" : "unknown", animated: brand === "msf1" };
}

function sniffText(view: Buffer): SniffedFormat {
  const head = view.toString("latin1", 0, 4096).replace(/^\xef\xbb\xbf/, "");
  if (!head.trimStart().startsWith("<")) return "unknown";
  if (/<svg[\s>]/i.test(head)) return "svg";
  return /<(!doctype\s+html|html|head|body)/i.test(head) ? "html" : "unknown";
}

/** An APNG says so in an `acTL` chunk before its first pixels; decoders that ignore it show one frame. */
function isAnimatedPng(view: Buffer): boolean {
  let at = 8;
  while (at + 8 <= view.length) {
    const type = ascii(view, at + 4, at + 8);
    if (type === "acTL") return true;
    if (type === "IDAT" || type === "IEND") return false;
    at += 12 + view.readUInt32BE(at);
  }
  return false;
}

/** Bit 1 of the flags of a `VP8X` header. */
function isAnimatedWebp(view: Buffer): boolean {
  return ascii(view, 12, 16) === "VP8X" && ((view[20] ?? 0) & 0b10) !== 0;
}

function ascii(view: Buffer, from: number, to: number): string {
  return view.toString("latin1", from, to);
}

function startsWith(view: Buffer, magic: readonly number[]): boolean {
  return magic.every((byte, at) => view[at] === byte);
}
