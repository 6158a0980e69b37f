-- Renamed by hand: the generated script dropped "Image" and made an empty "Attachment".
-- The sequence keeps its old name; the default follows it by its oid.
ALTER TABLE "Image" RENAME TO "Attachment";
ALTER TABLE "Attachment" RENAME CONSTRAINT "Image_pkey" TO "Attachment_pkey";
ALTER TABLE "Attachment" RENAME CONSTRAINT "Image_messageId_fkey" TO "Attachment_messageId_fkey";
ALTER INDEX "Image_messageId_idx" RENAME TO "Attachment_messageId_idx";

-- AlterTable
ALTER TABLE "Attachment" ADD COLUMN "contentType" TEXT NOT NULL DEFAULT 'application/octet-stream',
ALTER COLUMN "width" DROP NOT NULL,
ALTER COLUMN "width" SET DATA TYPE SMALLINT,
ALTER COLUMN "height" DROP NOT NULL,
ALTER COLUMN "height" SET DATA TYPE SMALLINT;
