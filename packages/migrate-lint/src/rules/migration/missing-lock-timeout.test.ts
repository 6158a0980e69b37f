import { expect, jest, test } from '@jest/globals';
import { auditOf } from '../../testing.ts';
import { say } from '../../../test/migration-testing.ts';
import { rewriteTesting } from '../../../test/rewrite-testing.ts';
import rule from './missing-lock-timeout.ts';

jest.setTimeout(120_000);
const { applied } = await rewriteTesting();

const users =
  'CREATE TABLE "User" ("id" integer PRIMARY KEY, "email" text);\nCREATE TABLE "Post" ("id" integer PRIMARY KEY);\n';
const alter = 'ALTER TABLE "User" ADD COLUMN "nickname" text;';

test.each([
  ['new tables', 'CREATE TABLE "a" ("id" integer);\nALTER TABLE "a" ADD COLUMN "b" text;\nCREATE INDEX ON "a"("b");'],
  ['a new table with a key to an old one', 'CREATE TABLE "a" ("id" integer REFERENCES "User"("id"));'],
  ['SET', `SET lock_timeout = '5s';\n${alter}`],
  ['SET SESSION … TO', `SET SESSION lock_timeout TO 2000;\n${alter}`],
  ['SET LOCAL in the transaction', `BEGIN;\nSET LOCAL lock_timeout = '5s';\n${alter}\nCOMMIT;`],
  [
    'locks that let reads go on',
    'CREATE INDEX ON "User"("email");\nALTER TABLE "User" ADD FOREIGN KEY ("id") REFERENCES "Post"("id");',
  ],
  ['a temporary table', 'CREATE TEMP TABLE "t" ("id" integer);\nALTER TABLE "t" ADD COLUMN "b" text;'],
  ['a DO block', `DO $$ BEGIN ${alter} END $$;`],
  ['a statement that has to be alone', 'VACUUM FULL "User";'],
  ['rows', `INSERT INTO "User" VALUES (1, '');\nUPDATE "User" SET "email" = NULL;`],
])('is silent of %s', async (_, sql) => {
  expect((await say(rule, users, sql)).filter(message => !message.startsWith('before'))).toEqual([]);
});

test.each(['ALTER ROLE "deploy" SET lock_timeout = \'5s\';', 'ALTER DATABASE "app" SET lock_timeout TO 5000;'])(
  'is silent where an earlier migration says %s',
  async sql => {
    expect(await say(rule, `${users}${sql}`, alter)).toEqual([]);
  },
);

test.each([
  alter,
  'ALTER TABLE "User" ADD COLUMN IF NOT EXISTS "email" text;',
  `${alter}\nDROP TABLE "Post";`,
  `SET lock_timeout = 0;\n${alter}`,
  `SET lock_timeout = '5s';\nRESET lock_timeout;\n${alter}`,
  `BEGIN;\nSET LOCAL lock_timeout = '5s';\nCOMMIT;\n${alter}`,
  `${alter}\nSET lock_timeout = '5s';`,
  `SET statement_timeout = '5s';\n${alter}`,
  'DROP INDEX "User_email_idx";',
])('says it once of %s', async sql => {
  expect(await say(rule, `${users}CREATE INDEX "User_email_idx" ON "User"("email");`, sql)).toEqual([
    'This waits without limit for an ACCESS EXCLUSIVE lock on `User`, and all reads and writes of the table wait behind it, because no `lock_timeout` is set.',
  ]);
});

test('says it once for a project that sets none anywhere, and of each later file for one that does', async () => {
  const history = {
    '1_a': users,
    '2_b': alter,
    '4_d': 'DROP TABLE "Post";',
    '5_e': 'CREATE TABLE "x" ("id" integer);',
  };
  const start = 'This waits without limit for an ACCESS EXCLUSIVE lock on';
  const end = 'and all reads and writes of the table wait behind it, because no `lock_timeout` is set';
  const run = async (more: Readonly<Record<string, string>>): Promise<readonly string[]> => {
    const migrations = { ...history, ...more };
    const { report } = await auditOf({ schema: 'model A {\n  id Int @id\n}\n', migrations, facts: [] }, [rule]);
    return report.findings.filter(finding => finding.rule === rule.id).map(({ message }) => message);
  };
  expect(await run({})).toEqual([`${start} \`Post\`, ${end} (nor in 1 other migration).`]);
  for (const word of ["SET lock_timeout = '5s';", '-- migrate-lint-ignore migration/missing-lock-timeout -- small']) {
    expect(await run({ '1_b': `${word}\nSELECT 1;` })).toHaveLength(2);
    expect(await run({ '3_c': `${word}\nSELECT 1;` })).toHaveLength(1);
  }
});

test('sees the table that a foreign key drags in', async () => {
  const keyed = `${users}CREATE TABLE "Like" ("userId" integer CONSTRAINT "k" REFERENCES "User"("id"));`;
  expect(await say(rule, keyed, 'DROP TABLE "Like";')).toHaveLength(1);
});

test.each([
  [`-- AlterTable\n${alter}\n`, `SET lock_timeout = '5s';\n\n-- AlterTable\n${alter}\n`],
  [`\uFEFF${alter}\n`, `\uFEFFSET lock_timeout = '5s';\n\n${alter}\n`],
  [
    `/*\n  Warnings:\n\n  - a\n*/\n-- why\n-- AlterTable\n${alter}\n`,
    `/*\n  Warnings:\n\n  - a\n*/\nSET lock_timeout = '5s';\n\n-- why\n-- AlterTable\n${alter}\n`,
  ],
  [`-- Mine.\n\n${alter}`, `-- Mine.\n\nSET lock_timeout = '5s';\n\n${alter}`],
  [`BEGIN;\n${alter}\nCOMMIT;`, `SET lock_timeout = '5s';\n\nBEGIN;\n${alter}\nCOMMIT;`],
])('sets it above the first statement of %j', async (sql, expected) => {
  const { files, migrations, said } = await applied(rule, users, sql);
  expect(files).toEqual({ '2_next': expected });
  expect(migrations).toEqual([]);
  expect(said).toEqual([]);
});
