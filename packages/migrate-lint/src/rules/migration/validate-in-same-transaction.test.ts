import { expect, jest, test } from '@jest/globals';
import { withPrisma } from '../../../test/lock-rule-testing.ts';
import { say } from '../../../test/migration-testing.ts';
import { rewriteTesting } from '../../../test/rewrite-testing.ts';
import rule from './validate-in-same-transaction.ts';

jest.setTimeout(120_000);
const { applied } = await rewriteTesting();

const orders = `CREATE TABLE "User" ("id" integer PRIMARY KEY);
CREATE TABLE "orders" ("id" integer PRIMARY KEY, "total" integer, "userId" integer);
`;
const add = 'ALTER TABLE "orders" ADD CONSTRAINT "positive" CHECK ("total" >= 0) NOT VALID;';
const validate = 'ALTER TABLE "orders" VALIDATE CONSTRAINT "positive";';

test.each([
  ['two transactions', orders, `${add}\n${validate}`],
  ['a transaction that was committed', orders, `BEGIN;\n${add}\nCOMMIT;\n${validate}`],
  ['a constraint of an earlier migration', `${orders}${add}`, `BEGIN;\n${validate}\nCOMMIT;`],
  [
    'a table that the migration makes',
    '',
    `BEGIN;\nCREATE TABLE "orders" ("total" integer);\n${add}\n${validate}\nCOMMIT;`,
  ],
])('is silent of %s', async (_, before, sql) => {
  expect(await say(rule, before, sql)).toEqual([]);
});

test.each([
  `BEGIN;\n${add}\n${validate}\nCOMMIT;`,
  `BEGIN;\n${add}\nUPDATE "orders" SET "total" = 0;\n${validate}\nCOMMIT;`,
  'ALTER TABLE "orders" ADD CONSTRAINT "positive" CHECK ("total" >= 0) NOT VALID, VALIDATE CONSTRAINT "positive";',
])('speaks of %s', async sql => {
  expect(await say(rule, orders, sql)).toEqual([
    'Validating `positive` in the transaction that added it keeps the ACCESS EXCLUSIVE lock on `orders` that blocks reads and writes until all rows are checked.',
  ]);
});

test('is silent where another runner than Prisma fills in names, but for what stands between BEGIN and COMMIT', async () => {
  const more = {
    ...withPrisma('6.19.0'),
    migrations: { '1_before': orders, '2_next': `${add}\n${validate}`, '3_more': 'SELECT 1 FROM "orders";' },
  };
  expect(await say(rule, '', '', more)).toHaveLength(1);
  const template = { ...more.migrations, '3_more': 'SELECT 1 FROM /* SCHEMA */."orders";' };
  expect(await say(rule, '', '', { ...more, migrations: template })).toEqual([]);
  const block = { ...template, '2_next': `BEGIN;\n${add}\n${validate}\nCOMMIT;` };
  expect(await say(rule, '', '', { ...more, migrations: block })).toHaveLength(1);
});

test('names both tables of a foreign key', async () => {
  const key =
    'ALTER TABLE "orders" ADD CONSTRAINT "positive" FOREIGN KEY ("userId") REFERENCES "User"("id") NOT VALID;';
  expect(await say(rule, orders, `BEGIN;\n${key}\n${validate}\nCOMMIT;`)).toEqual([
    'Validating `positive` in the transaction that added it keeps the SHARE ROW EXCLUSIVE locks on `orders` and `User` that block every write until all rows are checked.',
  ]);
});

test.each([
  `BEGIN;\n${add}\n\n${validate}\n\nCOMMIT;\n`,
  'ALTER TABLE "orders" ADD CONSTRAINT "positive" CHECK ("total" >= 0) NOT VALID, VALIDATE CONSTRAINT "positive";',
])('validates in a migration of its own: %s', async sql => {
  const { files, migrations, said } = await applied(rule, orders, sql);
  expect(files['2_next']).not.toContain('VALIDATE');
  expect(migrations).toHaveLength(1);
  expect(migrations[0]).toContain(`\n${validate}\n`);
  expect(said).toEqual([]);
});

test('takes a whole file for one transaction up to Prisma 7.3', async () => {
  expect(await say(rule, orders, `${add}\n${validate}`, withPrisma('7.3.0'))).toHaveLength(1);
  expect(await say(rule, orders, `${add}\n${validate}`, withPrisma('7.4.0'))).toEqual([]);
});
