import type { Context } from "../context";

export interface MatchedAnchor {
  id: string;
  imageSha: string;
  width: number;
  height: number;
}

export type Match = MatchedAnchor | { problem: string };

/** File names that are looked up in one statement. */
const chunk = 1000;

/** What other tools add to the image's name when they name its mask. */
const suffix = /[-_. ](mask|region|matte|alpha)$/i;

/**
 * The anchor that each file's mask is for: the one whose file name is the same without folder and extension, or
 * without a suffix such as `_mask`. Of several, the one whose folders agree too.
 */
export async function matchAnchors(context: Context, files: readonly string[]): Promise<Map<string, Match>> {
  const matches = new Map<string, Match>();
  for (let from = 0; from < files.length; from += chunk) {
    const part = files.slice(from, from + chunk);
    const anchors = await anchorsByStem(context, [...new Set(part.flatMap(stemsOf))]);
    for (const file of part) matches.set(file, matchFile(file, anchors));
  }
  return matches;
}

interface AnchorRow extends MatchedAnchor {
  stem: string;
  fileName: string;
}

async function anchorsByStem(
  { studio, caller }: Context,
  stems: string[],
): Promise<Map<string, AnchorRow[]>> {
  const rows = await studio.db.$queryRaw<AnchorRow[]>`
    SELECT a.id::text, a.image_sha AS "imageSha", i.width, i.height, a.file_name AS "fileName",
      regexp_replace(regexp_replace(a.file_name, '^.*/', ''), '[.][^.]*$', '') AS stem
    FROM anchors a JOIN images i ON i.sha256 = a.image_sha
    WHERE a.project_id = ${caller.projectId}::uuid AND a.withdrawn_at IS NULL
      AND regexp_replace(regexp_replace(a.file_name, '^.*/', ''), '[.][^.]*$', '') = ANY (${stems})`;
  const byStem = new Map<string, AnchorRow[]>();
  for (const row of rows) byStem.set(row.stem, [...(byStem.get(row.stem) ?? []), row]);
  return byStem;
}

function matchFile(file: string, anchors: Map<string, AnchorRow[]>): Match {
  for (const stem of stemsOf(file)) {
    const found = anchors.get(stem);
    if (!found) continue;
    if (found.length === 1) return found[0]!;
    const path = withoutExtension(file).replace(suffix, "");
    const exact = found.filter(({ fileName }) => sameEnd(path, withoutExtension(fileName)));
    if (exact.length === 1) return exact[0]!;
    return {
      problem: `${found.length} anchors are called ${stem}; put the mask into the folder of its image.`,
    };
  }
  return { problem: `No anchor of this project is called ${stemsOf(file)[0]}; import the image first.` };
}

/** Whether one path ends as the whole other path does. */
function sameEnd(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.includes("/") && (long === short || long.endsWith(`/${short}`));
}

function withoutExtension(file: string): string {
  return file.replaceAll("\\", "/").replace(/\.[^./]*$/, "");
}

function stemsOf(file: string): string[] {
  const stem = withoutExtension(file).replace(/^.*\//, "");
  return suffix.test(stem) ? [stem, stem.replace(suffix, "")] : [stem];
}
