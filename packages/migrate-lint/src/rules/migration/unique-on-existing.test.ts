import { expect, test } from '@jest/globals';
import { failTesting } from '../../../test/precheck-testing.ts';
import rule from './unique-on-existing.ts';

const { say, finding, rowsFound, codeOf } = failTesting(rule);
const users = `CREATE TABLE "User" ("id" SERIAL NOT NULL, "email" TEXT, "org" INTEGER, "deletedAt" TIMESTAMP(3), CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
CREATE UNIQUE INDEX "User_org_key" ON "User"("org");`;
const unique = 'CREATE UNIQUE INDEX "User_email_key" ON "User"("email");';

test.each([
  ['a new table', 'CREATE TABLE "A" ("b" TEXT); CREATE UNIQUE INDEX "A_b_key" ON "A"("b");'],
  ['an index that is not unique', 'CREATE INDEX "User_email_idx" ON "User"("email");'],
  [
    'a new column that stays NULL',
    'ALTER TABLE "User" ADD COLUMN "slug" TEXT; CREATE UNIQUE INDEX "User_slug_key" ON "User"("slug");',
  ],
  ['a new column of the same statement', 'ALTER TABLE "User" ADD COLUMN "slug" TEXT UNIQUE;'],
  [
    'a new column beside an old one',
    'ALTER TABLE "User" ADD COLUMN "slug" TEXT; CREATE UNIQUE INDEX "k" ON "User"("email", "slug");',
  ],
  [
    'a value of each row',
    'ALTER TABLE "User" ADD COLUMN "token" UUID NOT NULL DEFAULT gen_random_uuid(); CREATE UNIQUE INDEX "k" ON "User"("token");',
  ],
  [
    'serial',
    'ALTER TABLE "User" DROP CONSTRAINT "User_pkey", ADD COLUMN "number" SERIAL NOT NULL, ADD CONSTRAINT "User_pkey" PRIMARY KEY ("number");',
  ],
  [
    'a required column, which needs an empty table',
    'ALTER TABLE "User" ADD COLUMN "slug" TEXT NOT NULL; CREATE UNIQUE INDEX "k" ON "User"("slug");',
  ],
  [
    'numbers given in the migration',
    'ALTER TABLE "User" ADD COLUMN "slug" TEXT; UPDATE "User" SET "slug" = \'u-\' || "id"; CREATE UNIQUE INDEX "k" ON "User"("slug");',
  ],
  [
    'values of a function of the project',
    'ALTER TABLE "User" ADD COLUMN "slug" TEXT; UPDATE "User" SET "slug" = generate_prefix_id() WHERE "slug" IS NULL; CREATE UNIQUE INDEX "k" ON "User"("slug");',
  ],
  ['what was unique', 'CREATE UNIQUE INDEX "User_org_email_key" ON "User"("org", "email");'],
  ['what a key is in', 'CREATE UNIQUE INDEX "User_id_email_key" ON "User"("id", "email");'],
  ['an index made anew', 'DROP INDEX "User_org_key"; CREATE UNIQUE INDEX "User_organisation_key" ON "User"("org");'],
  [
    'an index made anew under new names',
    'DROP INDEX "User_org_key"; ALTER TABLE "User" RENAME COLUMN "org" TO "team"; ALTER TABLE "User" RENAME TO "Member"; CREATE UNIQUE INDEX "Member_team_key" ON "Member"("team");',
  ],
  ['a part of what was unique', 'CREATE UNIQUE INDEX "k" ON "User"("org") WHERE "deletedAt" IS NULL;'],
  [
    'a constraint on the index',
    'ALTER TABLE "User" ADD CONSTRAINT "User_org_unique" UNIQUE USING INDEX "User_org_key";',
  ],
  [
    'duplicates that are deleted',
    `DELETE FROM "User" a USING "User" b WHERE a."email" = b."email" AND a."id" > b."id"; ${unique}`,
  ],
  ['duplicates that are renamed', `UPDATE "User" SET "email" = "email" || "id" WHERE "id" > 1; ${unique}`],
  ['an emptied table', `TRUNCATE TABLE "User" CASCADE; ${unique}`],
  ['what is there', 'CREATE UNIQUE INDEX IF NOT EXISTS "User_org_key" ON "User"("org");'],
  ['a condition', `DO $$ BEGIN IF true THEN ${unique} END IF; END $$;`],
  [
    'the primary key of a join table in the place of its unique index',
    'DROP INDEX "User_org_key"; ALTER TABLE "User" DROP CONSTRAINT "User_pkey", ADD CONSTRAINT "User_pkey" PRIMARY KEY ("id", "org");',
  ],
])('is silent for %s', async (_case, sql) => {
  expect(await say(users, sql)).toEqual([]);
});

test.each([
  ['an index', unique, 'The unique index `User_email_key` fails as soon as two rows of `User` have the same `email`.'],
  [
    'a constraint',
    'ALTER TABLE "User" ADD CONSTRAINT "u" UNIQUE ("email", "deletedAt");',
    'The unique constraint `u` fails as soon as two rows of `User` have the same `email, deletedAt`.',
  ],
  [
    'a primary key that may be NULL',
    'ALTER TABLE "User" DROP CONSTRAINT "User_pkey", ADD CONSTRAINT "p" PRIMARY KEY ("email");',
    'The primary key `p` fails as soon as two rows of `User` have the same `email`, or one has NULL there.',
  ],
  [
    'one value for all',
    `ALTER TABLE "User" ADD COLUMN "slug" TEXT NOT NULL DEFAULT ''; CREATE UNIQUE INDEX "k" ON "User"("slug");`,
    'The unique index `k` fails as soon as `User` has a second row, for all rows get the same `slug`.',
  ],
  [
    'NULLs that are not distinct',
    'ALTER TABLE "User" ADD COLUMN "slug" TEXT; CREATE UNIQUE INDEX "k" ON "User"("slug") NULLS NOT DISTINCT;',
    'The unique index `k` fails as soon as `User` has a second row, for all rows get the same `slug`.',
  ],
  [
    'a value from a name',
    `ALTER TABLE "User" ADD COLUMN "slug" TEXT; UPDATE "User" SET "slug" = lower("email"); CREATE UNIQUE INDEX "k" ON "User"("slug");`,
    'The unique index `k` fails as soon as two rows of `User` have the same `slug`.',
  ],
  [
    'an expression',
    'CREATE UNIQUE INDEX "k" ON "User"(lower("email"));',
    'The unique index `k` fails as soon as two rows of `User` give the same value.',
  ],
  [
    'fewer columns',
    'DROP INDEX "User_org_key"; CREATE UNIQUE INDEX "k" ON "User"("email");',
    'The unique index `k` fails as soon as two rows of `User` have the same `email`.',
  ],
  [
    'another predicate',
    'DROP INDEX "User_org_key"; CREATE UNIQUE INDEX "k" ON "User"("email") WHERE "deletedAt" IS NULL;',
    'The unique index `k` fails as soon as two rows of `User` have the same `email`.',
  ],
])('speaks of %s', async (_case, sql, message) => {
  expect(await say(users, sql)).toEqual([message]);
});

test('is high where two rows are enough', async () => {
  expect((await finding(users, unique)).level).toBe('medium');
  const sql = `ALTER TABLE "User" ADD COLUMN "slug" TEXT DEFAULT 'a', ADD CONSTRAINT "k" UNIQUE ("slug");`;
  expect(await finding(users, sql)).toMatchObject({ level: 'high', text: 'ADD CONSTRAINT "k" UNIQUE ("slug")' });
});

test.each([
  [unique, `('a', 1), ('b', 2), (NULL, 3), (NULL, 4)`, `('a', 1), ('a', 2)`, [{ email: 'a', rows: 2 }]],
  [
    'CREATE UNIQUE INDEX "k" ON "User"("email") NULLS NOT DISTINCT;',
    `(NULL, 1)`,
    `(NULL, 1), (NULL, 2)`,
    [{ email: null, rows: 2 }],
  ],
  [
    'CREATE UNIQUE INDEX "k" ON "User"("email") WHERE "org" > 1 -- some\n;',
    `('a', 1), ('a', 2)`,
    `('a', 2), ('a', 3)`,
    [{ email: 'a', rows: 2 }],
  ],
  [
    `ALTER TABLE "User" ADD COLUMN "n" INT DEFAULT 0; CREATE UNIQUE INDEX "k" ON "User"("email", "n");`,
    `('a', 1)`,
    `('a', 1), ('a', 2)`,
    [{ email: 'a', rows: 2 }],
  ],
  [
    `ALTER TABLE "User" ADD COLUMN "n" INT DEFAULT 0; CREATE UNIQUE INDEX "k" ON "User"("n");`,
    `('a', 1)`,
    `('a', 1), ('b', 2)`,
    [{ rows: 2 }],
  ],
  [
    `ALTER TABLE "User" RENAME COLUMN "email" TO "mail"; CREATE UNIQUE INDEX "k" ON "User"("mail");`,
    `('a', 1)`,
    `('a', 1), ('a', 2)`,
    [{ email: 'a', rows: 2 }],
  ],
])('finds the duplicates of %s', async (sql, good, bad, found) => {
  const rows = (values: string): string => `INSERT INTO "User" ("email", "org") VALUES ${values}`;
  expect(await rowsFound(users, sql, rows(good))).toEqual({ found: [], runs: true });
  expect(await rowsFound(users, sql, rows(bad))).toEqual({ found, runs: false });
});

test('asks nothing that needs the migration first', async () => {
  const filled = `ALTER TABLE "User" ADD COLUMN "slug" TEXT; UPDATE "User" SET "slug" = "email"; CREATE UNIQUE INDEX "k" ON "User"("slug");`;
  const predicate = `ALTER TABLE "User" ADD COLUMN "live" BOOLEAN DEFAULT true; CREATE UNIQUE INDEX "k" ON "User"("email") WHERE "live";`;
  for (const sql of [filled, predicate]) expect((await finding(users, sql)).precheck).toBeNull();
});

const plans = `CREATE TABLE "A" ("id" INTEGER, "b" TEXT DEFAULT 'x', "c" TEXT); INSERT INTO "A" ("id") VALUES (1), (2);`;

test.each([
  ['different values', plans, 'CREATE UNIQUE INDEX "u" ON "A"("id");'],
  ['NULL in them', plans, 'CREATE UNIQUE INDEX "u" ON "A"("c");'],
  ['one row', plans.replace(', (2)', ''), 'CREATE UNIQUE INDEX "u" ON "A"("b");'],
  ['another column that differs', plans, 'ALTER TABLE "A" ADD CONSTRAINT "u" UNIQUE ("b", "id");'],
  ['a condition', plans, 'CREATE UNIQUE INDEX "u" ON "A"("b") WHERE "id" = 1;'],
  ['an UPDATE', `${plans} UPDATE "A" SET "b" = "id";`, 'CREATE UNIQUE INDEX "u" ON "A"("b");'],
])('is silent of rows that it inserts with %s', async (_case, rows, sql) => {
  expect(await say(users, `${rows} ${sql}`)).toEqual([]);
  expect(await codeOf(users, rows, sql)).toBeUndefined();
});

test.each([
  ['they have the same `b`', '23505', 'CREATE UNIQUE INDEX "u" ON "A"("b");'],
  ['they have the same `c, b`', '23505', 'ALTER TABLE "A" ADD CONSTRAINT "u" UNIQUE NULLS NOT DISTINCT ("c", "b");'],
  [
    'they have the same `d`',
    '23505',
    `ALTER TABLE "A" ADD COLUMN "d" INTEGER DEFAULT 0; ALTER TABLE "A" ADD UNIQUE ("d");`,
  ],
  ['they hold NULL in `c`', '23502', 'ALTER TABLE "A" ADD PRIMARY KEY ("id", "c");'],
])('is sure of rows that it inserts: %s', async (why, refused, sql) => {
  const { level, message } = await finding(users, `${plans} ${sql}`);
  expect(level).toBe('critical');
  expect(message).toMatch(
    /^The (?:unique index|unique constraint|primary key) `.*` fails on the rows that the migration inserts, for /,
  );
  expect(message).toContain(`for ${why}.`);
  expect(await codeOf(users, plans, sql)).toBe(refused);
});
