-- CreateEnum
CREATE TYPE "no_probability" AS ENUM ('ordered', 'again', 'direct', 'gold');

-- AlterTable
ALTER TABLE "assignments" ADD COLUMN     "no_probability" "no_probability",
ADD COLUMN     "pool" INTEGER;
