-- AlterTable
ALTER TABLE "masks" ADD COLUMN     "area" INTEGER,
ADD COLUMN     "soft" BOOLEAN;
