-- RenameColumn
ALTER TABLE "Ticket" RENAME COLUMN "assigneeId" TO "ownerId";

-- RenameForeignKey
ALTER TABLE "Ticket" RENAME CONSTRAINT "Ticket_assigneeId_fkey" TO "Ticket_ownerId_fkey";

-- RenameIndex
ALTER INDEX "Ticket_assigneeId_idx" RENAME TO "Ticket_ownerId_idx";
