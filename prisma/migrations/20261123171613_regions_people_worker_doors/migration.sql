-- CreateEnum
CREATE TYPE "region_kind" AS ENUM ('edit', 'seed', 'sample', 'anchor');

-- CreateEnum
CREATE TYPE "region_state" AS ENUM ('open', 'done', 'skipped');

-- DropIndex
DROP INDEX "source_renders_anchor_id_idx";

-- DropIndex
DROP INDEX "source_renders_recipe_hash_key";

-- AlterTable
ALTER TABLE "masks" ADD COLUMN     "crop" JSONB,
ADD COLUMN     "note" TEXT,
ADD COLUMN     "region_id" UUID,
ADD COLUMN     "save_id" UUID;

-- AlterTable
ALTER TABLE "members" ADD COLUMN     "revoked_at" TIMESTAMPTZ(3),
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "workers" ADD COLUMN     "door_token" TEXT,
ADD COLUMN     "door_url" TEXT;

-- CreateTable
CREATE TABLE "sign_in_links" (
    "id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "secret_hash" CHAR(64) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sign_in_links_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sessions" (
    "id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "secret_hash" CHAR(64) NOT NULL,
    "user_agent" TEXT,
    "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_tokens" (
    "id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "secret_hash" CHAR(64) NOT NULL,
    "seen_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "api_tokens_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "presences" (
    "page_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "place" TEXT NOT NULL,
    "subject" TEXT,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "presences_pkey" PRIMARY KEY ("page_id")
);

-- CreateTable
CREATE TABLE "regions" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "kind" "region_kind" NOT NULL,
    "subject_id" UUID NOT NULL,
    "image_sha" CHAR(64) NOT NULL,
    "anchor_id" UUID,
    "edit_id" UUID,
    "seed_id" UUID,
    "sample_id" UUID,
    "run_id" UUID,
    "edit_type" TEXT,
    "state" "region_state" NOT NULL DEFAULT 'open',
    "skip_reason" TEXT,
    "mask_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,
    "claimed_by_id" UUID,
    "claim_session" UUID,
    "lease_until" TIMESTAMPTZ(3),
    "finished_by_id" UUID,
    "finished_at" TIMESTAMPTZ(3),
    "elapsed_ms" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "regions_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "sign_in_links_secret_hash_key" ON "sign_in_links"("secret_hash");

-- CreateIndex
CREATE INDEX "sign_in_links_member_id_idx" ON "sign_in_links"("member_id");

-- CreateIndex
CREATE UNIQUE INDEX "sessions_secret_hash_key" ON "sessions"("secret_hash");

-- CreateIndex
CREATE INDEX "sessions_member_id_idx" ON "sessions"("member_id");

-- CreateIndex
CREATE INDEX "sessions_expires_at_idx" ON "sessions"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "api_tokens_secret_hash_key" ON "api_tokens"("secret_hash");

-- CreateIndex
CREATE INDEX "api_tokens_member_id_idx" ON "api_tokens"("member_id");

-- CreateIndex
CREATE INDEX "presences_member_id_idx" ON "presences"("member_id");

-- CreateIndex
CREATE INDEX "presences_subject_idx" ON "presences"("subject");

-- CreateIndex
CREATE INDEX "presences_seen_at_idx" ON "presences"("seen_at");

-- CreateIndex
CREATE INDEX "regions_project_id_state_id_idx" ON "regions"("project_id", "state", "id");

-- CreateIndex
CREATE INDEX "regions_run_id_state_id_idx" ON "regions"("run_id", "state", "id");

-- CreateIndex
CREATE INDEX "regions_claim_session_idx" ON "regions"("claim_session");

-- CreateIndex
CREATE INDEX "regions_finished_by_id_finished_at_idx" ON "regions"("finished_by_id", "finished_at");

-- CreateIndex
CREATE INDEX "regions_claimed_by_id_idx" ON "regions"("claimed_by_id");

-- CreateIndex
CREATE INDEX "regions_image_sha_idx" ON "regions"("image_sha");

-- CreateIndex
CREATE INDEX "regions_anchor_id_idx" ON "regions"("anchor_id");

-- CreateIndex
CREATE INDEX "regions_edit_id_idx" ON "regions"("edit_id");

-- CreateIndex
CREATE INDEX "regions_seed_id_idx" ON "regions"("seed_id");

-- CreateIndex
CREATE INDEX "regions_sample_id_idx" ON "regions"("sample_id");

-- CreateIndex
CREATE INDEX "regions_mask_id_idx" ON "regions"("mask_id");

-- CreateIndex
CREATE UNIQUE INDEX "regions_kind_subject_id_key" ON "regions"("kind", "subject_id");

-- CreateIndex
CREATE UNIQUE INDEX "masks_save_id_key" ON "masks"("save_id");

-- CreateIndex
CREATE INDEX "masks_author_id_idx" ON "masks"("author_id");

-- CreateIndex
CREATE UNIQUE INDEX "masks_region_id_revision_key" ON "masks"("region_id", "revision");

-- CreateIndex
CREATE UNIQUE INDEX "source_renders_anchor_id_recipe_hash_key" ON "source_renders"("anchor_id", "recipe_hash");

-- AddForeignKey
ALTER TABLE "sign_in_links" ADD CONSTRAINT "sign_in_links_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "members"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "members"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_tokens" ADD CONSTRAINT "api_tokens_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "members"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "presences" ADD CONSTRAINT "presences_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "members"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "masks" ADD CONSTRAINT "masks_region_id_fkey" FOREIGN KEY ("region_id") REFERENCES "regions"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "masks" ADD CONSTRAINT "masks_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "members"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "regions" ADD CONSTRAINT "regions_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "regions" ADD CONSTRAINT "regions_image_sha_fkey" FOREIGN KEY ("image_sha") REFERENCES "images"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "regions" ADD CONSTRAINT "regions_anchor_id_fkey" FOREIGN KEY ("anchor_id") REFERENCES "anchors"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "regions" ADD CONSTRAINT "regions_edit_id_fkey" FOREIGN KEY ("edit_id") REFERENCES "edits"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "regions" ADD CONSTRAINT "regions_seed_id_fkey" FOREIGN KEY ("seed_id") REFERENCES "seeds"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "regions" ADD CONSTRAINT "regions_sample_id_fkey" FOREIGN KEY ("sample_id") REFERENCES "samples"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "regions" ADD CONSTRAINT "regions_mask_id_fkey" FOREIGN KEY ("mask_id") REFERENCES "masks"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "regions" ADD CONSTRAINT "regions_claimed_by_id_fkey" FOREIGN KEY ("claimed_by_id") REFERENCES "members"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "regions" ADD CONSTRAINT "regions_finished_by_id_fkey" FOREIGN KEY ("finished_by_id") REFERENCES "members"("id") ON DELETE SET NULL ON UPDATE CASCADE;
