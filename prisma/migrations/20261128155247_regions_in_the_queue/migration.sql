-- AlterTable
ALTER TABLE "regions" ADD COLUMN     "queued" BOOLEAN NOT NULL DEFAULT true;
