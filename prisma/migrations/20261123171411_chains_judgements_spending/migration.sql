-- AlterTable
ALTER TABLE "anchors" ADD COLUMN     "parent_sample_id" UUID,
ADD COLUMN     "root_anchor_id" UUID,
ADD COLUMN     "turn" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "run_stages" ADD COLUMN     "spent_micros" BIGINT NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "judgements" (
    "id" UUID NOT NULL,
    "candidate_id" UUID NOT NULL,
    "model" TEXT NOT NULL,
    "rubric" TEXT NOT NULL,
    "rubric_hash" CHAR(64) NOT NULL,
    "instruction" TEXT NOT NULL,
    "raw" TEXT NOT NULL,
    "scores" JSONB,
    "problem" TEXT,
    "cost_micros" BIGINT NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "judgements_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "judgements_candidate_id_idx" ON "judgements"("candidate_id");

-- CreateIndex
CREATE INDEX "anchors_parent_sample_id_idx" ON "anchors"("parent_sample_id");

-- CreateIndex
CREATE INDEX "anchors_root_anchor_id_idx" ON "anchors"("root_anchor_id");

-- AddForeignKey
ALTER TABLE "anchors" ADD CONSTRAINT "anchors_parent_sample_id_fkey" FOREIGN KEY ("parent_sample_id") REFERENCES "samples"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "anchors" ADD CONSTRAINT "anchors_root_anchor_id_fkey" FOREIGN KEY ("root_anchor_id") REFERENCES "anchors"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "judgements" ADD CONSTRAINT "judgements_candidate_id_fkey" FOREIGN KEY ("candidate_id") REFERENCES "candidates"("id") ON DELETE CASCADE ON UPDATE CASCADE;
