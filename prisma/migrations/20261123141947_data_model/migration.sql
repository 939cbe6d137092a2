-- CreateEnum
CREATE TYPE "role" AS ENUM ('owner', 'curator', 'reviewer', 'annotator');

-- CreateEnum
CREATE TYPE "origin" AS ENUM ('photo', 'storybook', 'sample');

-- CreateEnum
CREATE TYPE "run_state" AS ENUM ('queued', 'running', 'paused', 'cancelled', 'succeeded', 'failed');

-- CreateEnum
CREATE TYPE "stage" AS ENUM ('instructions', 'free-form', 'region');

-- CreateEnum
CREATE TYPE "task_state" AS ENUM ('pending', 'done', 'failed');

-- CreateEnum
CREATE TYPE "sample_state" AS ENUM ('pending', 'approved', 'rejected');

-- CreateEnum
CREATE TYPE "decision_kind" AS ENUM ('approve', 'reject', 'undo');

-- CreateEnum
CREATE TYPE "mask_kind" AS ENUM ('fine', 'box', 'contour', 'soft', 'human');

-- CreateEnum
CREATE TYPE "job_state" AS ENUM ('queued', 'running', 'succeeded', 'failed');

-- CreateTable
CREATE TABLE "projects" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "projects_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "members" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "role" "role" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "members_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "images" (
    "sha256" CHAR(64) NOT NULL,
    "mime" TEXT NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "bytes" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "images_pkey" PRIMARY KEY ("sha256")
);

-- CreateTable
CREATE TABLE "anchors" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "image_sha" CHAR(64) NOT NULL,
    "original_sha" CHAR(64) NOT NULL,
    "caption" TEXT NOT NULL,
    "other_captions" TEXT[],
    "origin" "origin" NOT NULL,
    "file_name" TEXT NOT NULL,
    "licence" TEXT,
    "attribution" TEXT,
    "source_url" TEXT,
    "import_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,
    "withdrawn_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "anchors_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "seeds" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "anchor_id" UUID,
    "author_id" UUID,
    "starter" BOOLEAN NOT NULL DEFAULT false,
    "source_caption" TEXT NOT NULL,
    "instruction" TEXT NOT NULL,
    "target_caption" TEXT NOT NULL,
    "edit_type" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "archived_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "seeds_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "runs" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "created_by_id" UUID,
    "policy_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "state" "run_state" NOT NULL DEFAULT 'queued',
    "config" JSONB NOT NULL,
    "message" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "runs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "run_stages" (
    "run_id" UUID NOT NULL,
    "stage" "stage" NOT NULL,
    "total" INTEGER NOT NULL DEFAULT 0,
    "done" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "produced" INTEGER NOT NULL DEFAULT 0,
    "kept" INTEGER NOT NULL DEFAULT 0,
    "unet_rows" BIGINT NOT NULL DEFAULT 0,
    "busy_ms" BIGINT NOT NULL DEFAULT 0,
    "started_at" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "run_stages_pkey" PRIMARY KEY ("run_id","stage")
);

-- CreateTable
CREATE TABLE "run_anchors" (
    "run_id" UUID NOT NULL,
    "anchor_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "state" "task_state" NOT NULL DEFAULT 'pending',
    "error" TEXT,

    CONSTRAINT "run_anchors_pkey" PRIMARY KEY ("run_id","anchor_id")
);

-- CreateTable
CREATE TABLE "edits" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "anchor_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "source_caption" TEXT NOT NULL,
    "instruction" TEXT NOT NULL,
    "target_caption" TEXT NOT NULL,
    "edit_type" TEXT NOT NULL,
    "edit_object" TEXT,
    "provenance" JSONB NOT NULL,
    "state" "task_state" NOT NULL DEFAULT 'pending',
    "error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "edits_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "instruction_failures" (
    "id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "anchor_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "raw" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "instruction_failures_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "source_renders" (
    "id" UUID NOT NULL,
    "anchor_id" UUID NOT NULL,
    "image_sha" CHAR(64) NOT NULL,
    "recipe" JSONB NOT NULL,
    "recipe_hash" CHAR(64) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "source_renders_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "candidates" (
    "id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "edit_id" UUID NOT NULL,
    "render_id" UUID NOT NULL,
    "image_sha" CHAR(64) NOT NULL,
    "mask_id" UUID,
    "recipe" JSONB NOT NULL,
    "recipe_hash" CHAR(64) NOT NULL,
    "scores" JSONB NOT NULL,
    "scorer_hash" TEXT NOT NULL,
    "selected" BOOLEAN NOT NULL,
    "failures" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "candidates_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "selection_policies" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "thresholds" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "selection_policies_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "samples" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "candidate_id" UUID NOT NULL,
    "policy_id" UUID NOT NULL,
    "edit_type" TEXT NOT NULL,
    "state" "sample_state" NOT NULL DEFAULT 'pending',
    "instruction" TEXT NOT NULL,
    "source_caption" TEXT NOT NULL,
    "target_caption" TEXT NOT NULL,
    "text_revision" INTEGER NOT NULL DEFAULT 1,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "samples_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "decisions" (
    "id" UUID NOT NULL,
    "sample_id" UUID NOT NULL,
    "actor_id" UUID NOT NULL,
    "kind" "decision_kind" NOT NULL,
    "reasons" TEXT[],
    "note" TEXT,
    "text_revision" INTEGER NOT NULL,
    "elapsed_ms" INTEGER,
    "undoes_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "decisions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "masks" (
    "id" UUID NOT NULL,
    "image_sha" CHAR(64) NOT NULL,
    "png_sha" CHAR(64) NOT NULL,
    "edit_id" UUID,
    "kind" "mask_kind" NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "author_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "masks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "releases" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "filter" JSONB NOT NULL,
    "count" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "releases_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "release_samples" (
    "release_id" UUID NOT NULL,
    "sample_id" UUID NOT NULL,
    "split" TEXT NOT NULL,
    "instruction" TEXT NOT NULL,
    "source_caption" TEXT NOT NULL,
    "target_caption" TEXT NOT NULL,

    CONSTRAINT "release_samples_pkey" PRIMARY KEY ("release_id","sample_id")
);

-- CreateTable
CREATE TABLE "exports" (
    "id" UUID NOT NULL,
    "release_id" UUID NOT NULL,
    "format" TEXT NOT NULL,
    "options" JSONB NOT NULL,
    "state" "job_state" NOT NULL DEFAULT 'queued',
    "path" TEXT NOT NULL,
    "written" INTEGER NOT NULL DEFAULT 0,
    "bytes" BIGINT NOT NULL DEFAULT 0,
    "message" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "exports_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "imports" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "spec" JSONB NOT NULL,
    "state" "job_state" NOT NULL DEFAULT 'queued',
    "added" INTEGER NOT NULL DEFAULT 0,
    "duplicates" INTEGER NOT NULL DEFAULT 0,
    "refused" INTEGER NOT NULL DEFAULT 0,
    "message" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "imports_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import_notes" (
    "id" UUID NOT NULL,
    "import_id" UUID NOT NULL,
    "subject" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "refused" BOOLEAN NOT NULL,

    CONSTRAINT "import_notes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "counters" (
    "project_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "value" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "counters_pkey" PRIMARY KEY ("project_id","name")
);

-- CreateTable
CREATE TABLE "workers" (
    "id" TEXT NOT NULL,
    "pid" INTEGER NOT NULL,
    "resident_bytes" BIGINT NOT NULL,
    "activity" TEXT NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "workers_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "members_project_id_idx" ON "members"("project_id");

-- CreateIndex
CREATE INDEX "anchors_project_id_id_idx" ON "anchors"("project_id", "id");

-- CreateIndex
CREATE INDEX "anchors_image_sha_idx" ON "anchors"("image_sha");

-- CreateIndex
CREATE UNIQUE INDEX "anchors_project_id_original_sha_key" ON "anchors"("project_id", "original_sha");

-- CreateIndex
CREATE INDEX "seeds_project_id_id_idx" ON "seeds"("project_id", "id");

-- CreateIndex
CREATE INDEX "seeds_project_id_edit_type_id_idx" ON "seeds"("project_id", "edit_type", "id");

-- CreateIndex
CREATE INDEX "runs_project_id_id_idx" ON "runs"("project_id", "id");

-- CreateIndex
CREATE INDEX "run_anchors_run_id_state_ordinal_idx" ON "run_anchors"("run_id", "state", "ordinal");

-- CreateIndex
CREATE INDEX "edits_run_id_state_id_idx" ON "edits"("run_id", "state", "id");

-- CreateIndex
CREATE INDEX "edits_project_id_id_idx" ON "edits"("project_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "edits_run_id_anchor_id_ordinal_key" ON "edits"("run_id", "anchor_id", "ordinal");

-- CreateIndex
CREATE INDEX "instruction_failures_run_id_id_idx" ON "instruction_failures"("run_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "source_renders_recipe_hash_key" ON "source_renders"("recipe_hash");

-- CreateIndex
CREATE INDEX "source_renders_anchor_id_idx" ON "source_renders"("anchor_id");

-- CreateIndex
CREATE INDEX "candidates_run_id_id_idx" ON "candidates"("run_id", "id");

-- CreateIndex
CREATE INDEX "candidates_edit_id_idx" ON "candidates"("edit_id");

-- CreateIndex
CREATE UNIQUE INDEX "candidates_run_id_edit_id_recipe_hash_key" ON "candidates"("run_id", "edit_id", "recipe_hash");

-- CreateIndex
CREATE UNIQUE INDEX "selection_policies_project_id_name_version_key" ON "selection_policies"("project_id", "name", "version");

-- CreateIndex
CREATE INDEX "samples_project_id_state_id_idx" ON "samples"("project_id", "state", "id");

-- CreateIndex
CREATE INDEX "samples_project_id_edit_type_state_id_idx" ON "samples"("project_id", "edit_type", "state", "id");

-- CreateIndex
CREATE INDEX "samples_run_id_state_id_idx" ON "samples"("run_id", "state", "id");

-- CreateIndex
CREATE UNIQUE INDEX "samples_candidate_id_policy_id_key" ON "samples"("candidate_id", "policy_id");

-- CreateIndex
CREATE UNIQUE INDEX "decisions_undoes_id_key" ON "decisions"("undoes_id");

-- CreateIndex
CREATE INDEX "decisions_sample_id_id_idx" ON "decisions"("sample_id", "id");

-- CreateIndex
CREATE INDEX "decisions_actor_id_id_idx" ON "decisions"("actor_id", "id");

-- CreateIndex
CREATE INDEX "masks_image_sha_idx" ON "masks"("image_sha");

-- CreateIndex
CREATE INDEX "masks_edit_id_idx" ON "masks"("edit_id");

-- CreateIndex
CREATE UNIQUE INDEX "releases_project_id_name_key" ON "releases"("project_id", "name");

-- CreateIndex
CREATE INDEX "release_samples_sample_id_idx" ON "release_samples"("sample_id");

-- CreateIndex
CREATE INDEX "exports_release_id_id_idx" ON "exports"("release_id", "id");

-- CreateIndex
CREATE INDEX "imports_project_id_id_idx" ON "imports"("project_id", "id");

-- CreateIndex
CREATE INDEX "import_notes_import_id_id_idx" ON "import_notes"("import_id", "id");

-- AddForeignKey
ALTER TABLE "members" ADD CONSTRAINT "members_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "anchors" ADD CONSTRAINT "anchors_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "anchors" ADD CONSTRAINT "anchors_image_sha_fkey" FOREIGN KEY ("image_sha") REFERENCES "images"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "anchors" ADD CONSTRAINT "anchors_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "imports"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "seeds" ADD CONSTRAINT "seeds_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "seeds" ADD CONSTRAINT "seeds_anchor_id_fkey" FOREIGN KEY ("anchor_id") REFERENCES "anchors"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "seeds" ADD CONSTRAINT "seeds_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "members"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "runs" ADD CONSTRAINT "runs_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "runs" ADD CONSTRAINT "runs_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "members"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "runs" ADD CONSTRAINT "runs_policy_id_fkey" FOREIGN KEY ("policy_id") REFERENCES "selection_policies"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run_stages" ADD CONSTRAINT "run_stages_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run_anchors" ADD CONSTRAINT "run_anchors_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run_anchors" ADD CONSTRAINT "run_anchors_anchor_id_fkey" FOREIGN KEY ("anchor_id") REFERENCES "anchors"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "edits" ADD CONSTRAINT "edits_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "edits" ADD CONSTRAINT "edits_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "edits" ADD CONSTRAINT "edits_anchor_id_fkey" FOREIGN KEY ("anchor_id") REFERENCES "anchors"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "instruction_failures" ADD CONSTRAINT "instruction_failures_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "source_renders" ADD CONSTRAINT "source_renders_anchor_id_fkey" FOREIGN KEY ("anchor_id") REFERENCES "anchors"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "source_renders" ADD CONSTRAINT "source_renders_image_sha_fkey" FOREIGN KEY ("image_sha") REFERENCES "images"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "candidates" ADD CONSTRAINT "candidates_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "candidates" ADD CONSTRAINT "candidates_edit_id_fkey" FOREIGN KEY ("edit_id") REFERENCES "edits"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "candidates" ADD CONSTRAINT "candidates_render_id_fkey" FOREIGN KEY ("render_id") REFERENCES "source_renders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "candidates" ADD CONSTRAINT "candidates_image_sha_fkey" FOREIGN KEY ("image_sha") REFERENCES "images"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "candidates" ADD CONSTRAINT "candidates_mask_id_fkey" FOREIGN KEY ("mask_id") REFERENCES "masks"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "selection_policies" ADD CONSTRAINT "selection_policies_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "samples" ADD CONSTRAINT "samples_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "samples" ADD CONSTRAINT "samples_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "samples" ADD CONSTRAINT "samples_candidate_id_fkey" FOREIGN KEY ("candidate_id") REFERENCES "candidates"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "samples" ADD CONSTRAINT "samples_policy_id_fkey" FOREIGN KEY ("policy_id") REFERENCES "selection_policies"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_sample_id_fkey" FOREIGN KEY ("sample_id") REFERENCES "samples"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "members"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "masks" ADD CONSTRAINT "masks_image_sha_fkey" FOREIGN KEY ("image_sha") REFERENCES "images"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "masks" ADD CONSTRAINT "masks_png_sha_fkey" FOREIGN KEY ("png_sha") REFERENCES "images"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "masks" ADD CONSTRAINT "masks_edit_id_fkey" FOREIGN KEY ("edit_id") REFERENCES "edits"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "releases" ADD CONSTRAINT "releases_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release_samples" ADD CONSTRAINT "release_samples_release_id_fkey" FOREIGN KEY ("release_id") REFERENCES "releases"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release_samples" ADD CONSTRAINT "release_samples_sample_id_fkey" FOREIGN KEY ("sample_id") REFERENCES "samples"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "exports" ADD CONSTRAINT "exports_release_id_fkey" FOREIGN KEY ("release_id") REFERENCES "releases"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "imports" ADD CONSTRAINT "imports_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_notes" ADD CONSTRAINT "import_notes_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "imports"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "counters" ADD CONSTRAINT "counters_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
