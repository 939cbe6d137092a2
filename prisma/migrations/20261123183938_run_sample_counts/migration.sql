-- CreateTable
CREATE TABLE "run_sample_counts" (
    "run_id" UUID NOT NULL,
    "state" "sample_state" NOT NULL,
    "count" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "run_sample_counts_pkey" PRIMARY KEY ("run_id","state")
);

-- AddForeignKey
ALTER TABLE "run_sample_counts" ADD CONSTRAINT "run_sample_counts_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

INSERT INTO run_sample_counts (run_id, state, count)
SELECT run_id, state, count(*) FROM samples WHERE NOT withdrawn GROUP BY run_id, state;

-- Whatever adds, changes or removes samples keeps the counts, whether one or a million at a time.
CREATE FUNCTION count_run_samples() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO run_sample_counts AS kept (run_id, state, count)
    SELECT run_id, state, count(*) FROM added WHERE NOT withdrawn GROUP BY run_id, state ORDER BY run_id, state
    ON CONFLICT (run_id, state) DO UPDATE SET count = kept.count + EXCLUDED.count;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO run_sample_counts AS kept (run_id, state, count)
    SELECT run_id, state, -count(*) FROM removed WHERE NOT withdrawn
      AND EXISTS (SELECT 1 FROM runs WHERE id = run_id) GROUP BY run_id, state ORDER BY run_id, state
    ON CONFLICT (run_id, state) DO UPDATE SET count = kept.count + EXCLUDED.count;
  ELSE
    INSERT INTO run_sample_counts AS kept (run_id, state, count)
    SELECT run_id, state, sum(n) FROM (
      SELECT run_id, state, 1 AS n FROM added WHERE NOT withdrawn
      UNION ALL SELECT run_id, state, -1 FROM removed WHERE NOT withdrawn) AS change
    GROUP BY run_id, state HAVING sum(n) <> 0 ORDER BY run_id, state
    ON CONFLICT (run_id, state) DO UPDATE SET count = kept.count + EXCLUDED.count;
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER samples_counted_in AFTER INSERT ON samples
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_run_samples();
CREATE TRIGGER samples_counted_over AFTER UPDATE ON samples
  REFERENCING OLD TABLE AS removed NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_run_samples();
CREATE TRIGGER samples_counted_out AFTER DELETE ON samples
  REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION count_run_samples();
