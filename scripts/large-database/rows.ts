import { editTypeIds } from "@/lib/domain/edit-types";

/** Shares of the samples in a state, in percent of the id's hash. */
const approvedPercent = 8;
const rejectedPercent = 4;

/** First id's time; one sample a millisecond from there on, so that ids order as they would in life. */
const epochMs = Date.UTC(2026, 0, 1);

export interface LargeIds {
  projectId: string;
  memberId: string;
  policyId: string;
  runIds: string[];
  anchors: number;
  /** Hashes of the pictures that the rows share in turn; equally many sources and targets. */
  images: { anchor: string; sources: string[]; targets: string[] };
}

/** A version 7 id made of a number and the kind of row: `kind` is three hex digits. */
function idSql(n: string, kind: string): string {
  return `(lpad(to_hex(${epochMs} + ${n}), 12, '0') || '7${kind}8' || lpad(to_hex(${n}), 15, '0'))::uuid`;
}

/** An integer in [0, of) that looks random and depends on the row and `salt` alone. */
function drawSql(n: string, salt: string, of: number | string): string {
  return `(hashint4extended(${n}::int, ${salt}) & 2147483647) % ${of}`;
}

const pick = (n: string, salt: string, words: readonly string[]) =>
  `(ARRAY[${words.map((word) => `'${word}'`).join(",")}])[1 + ${drawSql(n, salt, words.length)}]`;

/** One of the values after the other. */
const turn = (n: string, values: readonly string[]) =>
  `(ARRAY[${values.map((value) => `'${value}'`).join(",")}])[1 + ${n} % ${values.length}]`;

const colours = ["red", "blue", "green", "yellow", "white", "black", "silver", "purple", "orange", "brown"];
const things =
  "car,house,tree,dog,bus,boat,lamp,bench,bicycle,kite,tent,fence,barn,horse,cloud,bridge,tower,fountain".split(
    ",",
  );
const places =
  "on a road,by the sea,in a park,in the snow,at night,in a field,under a bridge,on a hill,in the rain".split(
    ",",
  );

const type = (n: string) => pick(n, "3", editTypeIds);
const run = (n: string, ids: LargeIds) =>
  `(ARRAY[${ids.runIds.map((id) => `'${id}'`).join(",")}]::uuid[])[1 + ${n} * ${ids.runIds.length} / $total]`;
const state = (n: string) =>
  `(CASE WHEN ${drawSql(n, "5", 100)} < ${approvedPercent} THEN 'approved' WHEN ${drawSql(n, "5", 100)} < ${approvedPercent + rejectedPercent} THEN 'rejected' ELSE 'pending' END)::sample_state`;
const uncertainty = (n: string) => `(${drawSql(n, "7", 100_000)} / 100000.0)::real`;
const source = (n: string) =>
  `'a ' || ${pick(n, "11", colours)} || ' ' || ${pick(n, "12", things)} || ' ' || ${pick(n, "13", places)} || ', view ' || ${n}`;
const target = (n: string) =>
  `'a ' || ${pick(n, "14", colours)} || ' ' || ${pick(n, "12", things)} || ' ' || ${pick(n, "13", places)} || ', view ' || ${n}`;
const instruction = (n: string) =>
  `'Make the ' || ${pick(n, "12", things)} || ' ' || ${pick(n, "14", colours)} || '.'`;

/** INSERT … SELECT statements for rows `from` to `to`, both included, of `total`; in the order in which they may run. */
export function statementsFor(ids: LargeIds, from: number, to: number, total: number): string[] {
  const series = `generate_series(${from}::bigint, ${to}::bigint) AS n`;
  const anchor = idSql(`(n % ${ids.anchors})`, "5aa");
  const render = idSql(`(n % ${ids.anchors})`, "4aa");
  const statements = [
    `INSERT INTO edits (id, project_id, run_id, anchor_id, ordinal, source_caption, instruction, target_caption, edit_type, provenance, state)
     SELECT ${idSql("n", "3aa")}, '${ids.projectId}', ${run("n", ids)}, ${anchor}, n, ${source("n")}, ${instruction("n")}, ${target("n")}, ${type("n")}, '{}', 'done' FROM ${series}`,
    `INSERT INTO candidates (id, run_id, edit_id, render_id, image_sha, recipe, recipe_hash, scores, scorer_hash, selected, failures)
     SELECT ${idSql("n", "2aa")}, ${run("n", ids)}, ${idSql("n", "3aa")}, ${render}, ${turn("n", ids.images.targets)}, '{}',
       lpad(to_hex(n), 64, '0'),
       jsonb_build_object('clipDirection', ${drawSql("n", "21", 10_000)} / 10000.0, 'clipTarget', ${drawSql("n", "22", 10_000)} / 10000.0, 'ssim', ${drawSql("n", "23", 10_000)} / 10000.0),
       'large', true, '{}' FROM ${series}`,
    `INSERT INTO samples (id, project_id, run_id, candidate_id, policy_id, edit_type, state, instruction, source_caption, target_caption, uncertainty, decided_at)
     SELECT ${idSql("n", "1aa")}, '${ids.projectId}', ${run("n", ids)}, ${idSql("n", "2aa")}, '${ids.policyId}', ${type("n")}, ${state("n")}, ${instruction("n")}, ${source("n")}, ${target("n")}, ${uncertainty("n")},
       CASE WHEN ${drawSql("n", "5", 100)} < ${approvedPercent + rejectedPercent} THEN now() END FROM ${series}`,
    `INSERT INTO assignments (id, project_id, sample_id, reviewer_id, state, slot, draw_order, lease_until, finished_at)
     SELECT ${idSql("n", "6aa")}, '${ids.projectId}', ${idSql("n", "1aa")}, '${ids.memberId}', 'done', 1, 'oldest', now(), now() FROM ${series}
     WHERE ${drawSql("n", "5", 100)} < ${approvedPercent + rejectedPercent}`,
    `INSERT INTO decisions (id, sample_id, actor_id, kind, reasons, text_revision, assignment_id)
     SELECT ${idSql("n", "7aa")}, ${idSql("n", "1aa")}, '${ids.memberId}', (CASE WHEN ${drawSql("n", "5", 100)} < ${approvedPercent} THEN 'approve' ELSE 'reject' END)::decision_kind,
       '{}', 1, ${idSql("n", "6aa")} FROM ${series} WHERE ${drawSql("n", "5", 100)} < ${approvedPercent + rejectedPercent}`,
    `INSERT INTO review_tickets (sample_id, project_id, run_id, edit_type, uncertainty, shuffle)
     SELECT ${idSql("n", "1aa")}, '${ids.projectId}', ${run("n", ids)}, ${type("n")}, ${uncertainty("n")}, (${drawSql("n", "31", 2_147_483_647)})::int
     FROM ${series} WHERE ${drawSql("n", "5", 100)} >= ${approvedPercent + rejectedPercent}`,
  ];
  return statements.map((sql) => sql.replaceAll("$total", String(total)));
}

/** The few rows that all others hang on. */
export function anchorStatements(ids: LargeIds): string[] {
  const series = `generate_series(0, ${ids.anchors - 1}) AS n`;
  return [
    `INSERT INTO anchors (id, project_id, image_sha, original_sha, caption, origin, file_name, licence)
     SELECT ${idSql("n", "5aa")}, '${ids.projectId}', '${ids.images.anchor}', lpad(to_hex(n), 64, '0'), ${source("n")}, 'photo', 'photo-' || n || '.jpg', 'CC0-1.0' FROM ${series}`,
    `INSERT INTO source_renders (id, anchor_id, image_sha, recipe, recipe_hash)
     SELECT ${idSql("n", "4aa")}, ${idSql("n", "5aa")}, ${turn("n", ids.images.sources)}, '{}', lpad(to_hex(n), 64, '0') FROM ${series}`,
  ];
}
