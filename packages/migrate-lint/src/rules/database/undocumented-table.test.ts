import { expect, jest, test } from '@jest/globals';
import { databaseTesting } from '../../../test/database-testing.ts';
import rule from './undocumented-table.ts';

jest.setTimeout(120_000);
const database = await databaseTesting(rule);

const ledger = 'CREATE TABLE "ledger" ("id" bigint PRIMARY KEY);';

test.each([
  ['a comment in the database', `${ledger} COMMENT ON TABLE "ledger" IS 'One row for each movement';`, ''],
  ['a documented model', ledger, '/// One row for each movement\nmodel ledger {\n  id BigInt @id\n}\n'],
  ['a comment above the model', ledger, '// One row for each movement\nmodel ledger {\n  id BigInt @id\n}\n'],
  ['an implicit join table', 'CREATE TABLE "_AToB" ("A" int NOT NULL, "B" int NOT NULL);', ''],
])('is silent on %s', async (_, sql, schema) => {
  expect(await database.flagged(sql, schema === '' ? {} : { schema })).toEqual([]);
});

test.each([
  [
    'a table',
    `${ledger} COMMENT ON COLUMN "ledger"."id" IS 'counts';`,
    'Say with COMMENT ON TABLE what a row of `ledger` is',
  ],
  [
    'an empty comment',
    `${ledger} COMMENT ON TABLE "ledger" IS ' ';`,
    'Say with COMMENT ON TABLE what a row of `ledger` is',
  ],
])('tells %s', async (_, sql, title) => {
  expect(await database.findings(sql)).toMatchObject([
    {
      subject: 'ledger',
      message: '`ledger` has no comment, so nobody but its authors knows what a row of it is.',
      fix: { title },
    },
  ]);
});

test('points at the model where there is one', async () => {
  const schema = 'model ledger {\n  id BigInt @id\n}\n';
  expect(await database.findings(ledger, { schema })).toMatchObject([
    { location: { file: 'prisma/schema.prisma', line: 1 }, fix: { title: expect.stringContaining('`///`') } },
  ]);
});
