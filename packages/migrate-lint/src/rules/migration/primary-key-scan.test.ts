import { expect, jest, test } from '@jest/globals';
import { findingsOf } from '../../../test/lock-rule-testing.ts';
import { say } from '../../../test/migration-testing.ts';
import { rewriteTesting } from '../../../test/rewrite-testing.ts';
import rule from './primary-key-scan.ts';

jest.setTimeout(120_000);
const { applied } = await rewriteTesting();

const tables = `CREATE TABLE "_PostToTag" ("A" integer NOT NULL, "B" integer NOT NULL, "C" integer);
CREATE UNIQUE INDEX "_PostToTag_AB_unique" ON "_PostToTag"("A", "B");
CREATE UNIQUE INDEX "c" ON "_PostToTag"("C");
CREATE TABLE "User" ("id" integer NOT NULL, "key" uuid NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
`;
const add = 'ALTER TABLE "_PostToTag" ADD CONSTRAINT "_PostToTag_AB_pkey" PRIMARY KEY ("A", "B")';

test.each([
  ['USING INDEX', 'ALTER TABLE "_PostToTag" ADD CONSTRAINT "x" PRIMARY KEY USING INDEX "_PostToTag_AB_unique";'],
  [
    'USING INDEX on a column of which a CHECK says that it is not null',
    `ALTER TABLE "_PostToTag" ADD CONSTRAINT "nn" CHECK ("C" IS NOT NULL);
ALTER TABLE "_PostToTag" ADD CONSTRAINT "c" PRIMARY KEY USING INDEX "c";`,
  ],
  ['a table that the migration makes', 'CREATE TABLE "a" ("b" integer); ALTER TABLE "a" ADD PRIMARY KEY ("b");'],
  ['a statement that writes the table anew', 'ALTER TABLE "_PostToTag" ADD COLUMN "id" SERIAL PRIMARY KEY;'],
])('is silent of %s', async (_, sql) => {
  expect(await say(rule, tables, sql)).toEqual([]);
});

test('says what takes long', async () => {
  const start = 'takes an ACCESS EXCLUSIVE lock on `_PostToTag`, which blocks reads and writes until';
  expect(await say(rule, tables, `${add};`)).toEqual([
    `Adding the primary key \`_PostToTag_AB_pkey\` ${start} its index is built.`,
  ]);
  expect(await say(rule, tables, 'ALTER TABLE "_PostToTag" ADD CONSTRAINT "c" PRIMARY KEY USING INDEX "c";')).toEqual([
    `Adding the primary key \`c\` ${start} all rows are searched for a NULL in \`C\`.`,
  ]);
});

test('takes over the unique index that Prisma drops', async () => {
  const sql = `-- AlterTable\n${add};\n\n-- DropIndex\nDROP INDEX "_PostToTag_AB_unique";\n`;
  const { files, migrations, said } = await applied(rule, tables, sql);
  expect(files).toEqual({
    '2_next':
      '-- AlterTable\nALTER TABLE "_PostToTag" ADD CONSTRAINT "_PostToTag_AB_pkey" PRIMARY KEY USING INDEX "_PostToTag_AB_unique";\n',
  });
  expect(migrations).toEqual([]);
  expect(said).toEqual([]);
});

test('builds the index CONCURRENTLY where none goes, and puts the new key in the place of the old one', async () => {
  const sql = 'ALTER TABLE "User" DROP CONSTRAINT "User_pkey", ADD CONSTRAINT "User_pkey" PRIMARY KEY ("key");';
  const { migrations, said } = await applied(rule, tables, `${sql}\nSELECT 1;`);
  expect(migrations).toHaveLength(2);
  expect(migrations[0]).toContain('CREATE UNIQUE INDEX CONCURRENTLY "User_pkey_new" ON "User"("key");');
  expect(migrations[1]).toContain(
    'ALTER TABLE "User" DROP CONSTRAINT "User_pkey", ADD CONSTRAINT "User_pkey" PRIMARY KEY USING INDEX "User_pkey_new";',
  );
  expect(said).toEqual([]);
});

test.each([
  ['a column that may be NULL', 'ALTER TABLE "_PostToTag" ADD PRIMARY KEY ("C");'],
  [
    'a key that is needed at once',
    `${add};\nCREATE TABLE "a" ("A" integer, "B" integer, FOREIGN KEY ("A", "B") REFERENCES "_PostToTag");`,
  ],
  ['other clauses', 'ALTER TABLE "_PostToTag" ADD COLUMN "d" integer, ADD PRIMARY KEY ("A");'],
])('has no text for %s', async (_, sql) => {
  expect(await findingsOf(rule, tables, sql)).toMatchObject([{ fix: { sql: null, edits: [] } }]);
});
