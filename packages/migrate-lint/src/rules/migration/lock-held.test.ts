import { expect, test } from '@jest/globals';
import { withPrisma } from '../../../test/lock-rule-testing.ts';
import { say } from '../../../test/migration-testing.ts';
import rule from './lock-held.ts';

const tables = `CREATE TABLE "User" ("id" integer PRIMARY KEY, "org" integer);
CREATE TABLE "Event" ("id" integer PRIMARY KEY, "at" timestamptz, "userId" integer);
ALTER TABLE "User" ADD CONSTRAINT "old" CHECK ("org" > 0) NOT VALID;
CREATE MATERIALIZED VIEW "totals" AS SELECT count(*) FROM "Event";
`;
const alter = 'ALTER TABLE "User" ADD COLUMN "nickname" text;';
const index = 'CREATE INDEX "Event_at_idx" ON "Event"("at");';
const together = (...sql: readonly string[]): string => `BEGIN;\n${sql.join('\n')}\nCOMMIT;`;

test.each([
  ['statements that are transactions of their own', `${alter}\n${index}`],
  ['two transactions', `${together(alter)}\n${together(index)}`],
  ['work before the lock', together(index, alter)],
  [
    'work on the table that is locked',
    together(alter, 'CREATE INDEX ON "User"("org");', 'ALTER TABLE "User" ADD CHECK ("id" > 0);'),
  ],
  [
    'the validation of what the transaction added',
    together(
      'ALTER TABLE "User" ADD CONSTRAINT "c" CHECK ("id" > 0) NOT VALID;',
      'ALTER TABLE "User" VALIDATE CONSTRAINT "c";',
    ),
  ],
  ['locks that let reads go on', together('CREATE INDEX ON "User"("org");', index)],
  ['new tables', together('CREATE TABLE "a" ("id" integer);', 'ALTER TABLE "a" ADD COLUMN "b" text;', index)],
  ['work on new tables', together(alter, 'CREATE TABLE "a" ("id" integer);', 'CREATE INDEX ON "a"("id");')],
  ['a table that is dropped', together('DROP TABLE "User";', index)],
  [
    'moments',
    together(
      alter,
      'ALTER TABLE "Event" ADD COLUMN "note" text;',
      'ALTER TABLE "Event" ADD CONSTRAINT "c" CHECK ("id" > 0) NOT VALID;',
    ),
  ],
  ['what Postgres refuses there', together(alter, 'CREATE INDEX CONCURRENTLY "i" ON "Event"("at");')],
  ['a DO block', together(`DO $$ BEGIN ${alter} END $$;`, index)],
])('is silent of %s', async (_, sql) => {
  expect(await say(rule, tables, sql)).toEqual([]);
});

test.each([
  [index, 'an index on `Event` is built'],
  ['ALTER TABLE "Event" ADD FOREIGN KEY ("userId") REFERENCES "User"("id");', 'all rows of `Event` are read'],
  ['ALTER TABLE "Event" ALTER COLUMN "userId" TYPE bigint;', 'all of `Event` is written anew'],
  ['REFRESH MATERIALIZED VIEW "totals";', 'all of `totals` is written anew'],
  ['ALTER TABLE "User" VALIDATE CONSTRAINT "old";', 'all rows of `User` are read'],
])('speaks of %s', async (work, doing) => {
  expect(await say(rule, tables, together(alter, 'SELECT 1;', work, index))).toEqual([
    `The transaction still holds its ACCESS EXCLUSIVE lock on \`User\` while ${doing}, so all reads and writes of \`User\` wait for it.`,
  ]);
});

test('says it once for each transaction', async () => {
  const other = 'CREATE INDEX ON "Event"("userId");';
  expect(
    await say(
      rule,
      tables,
      `${together(alter, index, other)}\n${together('ALTER TABLE "User" DROP COLUMN "org";', other)}`,
    ),
  ).toHaveLength(2);
});

test('takes a whole file for one transaction up to Prisma 7.3', async () => {
  expect(await say(rule, tables, `${alter}\n${index}`, withPrisma('7.3.0'))).toHaveLength(1);
  expect(await say(rule, tables, `${alter}\n${index}`, withPrisma('7.4.0'))).toEqual([]);
});
