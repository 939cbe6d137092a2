-- AlterTable
ALTER TABLE "run_yields" ADD COLUMN     "lessons" JSONB;
