-- Two customers wrote in as Anna@ and anna@ and got two histories.
CREATE EXTENSION IF NOT EXISTS "citext";

-- AlterTable
ALTER TABLE "Customer" ALTER COLUMN "email" SET DATA TYPE CITEXT;
ALTER TABLE "Customer" ALTER COLUMN "name" DROP NOT NULL;

-- Agents sign in with an address that the identity provider spells as it likes; the column stays text, the index decides.
DROP INDEX "Agent_email_key";
CREATE UNIQUE INDEX "Agent_email_lower_key" ON "Agent" (lower("email"));
