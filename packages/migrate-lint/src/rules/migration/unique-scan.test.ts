import { expect, jest, test } from '@jest/globals';
import { findingsOf } from '../../../test/lock-rule-testing.ts';
import { say } from '../../../test/migration-testing.ts';
import { rewriteTesting } from '../../../test/rewrite-testing.ts';
import rule from './unique-scan.ts';

jest.setTimeout(120_000);
const { applied } = await rewriteTesting();

const users = `CREATE TABLE "User" ("id" integer PRIMARY KEY, "email" text NOT NULL, "org" integer);
CREATE UNIQUE INDEX "taken" ON "User"("org");
`;
const add = 'ALTER TABLE "User" ADD CONSTRAINT "User_email_key" UNIQUE ("email")';

test.each([
  ['USING INDEX', 'ALTER TABLE "User" ADD CONSTRAINT "taken" UNIQUE USING INDEX "taken";'],
  ['CREATE UNIQUE INDEX', 'CREATE UNIQUE INDEX "User_email_key" ON "User"("email");'],
  ['a table that the migration makes', 'CREATE TABLE "a" ("b" integer UNIQUE); ALTER TABLE "a" ADD UNIQUE ("b");'],
  [
    'a statement that writes the table anew',
    'ALTER TABLE "User" ADD COLUMN "key" uuid UNIQUE DEFAULT gen_random_uuid();',
  ],
  ['a primary key', 'ALTER TABLE "User" DROP CONSTRAINT "User_pkey", ADD PRIMARY KEY ("email");'],
])('is silent of %s', async (_, sql) => {
  expect(await say(rule, users, sql)).toEqual([]);
});

test.each([`${add};`, 'ALTER TABLE "User" ADD COLUMN "n" text CONSTRAINT "User_email_key" UNIQUE;'])(
  'speaks of %s',
  async sql => {
    expect(await say(rule, users, sql)).toEqual([
      'Adding the UNIQUE constraint `User_email_key` takes an ACCESS EXCLUSIVE lock on `User`, which blocks reads and writes until its index is built.',
    ]);
  },
);

test.each([
  ['', 'UNIQUE ("email")', '("email")', ''],
  [
    '',
    'UNIQUE NULLS NOT DISTINCT ("org", "email") INCLUDE ("id")',
    '("org", "email") INCLUDE ("id") NULLS NOT DISTINCT',
    '',
  ],
  ['', 'unique ( org ) deferrable initially deferred', '("org")', ' deferrable initially deferred'],
  ['ADD COLUMN "note" text, ', 'UNIQUE ("email")', '("email")', ''],
])('%s%s takes over an index that is built CONCURRENTLY', async (more, unique, keys, rest) => {
  const sql = `-- mine\nALTER TABLE "User" ${more}ADD CONSTRAINT "k""1" ${unique};\n\nSELECT 1;\n`;
  const { files, migrations, said, locks } = await applied(rule, users, sql);
  expect(files['2_next']).not.toContain('CONSTRAINT');
  expect(migrations).toHaveLength(2);
  expect(migrations[0]).toContain(`CREATE UNIQUE INDEX CONCURRENTLY "k""1" ON "User"${keys};`);
  expect(migrations[1]).toContain(`ALTER TABLE "User" ADD CONSTRAINT "k""1" UNIQUE USING INDEX "k""1"${rest};`);
  expect(said).toEqual([]);
  expect(locks.find(each => each.sql.includes('CONCURRENTLY'))?.locks.map(({ mode }) => mode)).toEqual([
    'SHARE UPDATE EXCLUSIVE',
  ]);
});

test.each([
  ['a foreign key that needs it', `${add};\nCREATE TABLE "a" ("email" text REFERENCES "User"("email"));`],
  ['a table that has another name later', `${add};\nALTER TABLE "User" RENAME TO "Account";`],
  ['a column that goes', `${add};\nALTER TABLE "User" DROP COLUMN "email";`],
  ['ON CONFLICT', `${add};\nINSERT INTO "User" VALUES (1, '') ON CONFLICT ("email") DO NOTHING;`],
  ['a comment on it', `${add};\nCOMMENT ON CONSTRAINT "User_email_key" ON "User" IS 'one each';`],
  ['the definition of a column', 'ALTER TABLE "User" ADD COLUMN "n" text UNIQUE;'],
  ['a storage parameter', 'ALTER TABLE "User" ADD CONSTRAINT "k" UNIQUE ("email") WITH (fillfactor = 70);'],
  ['a DO block', `DO $$ BEGIN ${add}; END $$;`],
])('has no text for %s', async (_, sql) => {
  expect(await findingsOf(rule, users, sql)).toMatchObject([{ fix: { sql: null, edits: [] } }]);
});
