-- AlterTable
ALTER TABLE "runs" ADD COLUMN     "listing" BOOLEAN NOT NULL DEFAULT false;
