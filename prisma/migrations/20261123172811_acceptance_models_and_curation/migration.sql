-- CreateEnum
CREATE TYPE "policy_kind" AS ENUM ('thresholds', 'model');

-- CreateEnum
CREATE TYPE "sample_route" AS ENUM ('accept', 'reject', 'people', 'audit-accept', 'audit-reject');

-- CreateEnum
CREATE TYPE "bulk_kind" AS ENUM ('tag', 'untag', 'approve', 'reject', 'reopen', 'policy');

-- DropForeignKey
ALTER TABLE "decisions" DROP CONSTRAINT "decisions_actor_id_fkey";

-- AlterTable
ALTER TABLE "decisions" ADD COLUMN     "bulk_id" UUID,
ADD COLUMN     "policy_id" UUID,
ALTER COLUMN "actor_id" DROP NOT NULL;

-- AlterTable
ALTER TABLE "samples" ADD COLUMN     "acceptance" DOUBLE PRECISION,
ADD COLUMN     "route" "sample_route",
ADD COLUMN     "routed_by_id" UUID;

-- AlterTable
ALTER TABLE "selection_policies" ADD COLUMN     "kind" "policy_kind" NOT NULL DEFAULT 'thresholds',
ADD COLUMN     "model_id" UUID,
ADD COLUMN     "retired_at" TIMESTAMPTZ(3),
ADD COLUMN     "routing" JSONB;

-- CreateTable
CREATE TABLE "acceptance_models" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "created_by_id" UUID,
    "fit" JSONB NOT NULL,
    "decisions" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "acceptance_models_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "bulk_actions" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "kind" "bulk_kind" NOT NULL,
    "actor_id" UUID,
    "policy_id" UUID,
    "tag_id" UUID,
    "reasons" TEXT[],
    "state" "job_state" NOT NULL DEFAULT 'queued',
    "changed" INTEGER NOT NULL DEFAULT 0,
    "left" INTEGER NOT NULL DEFAULT 0,
    "undone_by_id" UUID,
    "undone_at" TIMESTAMPTZ(3),
    "restored" INTEGER NOT NULL DEFAULT 0,
    "message" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "bulk_actions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "bulk_items" (
    "bulk_id" UUID NOT NULL,
    "sample_id" UUID NOT NULL,

    CONSTRAINT "bulk_items_pkey" PRIMARY KEY ("bulk_id","sample_id")
);

-- CreateTable
CREATE TABLE "tags" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tags_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sample_tags" (
    "tag_id" UUID NOT NULL,
    "sample_id" UUID NOT NULL,

    CONSTRAINT "sample_tags_pkey" PRIMARY KEY ("tag_id","sample_id")
);

-- CreateTable
CREATE TABLE "saved_views" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "created_by_id" UUID,
    "name" TEXT NOT NULL,
    "filter" JSONB NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "saved_views_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sample_embeddings" (
    "sample_id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "encoder" TEXT NOT NULL,
    "image_sha" CHAR(64) NOT NULL,
    "vector" BYTEA NOT NULL,
    "signs" VARBIT(4096) NOT NULL,
    "map_x" REAL,
    "map_y" REAL,
    "group_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sample_embeddings_pkey" PRIMARY KEY ("sample_id")
);

-- CreateIndex
CREATE INDEX "acceptance_models_project_id_id_idx" ON "acceptance_models"("project_id", "id");

-- CreateIndex
CREATE INDEX "acceptance_models_created_by_id_idx" ON "acceptance_models"("created_by_id");

-- CreateIndex
CREATE INDEX "bulk_actions_project_id_id_idx" ON "bulk_actions"("project_id", "id");

-- CreateIndex
CREATE INDEX "bulk_actions_actor_id_idx" ON "bulk_actions"("actor_id");

-- CreateIndex
CREATE INDEX "bulk_actions_policy_id_idx" ON "bulk_actions"("policy_id");

-- CreateIndex
CREATE INDEX "bulk_actions_tag_id_idx" ON "bulk_actions"("tag_id");

-- CreateIndex
CREATE INDEX "bulk_items_sample_id_idx" ON "bulk_items"("sample_id");

-- CreateIndex
CREATE UNIQUE INDEX "tags_project_id_name_key" ON "tags"("project_id", "name");

-- CreateIndex
CREATE INDEX "sample_tags_sample_id_idx" ON "sample_tags"("sample_id");

-- CreateIndex
CREATE INDEX "saved_views_created_by_id_idx" ON "saved_views"("created_by_id");

-- CreateIndex
CREATE UNIQUE INDEX "saved_views_project_id_name_key" ON "saved_views"("project_id", "name");

-- CreateIndex
CREATE INDEX "sample_embeddings_project_id_encoder_sample_id_idx" ON "sample_embeddings"("project_id", "encoder", "sample_id");

-- CreateIndex
CREATE INDEX "sample_embeddings_group_id_sample_id_idx" ON "sample_embeddings"("group_id", "sample_id");

-- CreateIndex
CREATE INDEX "decisions_actor_id_sample_id_idx" ON "decisions"("actor_id", "sample_id");

-- CreateIndex
CREATE INDEX "decisions_policy_id_idx" ON "decisions"("policy_id");

-- CreateIndex
CREATE INDEX "decisions_bulk_id_id_idx" ON "decisions"("bulk_id", "id");

-- CreateIndex
CREATE INDEX "samples_project_id_id_idx" ON "samples"("project_id", "id");

-- CreateIndex
CREATE INDEX "selection_policies_model_id_idx" ON "selection_policies"("model_id");

-- AddForeignKey
ALTER TABLE "selection_policies" ADD CONSTRAINT "selection_policies_model_id_fkey" FOREIGN KEY ("model_id") REFERENCES "acceptance_models"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "acceptance_models" ADD CONSTRAINT "acceptance_models_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "acceptance_models" ADD CONSTRAINT "acceptance_models_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "members"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "samples" ADD CONSTRAINT "samples_routed_by_id_fkey" FOREIGN KEY ("routed_by_id") REFERENCES "selection_policies"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "members"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_policy_id_fkey" FOREIGN KEY ("policy_id") REFERENCES "selection_policies"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_bulk_id_fkey" FOREIGN KEY ("bulk_id") REFERENCES "bulk_actions"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bulk_actions" ADD CONSTRAINT "bulk_actions_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bulk_actions" ADD CONSTRAINT "bulk_actions_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "members"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bulk_actions" ADD CONSTRAINT "bulk_actions_policy_id_fkey" FOREIGN KEY ("policy_id") REFERENCES "selection_policies"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bulk_actions" ADD CONSTRAINT "bulk_actions_tag_id_fkey" FOREIGN KEY ("tag_id") REFERENCES "tags"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bulk_items" ADD CONSTRAINT "bulk_items_bulk_id_fkey" FOREIGN KEY ("bulk_id") REFERENCES "bulk_actions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bulk_items" ADD CONSTRAINT "bulk_items_sample_id_fkey" FOREIGN KEY ("sample_id") REFERENCES "samples"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tags" ADD CONSTRAINT "tags_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sample_tags" ADD CONSTRAINT "sample_tags_tag_id_fkey" FOREIGN KEY ("tag_id") REFERENCES "tags"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sample_tags" ADD CONSTRAINT "sample_tags_sample_id_fkey" FOREIGN KEY ("sample_id") REFERENCES "samples"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "saved_views" ADD CONSTRAINT "saved_views_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "saved_views" ADD CONSTRAINT "saved_views_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "members"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sample_embeddings" ADD CONSTRAINT "sample_embeddings_sample_id_fkey" FOREIGN KEY ("sample_id") REFERENCES "samples"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What full-text search sees of a sample: stems of English, and every word as it is.
CREATE FUNCTION sample_words(instruction text, source_caption text, target_caption text) RETURNS tsvector
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN to_tsvector('english'::regconfig, instruction || ' ' || source_caption || ' ' || target_caption)
    || to_tsvector('simple'::regconfig, instruction || ' ' || source_caption || ' ' || target_caption);

CREATE INDEX samples_words_idx ON samples USING gin (sample_words(instruction, source_caption, target_caption));

-- Vectors lie apart from their rows, so that a scan of the signs reads a tenth of the bytes.
ALTER TABLE sample_embeddings ALTER COLUMN vector SET STORAGE EXTERNAL;
ALTER TABLE sample_embeddings SET (toast_tuple_target = 128);
