-- CreateTable
CREATE TABLE "policy_counts" (
    "policy_id" UUID NOT NULL,
    "approved" INTEGER NOT NULL DEFAULT 0,
    "rejected" INTEGER NOT NULL DEFAULT 0,
    "waiting" INTEGER NOT NULL DEFAULT 0,
    "agreed" INTEGER NOT NULL DEFAULT 0,
    "overruled" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "policy_counts_pkey" PRIMARY KEY ("policy_id")
);

-- AddForeignKey
ALTER TABLE "policy_counts" ADD CONSTRAINT "policy_counts_policy_id_fkey" FOREIGN KEY ("policy_id") REFERENCES "selection_policies"("id") ON DELETE CASCADE ON UPDATE CASCADE;

INSERT INTO policy_counts (policy_id, approved, rejected, waiting, agreed, overruled)
SELECT d.policy_id, count(*) FILTER (WHERE d.kind = 'approve'), count(*) FILTER (WHERE d.kind = 'reject'),
  count(*) FILTER (WHERE audited AND v.kind IS NULL), count(*) FILTER (WHERE audited AND v.kind = d.kind),
  count(*) FILTER (WHERE audited AND v.kind <> d.kind)
FROM decisions d
JOIN samples s ON s.id = d.sample_id
CROSS JOIN LATERAL (SELECT coalesce(s.route IN ('audit-accept', 'audit-reject'), false) AS audited) r
LEFT JOIN LATERAL (
  SELECT p.kind FROM decisions p
  WHERE audited AND p.sample_id = s.id AND p.actor_id IS NOT NULL AND p.purpose = 'audit' AND p.kind <> 'undo'
    AND NOT EXISTS (SELECT 1 FROM decisions u WHERE u.undoes_id = p.id)
  ORDER BY p.id DESC LIMIT 1
) v ON true
WHERE d.policy_id IS NOT NULL AND d.kind <> 'undo'
  AND NOT EXISTS (SELECT 1 FROM decisions u WHERE u.undoes_id = d.id)
GROUP BY d.policy_id;

-- Compares what stands on the touched samples with and without the new rows, so that it does not matter in which order
-- decisions, audits and undos of any of them come, one at a time or a thousand.
CREATE FUNCTION count_policy_decisions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM added WHERE policy_id IS NOT NULL OR purpose = 'audit' OR undoes_id IS NOT NULL) THEN
    RETURN NULL;
  END IF;
  WITH touched AS (
    SELECT DISTINCT sample_id FROM added WHERE policy_id IS NOT NULL OR purpose = 'audit' OR undoes_id IS NOT NULL
  ), said AS MATERIALIZED (
    SELECT d.id, d.sample_id, d.policy_id, d.actor_id, d.kind, d.purpose, d.undoes_id,
      EXISTS (SELECT 1 FROM added a WHERE a.id = d.id) AS fresh
    FROM touched JOIN decisions d ON d.sample_id = touched.sample_id
  ), standing AS (
    SELECT side.sign, said.* FROM said CROSS JOIN (VALUES (1), (-1)) AS side (sign)
    WHERE kind <> 'undo' AND (sign = 1 OR NOT fresh)
      AND NOT EXISTS (SELECT 1 FROM said u WHERE u.undoes_id = said.id AND (sign = 1 OR NOT u.fresh))
  ), answers AS (
    SELECT DISTINCT ON (sign, sample_id) sign, sample_id, kind FROM standing
    WHERE actor_id IS NOT NULL AND purpose = 'audit' ORDER BY sign, sample_id, id DESC
  ), parts AS (
    SELECT d.policy_id, d.sign, d.kind, a.kind AS answer,
      coalesce(s.route IN ('audit-accept', 'audit-reject'), false) AS audited
    FROM standing d JOIN samples s ON s.id = d.sample_id
    LEFT JOIN answers a ON a.sign = d.sign AND a.sample_id = d.sample_id
    WHERE d.policy_id IS NOT NULL
  )
  INSERT INTO policy_counts AS kept (policy_id, approved, rejected, waiting, agreed, overruled)
  SELECT policy_id, coalesce(sum(sign) FILTER (WHERE kind = 'approve'), 0),
    coalesce(sum(sign) FILTER (WHERE kind = 'reject'), 0),
    coalesce(sum(sign) FILTER (WHERE audited AND answer IS NULL), 0),
    coalesce(sum(sign) FILTER (WHERE audited AND answer = kind), 0),
    coalesce(sum(sign) FILTER (WHERE audited AND answer <> kind), 0)
  FROM parts GROUP BY policy_id ORDER BY policy_id
  ON CONFLICT (policy_id) DO UPDATE SET approved = kept.approved + EXCLUDED.approved,
    rejected = kept.rejected + EXCLUDED.rejected, waiting = kept.waiting + EXCLUDED.waiting,
    agreed = kept.agreed + EXCLUDED.agreed, overruled = kept.overruled + EXCLUDED.overruled;
  RETURN NULL;
END $$;

CREATE TRIGGER decisions_counted_in AFTER INSERT ON decisions
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_policy_decisions();
