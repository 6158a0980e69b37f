import { expect, test } from '@jest/globals';
import { auditOf } from '../testing.ts';
import blockingIndex from './migration/blocking-index.ts';
import blockingIndexDrop from './migration/blocking-index-drop.ts';
import blockingRefresh from './migration/blocking-refresh.ts';
import blockingReindex from './migration/blocking-reindex.ts';
import collationChange from './migration/collation-change.ts';
import concurrentlyInTransaction from './migration/concurrently-in-transaction.ts';
import generatedColumn from './migration/generated-column.ts';
import identityColumn from './migration/identity-column.ts';
import invalidIndexKept from './migration/invalid-index-kept.ts';
import partitionedIndex from './migration/partitioned-index.ts';
import serialColumn from './migration/serial-column.ts';
import setAccessMethod from './migration/set-access-method.ts';
import setLogged from './migration/set-logged.ts';
import setNotNull from './migration/set-not-null.ts';
import setTablespace from './migration/set-tablespace.ts';
import typeRewrite from './migration/type-rewrite.ts';
import vacuumFull from './migration/vacuum-full.ts';
import volatileDefault from './migration/volatile-default.ts';

const rules = [
  ...[blockingIndex, blockingIndexDrop, blockingRefresh, blockingReindex, collationChange, concurrentlyInTransaction],
  ...[generatedColumn, identityColumn, invalidIndexKept, partitionedIndex, serialColumn, setAccessMethod, setLogged],
  ...[setNotNull, setTablespace, typeRewrite, vacuumFull, volatileDefault],
];

/** What Prisma writes day by day, with nothing in it that anybody would have to wait for. */
const migrations = {
  '1_init': `-- CreateEnum
CREATE TYPE "Role" AS ENUM ('USER', 'ADMIN');

-- CreateTable
CREATE TABLE "User" (
    "id" SERIAL NOT NULL,
    "uuid" UUID NOT NULL DEFAULT gen_random_uuid(),
    "email" VARCHAR(100) NOT NULL,
    "role" "Role" NOT NULL DEFAULT 'USER',
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "User_email_key" ON "User"("email");
`,
  '2_posts': `-- CreateTable
CREATE TABLE "Post" (
    "id" TEXT NOT NULL,
    "authorId" INTEGER NOT NULL,
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],

    CONSTRAINT "Post_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "_PostToUser" (
    "A" TEXT NOT NULL,
    "B" INTEGER NOT NULL
);

-- CreateIndex
CREATE INDEX "Post_authorId_idx" ON "Post"("authorId");

-- CreateIndex
CREATE UNIQUE INDEX "_PostToUser_AB_unique" ON "_PostToUser"("A", "B");

-- CreateIndex
CREATE INDEX "_PostToUser_B_index" ON "_PostToUser"("B");

-- AddForeignKey
ALTER TABLE "Post" ADD CONSTRAINT "Post_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
`,
  '3_more': `-- AlterEnum
ALTER TYPE "Role" ADD VALUE 'OWNER';

-- AlterTable
ALTER TABLE "User" ADD COLUMN     "active" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "balance" DECIMAL(10,2) NOT NULL DEFAULT 0,
ADD COLUMN     "name" TEXT,
ADD COLUMN     "seen" TIMESTAMP(3) DEFAULT now(),
ADD COLUMN     "settings" JSONB NOT NULL DEFAULT '{}',
ALTER COLUMN "email" DROP NOT NULL,
ALTER COLUMN "email" SET DATA TYPE TEXT,
ALTER COLUMN "uuid" DROP DEFAULT;
`,
  '4_less': `-- DropForeignKey
ALTER TABLE "Post" DROP CONSTRAINT "Post_authorId_fkey";

-- DropIndex
DROP INDEX "Post_authorId_idx";

-- AlterTable
ALTER TABLE "Post" DROP COLUMN "authorId",
ALTER COLUMN "tags" DROP DEFAULT;

-- RenameIndex
ALTER INDEX "User_email_key" RENAME TO "User_mail_key";

-- AlterTable
ALTER TABLE "User" RENAME CONSTRAINT "User_pkey" TO "Person_pkey";

-- DropTable
DROP TABLE "_PostToUser";
`,
  '5_by_hand': `CREATE INDEX CONCURRENTLY "User_name_idx" ON "User" USING gin (to_tsvector('english', "name"));`,
};

test.each(rules.map(rule => [rule.id, rule] as const))(
  '%s is silent of what Prisma writes day by day',
  async (_, rule) => {
    const { report } = await auditOf({ schema: 'model Nothing {\n  id Int @id\n}\n', migrations, facts: [] }, [rule]);
    expect([report.skipped, report.findings]).toEqual([[], []]);
  },
);
