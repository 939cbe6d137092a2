-- AlterTable
ALTER TABLE "bulk_actions" ADD COLUMN     "cursor" UUID,
ADD COLUMN     "filter" JSONB,
ADD COLUMN     "stopped_at" TIMESTAMPTZ(3);

-- What was sent to review is listed like what was tagged, so that it can be taken back block by block.
INSERT INTO bulk_items (bulk_id, sample_id)
SELECT DISTINCT d.bulk_id, d.sample_id FROM decisions d JOIN bulk_actions b ON b.id = d.bulk_id
WHERE b.kind = 'reopen' AND b.undone_at IS NULL AND d.kind = 'undo'
ON CONFLICT DO NOTHING;
