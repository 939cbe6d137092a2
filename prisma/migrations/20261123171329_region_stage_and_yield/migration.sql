-- AlterEnum
ALTER TYPE "task_state" ADD VALUE 'skipped';

-- AlterTable
ALTER TABLE "candidates" ADD COLUMN     "draw" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "stage" "stage" NOT NULL DEFAULT 'free-form';

-- AlterTable
ALTER TABLE "edits" ADD COLUMN     "drawn" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "guide_mask_id" UUID,
ADD COLUMN     "parent_id" UUID,
ADD COLUMN     "passed" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "plan" JSONB,
ADD COLUMN     "region" JSONB,
ADD COLUMN     "stage" "stage" NOT NULL DEFAULT 'free-form';

-- AlterTable
ALTER TABLE "run_anchors" ADD COLUMN     "edit_types" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "exhausted" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "round" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "run_stages" ADD COLUMN     "skipped" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "runs" ADD COLUMN     "outages" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "resume_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "run_yields" (
    "run_id" UUID NOT NULL,
    "stage" "stage" NOT NULL,
    "edit_type" TEXT NOT NULL,
    "edits" INTEGER NOT NULL DEFAULT 0,
    "finished" INTEGER NOT NULL DEFAULT 0,
    "drawn" INTEGER NOT NULL DEFAULT 0,
    "passed" INTEGER NOT NULL DEFAULT 0,
    "kept" INTEGER NOT NULL DEFAULT 0,
    "fruitful" INTEGER NOT NULL DEFAULT 0,
    "unet_rows" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "run_yields_pkey" PRIMARY KEY ("run_id","stage","edit_type")
);

-- CreateIndex
CREATE INDEX "edits_parent_id_idx" ON "edits"("parent_id");

-- CreateIndex
CREATE INDEX "edits_guide_mask_id_idx" ON "edits"("guide_mask_id");

-- AddForeignKey
ALTER TABLE "run_yields" ADD CONSTRAINT "run_yields_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "edits" ADD CONSTRAINT "edits_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "edits"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "edits" ADD CONSTRAINT "edits_guide_mask_id_fkey" FOREIGN KEY ("guide_mask_id") REFERENCES "masks"("id") ON DELETE SET NULL ON UPDATE CASCADE;
