import { expect, test } from '@jest/globals';
import { say } from '../../test/migration-testing.ts';
import { withPrisma } from '../../test/lock-rule-testing.ts';
import blockingIndex from './migration/blocking-index.ts';
import lockHeld from './migration/lock-held.ts';
import missingLockTimeout from './migration/missing-lock-timeout.ts';
import uniqueScan from './migration/unique-scan.ts';

const before = `CREATE TABLE "events" ("id" integer NOT NULL, "at" date NOT NULL) PARTITION BY RANGE ("at");
CREATE TABLE "rest" PARTITION OF "events" DEFAULT;
CREATE TABLE "logs" ("id" integer NOT NULL, "at" date NOT NULL);
CREATE TABLE "orders" ("id" integer PRIMARY KEY);`;
const make = 'CREATE TABLE "new" (LIKE "events");';
const fill = `INSERT INTO "new" SELECT * FROM "rest" WHERE "at" >= '2026-01-01';`;
const attach = `ALTER TABLE "events" ATTACH PARTITION "new" FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');`;
const index = 'CREATE INDEX "new_id_idx" ON "new"("id");';

test.each([
  ['a table of its own', [make, fill, index]],
  ['an index before', [make, fill, index, attach]],
  ['a partition without rows', [make, attach, index]],
  ['rows that are counted', [make, `INSERT INTO "new" VALUES (1, '2026-01-01');`, attach, index]],
  ['rows that are gone', [make, fill, 'TRUNCATE "new";', attach, index]],
  ['one transaction', ['BEGIN;', make, fill, attach, index, 'COMMIT;']],
  ['a partition that is detached again', [make, fill, attach, 'ALTER TABLE "events" DETACH PARTITION "new";', index]],
  [
    'a partition of a new table',
    [
      `CREATE TABLE "all" (LIKE "events") PARTITION BY RANGE ("at");`,
      make,
      fill,
      attach.replace('events', 'all'),
      index,
    ],
  ],
  ['a condition', [make, fill, `DO $$ BEGIN IF random() < 1 THEN ${attach} END IF; END $$;`, index]],
])('a table that the migration makes is its own: %s', async (_case, statements) => {
  expect(await say(blockingIndex, before, statements.join('\n'))).toEqual([]);
});

test.each([
  ['attached', [make, fill, attach, index]],
  [
    'made as a partition',
    [`CREATE TABLE "new" PARTITION OF "events" FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');`, fill, index],
  ],
  ['attached and filled later', [make, attach, fill, index]],
  ['made of a query', ['CREATE TABLE "new" AS SELECT * FROM "rest";', attach, index]],
  [
    'renamed',
    [
      make.replace('new', 'old'),
      fill.replace('new', 'old'),
      attach.replace('new', 'old'),
      'ALTER TABLE "old" RENAME TO "new";',
      index,
    ],
  ],
  ['attached in a transaction that is over', ['BEGIN;', make, fill, attach, 'COMMIT;', index]],
  [
    'a partition of a partition',
    [
      `CREATE TABLE "all" (LIKE "events") PARTITION BY RANGE ("at");`,
      make,
      fill,
      attach.replace('events', 'all'),
      attach.replace('new', 'all'),
      index,
    ],
  ],
  ['an heir', [make, fill, 'ALTER TABLE "new" INHERIT "logs";', index]],
  ['made as an heir', ['CREATE TABLE "new" () INHERITS ("logs");', fill, index]],
])('it is in use from then on: %s', async (_case, statements) => {
  expect(await say(blockingIndex, before, statements.join('\n'))).toEqual([
    'Building the index `new_id_idx` takes a SHARE lock on `new`, which blocks every write to the table until all of it is read.',
  ]);
});

test('a file that is one transaction keeps it from others until its end', async () => {
  const sql = [make, fill, attach, index].join('\n');
  expect(await say(blockingIndex, before, sql, withPrisma('7.3.0'))).toEqual([]);
  expect(await say(blockingIndex, before, sql, withPrisma('7.4.0'))).toHaveLength(1);
  expect(
    await say(blockingIndex, before, `${sql.replace(index, '')}COMMIT;\n${index}`, withPrisma('7.3.0')),
  ).toHaveLength(1);
});

test('it waits with the parent where that is not deployed', async () => {
  const sql = [make, fill, attach, index].join('\n');
  const migrations = { '0_applied': 'SELECT 1;' };
  expect(
    await say(blockingIndex, before, sql, {
      base: migrations,
      migrations: { ...migrations, '1_before': before, '2_next': sql },
    }),
  ).toEqual([]);
});

test('other rules of locks hear of it', async () => {
  const attached = [make, fill, attach].join('\n');
  const unique = 'ALTER TABLE "new" ADD CONSTRAINT "new_key" UNIQUE ("id");';
  expect(await say(uniqueScan, before, `${attached}\n${unique}`)).toHaveLength(1);
  expect(await say(uniqueScan, before, [make, fill, unique, attach].join('\n'))).toEqual([]);
  const [held] = await say(
    lockHeld,
    before,
    `${attached}\nBEGIN;\nALTER TABLE "orders" ADD COLUMN "a" integer;\n${index}\nCOMMIT;`,
  );
  expect(held).toContain('`orders` while an index on `new` is built');
  const timeout = (sql: string) =>
    say(
      missingLockTimeout,
      before,
      `${sql.replace(attach, `SET lock_timeout = '5s';\n${attach}\nRESET lock_timeout;`)}\n${unique}`,
    );
  expect((await timeout(attached)).find(message => !message.startsWith('before'))).toContain('lock on `new`');
});
