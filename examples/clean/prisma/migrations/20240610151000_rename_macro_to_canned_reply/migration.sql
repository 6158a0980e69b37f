ALTER TABLE "Macro" RENAME TO "CannedReply";

ALTER TABLE "CannedReply" RENAME CONSTRAINT "Macro_pkey" TO "CannedReply_pkey";
ALTER TABLE "CannedReply" RENAME CONSTRAINT "Macro_organizationId_fkey" TO "CannedReply_organizationId_fkey";
ALTER INDEX "Macro_organizationId_shortcut_key" RENAME TO "CannedReply_organizationId_shortcut_key";

-- AlterTable
ALTER TABLE "CannedReply" ALTER COLUMN "shortcut" SET DATA TYPE VARCHAR(40);
