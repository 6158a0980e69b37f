-- CreateTable
CREATE TABLE "SlaPolicy" (
    "id" SERIAL NOT NULL,
    "organizationId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "firstReplyMinutes" INTEGER NOT NULL,
    "resolveMinutes" INTEGER NOT NULL,
    "penalty" DECIMAL(10,2),

    CONSTRAINT "SlaPolicy_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "SlaPolicy_minutes_check" CHECK ("firstReplyMinutes" > 0 AND "resolveMinutes" >= "firstReplyMinutes")
);

-- CreateIndex
CREATE UNIQUE INDEX "SlaPolicy_organizationId_name_key" ON "SlaPolicy"("organizationId", "name");

-- AddForeignKey
ALTER TABLE "SlaPolicy" ADD CONSTRAINT "SlaPolicy_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AlterTable
ALTER TABLE "Ticket" ADD COLUMN "slaPolicyId" INTEGER;

-- CreateIndex
CREATE INDEX "Ticket_slaPolicyId_idx" ON "Ticket"("slaPolicyId");

-- AddForeignKey, first without a look at the rows
ALTER TABLE "Ticket" ADD CONSTRAINT "Ticket_slaPolicyId_fkey" FOREIGN KEY ("slaPolicyId") REFERENCES "SlaPolicy"("id") ON DELETE SET NULL ON UPDATE CASCADE NOT VALID;
ALTER TABLE "Ticket" VALIDATE CONSTRAINT "Ticket_slaPolicyId_fkey";
