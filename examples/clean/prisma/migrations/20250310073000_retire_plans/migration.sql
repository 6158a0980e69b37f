/*
  Warnings:

  - You are about to drop the column `plan` on the `Organization` table. All the data in the column will be lost.

*/
-- AlterTable
ALTER TABLE "Organization" DROP COLUMN "plan",
ADD COLUMN "creditBalance" DECIMAL(12,2) NOT NULL DEFAULT 0,
ADD COLUMN "archivedAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "Agent" ADD COLUMN "lastSeenAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "Customer" ADD COLUMN "notes" TEXT;

-- AlterTable
ALTER TABLE "SlaPolicy" ALTER COLUMN "firstReplyMinutes" SET DEFAULT 240,
ALTER COLUMN "penalty" SET DATA TYPE DECIMAL(12,2);

-- Tags had no colour for a year: fill, then require.
UPDATE "Tag" SET "color" = '#64748b' WHERE "color" IS NULL;
ALTER TABLE "Tag" ALTER COLUMN "color" SET DATA TYPE CHAR(7) USING left("color", 7),
ALTER COLUMN "color" SET DEFAULT '#64748b',
ALTER COLUMN "color" SET NOT NULL;
