CREATE EXTENSION IF NOT EXISTS btree_gist;

-- CreateTable
CREATE TABLE "OnCallShift" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "teamId" TEXT NOT NULL,
    "agentId" TEXT NOT NULL,
    "startsAt" TIMESTAMPTZ(3) NOT NULL,
    "endsAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "OnCallShift_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "OnCallShift_order_check" CHECK ("startsAt" < "endsAt")
);

-- CreateIndex
CREATE INDEX "OnCallShift_teamId_startsAt_idx" ON "OnCallShift"("teamId", "startsAt");

-- CreateIndex
CREATE INDEX "OnCallShift_agentId_idx" ON "OnCallShift"("agentId");

-- AddForeignKey
ALTER TABLE "OnCallShift" ADD CONSTRAINT "OnCallShift_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OnCallShift" ADD CONSTRAINT "OnCallShift_agentId_fkey" FOREIGN KEY ("agentId") REFERENCES "Agent"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Nobody is on call twice for one team at one time.
ALTER TABLE "OnCallShift" ADD CONSTRAINT "OnCallShift_no_overlap"
  EXCLUDE USING gist ("teamId" WITH =, tstzrange("startsAt", "endsAt") WITH &&);
