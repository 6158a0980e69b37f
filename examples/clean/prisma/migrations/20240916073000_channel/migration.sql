-- CreateEnum
CREATE TYPE "channel" AS ENUM ('email', 'chat');

-- AlterTable
ALTER TABLE "Ticket" ADD COLUMN "channel" "channel" NOT NULL DEFAULT 'email';

-- AlterEnum
ALTER TYPE "channel" ADD VALUE IF NOT EXISTS 'phone';
