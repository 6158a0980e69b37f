-- DropIndex
DROP INDEX "Message_ticketId_idx";

-- DropIndex
DROP INDEX "Ticket_organizationId_status_idx";

-- AlterTable
ALTER TABLE "Message" ADD COLUMN "internal" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "Ticket" ADD COLUMN "firstReplyAt" TIMESTAMPTZ(3),
ADD COLUMN "solvedAt" TIMESTAMPTZ(3),
ALTER COLUMN "subject" SET DATA TYPE TEXT;

-- CreateIndex
CREATE INDEX "Ticket_organizationId_status_createdAt_idx" ON "Ticket"("organizationId", "status", "createdAt" DESC);

-- CreateIndex
CREATE INDEX "Message_agentId_idx" ON "Message"("agentId");

-- CreateIndex
CREATE INDEX "Message_customerId_idx" ON "Message"("customerId");
