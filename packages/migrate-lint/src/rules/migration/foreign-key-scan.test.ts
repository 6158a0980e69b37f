import { expect, jest, test } from '@jest/globals';
import { findingsOf } from '../../../test/lock-rule-testing.ts';
import { say } from '../../../test/migration-testing.ts';
import { rewriteTesting } from '../../../test/rewrite-testing.ts';
import rule from './foreign-key-scan.ts';

jest.setTimeout(120_000);
const { applied } = await rewriteTesting();

const tables = `CREATE TABLE "User" ("id" integer PRIMARY KEY);
CREATE TABLE "Post" ("id" integer PRIMARY KEY, "authorId" integer NOT NULL);
`;
const add =
  'ALTER TABLE "Post" ADD CONSTRAINT "Post_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "User"("id") ON DELETE CASCADE';

test.each([
  ['NOT VALID', `${add} NOT VALID;`],
  [
    'a table that the migration makes',
    `CREATE TABLE "Like" ("id" integer PRIMARY KEY, "userId" integer NOT NULL);
-- AddForeignKey
ALTER TABLE "Like" ADD CONSTRAINT "Like_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id");`,
  ],
  ['a key in CREATE TABLE', 'CREATE TABLE "Like" ("userId" integer REFERENCES "User"("id"));'],
  ['a column that is added empty', 'ALTER TABLE "Post" ADD COLUMN "editorId" integer REFERENCES "User"("id");'],
  [
    'a temporary table',
    'CREATE TEMP TABLE "t" ("id" integer); ALTER TABLE "t" ADD FOREIGN KEY ("id") REFERENCES "User";',
  ],
  ['a CHECK', 'ALTER TABLE "Post" ADD CHECK ("id" > 0);'],
])('is silent of %s', async (_, sql) => {
  expect(await say(rule, tables, sql)).toEqual([]);
});

test('names both tables, and one that points at itself once', async () => {
  expect(await say(rule, tables, `${add};`)).toEqual([
    'Adding the foreign key `Post_authorId_fkey` takes SHARE ROW EXCLUSIVE locks on `Post` and `User`, which block every write until all rows of `Post` are checked.',
  ]);
  const self = 'ALTER TABLE "Post" ADD CONSTRAINT "parent" FOREIGN KEY ("authorId") REFERENCES "Post"("id");';
  expect(await say(rule, tables, self)).toEqual([
    'Adding the foreign key `parent` takes a SHARE ROW EXCLUSIVE lock on `Post`, which blocks every write until all rows of `Post` are checked.',
  ]);
});

test('says that reads wait too where the transaction has stopped them', async () => {
  const message = (more: string): string =>
    `Adding the foreign key \`Post_authorId_fkey\` takes SHARE ROW EXCLUSIVE locks on \`Post\` and \`User\`, which block every write${more} until all rows of \`Post\` are checked.`;
  const alter = 'ALTER TABLE "Post" ALTER COLUMN "authorId" SET DEFAULT 1;';
  expect(await say(rule, tables, `BEGIN;\n${alter}\n${add};\nCOMMIT;`)).toEqual([
    message(', and with what this transaction locked before every read of `Post`,'),
  ]);
  expect(await say(rule, tables, `BEGIN;\n${alter}\nCOMMIT;\n${add};`)).toEqual([message('')]);
});

test.each([
  ['high', `${add};`],
  ['high', 'ALTER TABLE "Post" ADD COLUMN "editorId" integer DEFAULT 1 REFERENCES "User"("id");'],
  [
    'medium',
    'ALTER TABLE "Post" ADD COLUMN "e" integer;\nALTER TABLE "Post" ADD FOREIGN KEY ("e") REFERENCES "User"("id");',
  ],
  ['medium', `DO $$ BEGIN ${add}; EXCEPTION WHEN duplicate_object THEN NULL; END $$;`],
])('is %s of %s', async (level, sql) => {
  expect(await findingsOf(rule, tables, sql)).toMatchObject([{ level }]);
});

test('validates in a migration of its own', async () => {
  const { files, migrations, said, locks } = await applied(rule, tables, `-- AddForeignKey\n${add};\n`);
  expect(files).toEqual({ '2_next': `-- AddForeignKey\n${add} NOT VALID;\n` });
  expect(migrations).toHaveLength(1);
  expect(migrations[0]).toContain('\nALTER TABLE "Post" VALIDATE CONSTRAINT "Post_authorId_fkey";\n');
  expect(said).toEqual([]);
  expect(locks.at(-1)?.locks.map(({ mode }) => mode)).not.toContain('SHARE ROW EXCLUSIVE');
});

test('mends each of two in one statement, and one that has no name', async () => {
  const sql = `ALTER TABLE "Post"
  ADD FOREIGN KEY ("authorId") REFERENCES "User"("id"), -- the author
  ADD CONSTRAINT "it""self" FOREIGN KEY ("id") REFERENCES "Post"("id");`;
  const { said, migrations } = await applied(rule, tables, sql);
  expect(said).toEqual([]);
  expect(migrations.join('')).toContain('VALIDATE CONSTRAINT "Post_authorId_fkey";');
  expect(migrations.join('')).toContain('VALIDATE CONSTRAINT "it""self";');
});

test.each([
  'ALTER TABLE "Post" DROP CONSTRAINT "Post_authorId_fkey";',
  'ALTER TABLE "Post" RENAME TO "Article";',
  'DROP TABLE "Post";',
])('has no text for what is not the same at the end: %s', async later => {
  expect(await findingsOf(rule, tables, `${add};\n${later}`)).toMatchObject([{ fix: { sql: null, edits: [] } }]);
});

test('has no text where Postgres has none', async () => {
  const parted = `${tables}CREATE TABLE "Event" ("userId" integer) PARTITION BY RANGE ("userId");`;
  const sql = 'ALTER TABLE "Event" ADD FOREIGN KEY ("userId") REFERENCES "User"("id");';
  expect(await findingsOf(rule, parted, sql)).toMatchObject([{ fix: { sql: null, edits: [] } }]);
});
