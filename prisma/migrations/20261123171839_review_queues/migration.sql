-- CreateEnum
CREATE TYPE "review_purpose" AS ENUM ('review', 'gold', 'adjudication', 'audit', 'override');

-- CreateEnum
CREATE TYPE "draw_order" AS ENUM ('oldest', 'random', 'uncertain', 'edit-type', 'direct');

-- CreateEnum
CREATE TYPE "assignment_state" AS ENUM ('held', 'done', 'released', 'expired');

-- AlterTable
ALTER TABLE "decisions" ADD COLUMN     "assignment_id" UUID,
ADD COLUMN     "mask_id" UUID,
ADD COLUMN     "mask_revision" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "purpose" "review_purpose" NOT NULL DEFAULT 'review';

-- AlterTable
ALTER TABLE "samples" ADD COLUMN     "mask_id" UUID,
ADD COLUMN     "mask_revision" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "returned_note" TEXT,
ADD COLUMN     "returned_to_id" UUID,
ADD COLUMN     "scored_mask_revision" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "scored_text_revision" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "uncertainty" REAL,
ADD COLUMN     "withdrawn" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "review_tickets" (
    "sample_id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "edit_type" TEXT NOT NULL,
    "purpose" "review_purpose" NOT NULL DEFAULT 'review',
    "slots" SMALLINT NOT NULL DEFAULT 0,
    "uncertainty" REAL NOT NULL DEFAULT 1,
    "shuffle" INTEGER NOT NULL,
    "probability" REAL NOT NULL DEFAULT 1,

    CONSTRAINT "review_tickets_pkey" PRIMARY KEY ("sample_id")
);

-- CreateTable
CREATE TABLE "assignments" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "sample_id" UUID NOT NULL,
    "reviewer_id" UUID NOT NULL,
    "purpose" "review_purpose" NOT NULL DEFAULT 'review',
    "state" "assignment_state" NOT NULL DEFAULT 'held',
    "slot" SMALLINT,
    "draw_order" "draw_order" NOT NULL,
    "probability" DOUBLE PRECISION,
    "blind" BOOLEAN NOT NULL DEFAULT false,
    "scope" JSONB NOT NULL DEFAULT '{}',
    "text_revision" INTEGER NOT NULL DEFAULT 1,
    "mask_revision" INTEGER NOT NULL DEFAULT 1,
    "lease_until" TIMESTAMPTZ(3) NOT NULL,
    "claimed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "assignments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "review_settings" (
    "project_id" UUID NOT NULL,
    "reviewers_per_sample" INTEGER NOT NULL DEFAULT 1,
    "gold_share" DOUBLE PRECISION NOT NULL DEFAULT 0.05,
    "blind" BOOLEAN NOT NULL DEFAULT false,
    "lease_seconds" INTEGER NOT NULL DEFAULT 600,
    "leaderboard" BOOLEAN NOT NULL DEFAULT false,
    "version" INTEGER NOT NULL DEFAULT 1,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "review_settings_pkey" PRIMARY KEY ("project_id")
);

-- CreateTable
CREATE TABLE "reject_reasons" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "reject_reasons_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "gold_answers" (
    "sample_id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "answer" "decision_kind" NOT NULL,
    "note" TEXT,
    "author_id" UUID NOT NULL,
    "retired_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "gold_answers_pkey" PRIMARY KEY ("sample_id")
);

-- CreateTable
CREATE TABLE "review_tallies" (
    "project_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "approved" INTEGER NOT NULL DEFAULT 0,
    "rejected" INTEGER NOT NULL DEFAULT 0,
    "gold_seen" INTEGER NOT NULL DEFAULT 0,
    "gold_agreed" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "review_tallies_pkey" PRIMARY KEY ("project_id","member_id","day")
);

-- CreateTable
CREATE TABLE "sample_texts" (
    "sample_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "instruction" TEXT NOT NULL,
    "source_caption" TEXT NOT NULL,
    "target_caption" TEXT NOT NULL,
    "author_id" UUID,
    "restores" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sample_texts_pkey" PRIMARY KEY ("sample_id","revision")
);

-- CreateTable
CREATE TABLE "sample_events" (
    "id" UUID NOT NULL,
    "sample_id" UUID NOT NULL,
    "actor_id" UUID,
    "kind" TEXT NOT NULL,
    "data" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sample_events_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "review_tickets_project_id_purpose_sample_id_idx" ON "review_tickets"("project_id", "purpose", "sample_id");

-- CreateIndex
CREATE INDEX "review_tickets_project_id_purpose_shuffle_sample_id_idx" ON "review_tickets"("project_id", "purpose", "shuffle", "sample_id");

-- CreateIndex
CREATE INDEX "review_tickets_project_id_purpose_uncertainty_sample_id_idx" ON "review_tickets"("project_id", "purpose", "uncertainty", "sample_id");

-- CreateIndex
CREATE INDEX "review_tickets_project_id_purpose_edit_type_sample_id_idx" ON "review_tickets"("project_id", "purpose", "edit_type", "sample_id");

-- CreateIndex
CREATE INDEX "review_tickets_project_id_purpose_edit_type_shuffle_sample__idx" ON "review_tickets"("project_id", "purpose", "edit_type", "shuffle", "sample_id");

-- CreateIndex
CREATE INDEX "review_tickets_project_id_purpose_edit_type_uncertainty_sam_idx" ON "review_tickets"("project_id", "purpose", "edit_type", "uncertainty", "sample_id");

-- CreateIndex
CREATE INDEX "review_tickets_run_id_purpose_sample_id_idx" ON "review_tickets"("run_id", "purpose", "sample_id");

-- CreateIndex
CREATE INDEX "review_tickets_run_id_purpose_shuffle_sample_id_idx" ON "review_tickets"("run_id", "purpose", "shuffle", "sample_id");

-- CreateIndex
CREATE INDEX "review_tickets_run_id_purpose_uncertainty_sample_id_idx" ON "review_tickets"("run_id", "purpose", "uncertainty", "sample_id");

-- CreateIndex
CREATE INDEX "review_tickets_run_id_purpose_edit_type_sample_id_idx" ON "review_tickets"("run_id", "purpose", "edit_type", "sample_id");

-- CreateIndex
CREATE INDEX "assignments_project_id_state_lease_until_idx" ON "assignments"("project_id", "state", "lease_until");

-- CreateIndex
CREATE INDEX "assignments_reviewer_id_state_lease_until_idx" ON "assignments"("reviewer_id", "state", "lease_until");

-- CreateIndex
CREATE UNIQUE INDEX "assignments_sample_id_reviewer_id_key" ON "assignments"("sample_id", "reviewer_id");

-- CreateIndex
CREATE UNIQUE INDEX "assignments_sample_id_slot_key" ON "assignments"("sample_id", "slot");

-- CreateIndex
CREATE UNIQUE INDEX "reject_reasons_project_id_key_key" ON "reject_reasons"("project_id", "key");

-- CreateIndex
CREATE INDEX "gold_answers_project_id_sample_id_idx" ON "gold_answers"("project_id", "sample_id");

-- CreateIndex
CREATE INDEX "gold_answers_author_id_idx" ON "gold_answers"("author_id");

-- CreateIndex
CREATE INDEX "review_tallies_member_id_idx" ON "review_tallies"("member_id");

-- CreateIndex
CREATE INDEX "sample_texts_author_id_idx" ON "sample_texts"("author_id");

-- CreateIndex
CREATE INDEX "sample_events_sample_id_id_idx" ON "sample_events"("sample_id", "id");

-- CreateIndex
CREATE INDEX "sample_events_actor_id_idx" ON "sample_events"("actor_id");

-- CreateIndex
CREATE INDEX "decisions_assignment_id_idx" ON "decisions"("assignment_id");

-- CreateIndex
CREATE INDEX "decisions_mask_id_idx" ON "decisions"("mask_id");

-- CreateIndex
CREATE INDEX "samples_run_id_edit_type_state_id_idx" ON "samples"("run_id", "edit_type", "state", "id");

-- CreateIndex
CREATE INDEX "samples_returned_to_id_id_idx" ON "samples"("returned_to_id", "id");

-- CreateIndex
CREATE INDEX "samples_mask_id_idx" ON "samples"("mask_id");

-- AddForeignKey
ALTER TABLE "samples" ADD CONSTRAINT "samples_mask_id_fkey" FOREIGN KEY ("mask_id") REFERENCES "masks"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "samples" ADD CONSTRAINT "samples_returned_to_id_fkey" FOREIGN KEY ("returned_to_id") REFERENCES "members"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_assignment_id_fkey" FOREIGN KEY ("assignment_id") REFERENCES "assignments"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_mask_id_fkey" FOREIGN KEY ("mask_id") REFERENCES "masks"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "review_tickets" ADD CONSTRAINT "review_tickets_sample_id_fkey" FOREIGN KEY ("sample_id") REFERENCES "samples"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "review_tickets" ADD CONSTRAINT "review_tickets_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "review_tickets" ADD CONSTRAINT "review_tickets_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_sample_id_fkey" FOREIGN KEY ("sample_id") REFERENCES "samples"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_reviewer_id_fkey" FOREIGN KEY ("reviewer_id") REFERENCES "members"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "review_settings" ADD CONSTRAINT "review_settings_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reject_reasons" ADD CONSTRAINT "reject_reasons_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "gold_answers" ADD CONSTRAINT "gold_answers_sample_id_fkey" FOREIGN KEY ("sample_id") REFERENCES "samples"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "gold_answers" ADD CONSTRAINT "gold_answers_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "gold_answers" ADD CONSTRAINT "gold_answers_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "members"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "review_tallies" ADD CONSTRAINT "review_tallies_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "review_tallies" ADD CONSTRAINT "review_tallies_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "members"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sample_texts" ADD CONSTRAINT "sample_texts_sample_id_fkey" FOREIGN KEY ("sample_id") REFERENCES "samples"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sample_texts" ADD CONSTRAINT "sample_texts_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "members"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sample_events" ADD CONSTRAINT "sample_events_sample_id_fkey" FOREIGN KEY ("sample_id") REFERENCES "samples"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sample_events" ADD CONSTRAINT "sample_events_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "members"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- Claims rewrite rows of this table without touching its indexes: room for that on each page.
ALTER TABLE "review_tickets" SET (fillfactor = 80);

-- Whatever makes a sample puts it in the queue.
CREATE FUNCTION open_review_tickets() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO review_tickets (sample_id, project_id, run_id, edit_type, uncertainty, shuffle)
  SELECT id, project_id, run_id, edit_type, coalesce(uncertainty, 1), (random() * 2147483647)::int
  FROM added WHERE state = 'pending' AND NOT withdrawn
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

CREATE TRIGGER samples_open_review_tickets AFTER INSERT ON samples
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION open_review_tickets();

UPDATE samples SET withdrawn = true
FROM candidates c JOIN edits e ON e.id = c.edit_id JOIN anchors a ON a.id = e.anchor_id
WHERE samples.candidate_id = c.id AND a.withdrawn_at IS NOT NULL;

INSERT INTO review_tickets (sample_id, project_id, run_id, edit_type, shuffle)
SELECT id, project_id, run_id, edit_type, (random() * 2147483647)::int
FROM samples WHERE state = 'pending' AND NOT withdrawn;
