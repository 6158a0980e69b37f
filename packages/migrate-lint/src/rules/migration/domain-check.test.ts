import { expect, jest, test } from '@jest/globals';
import { findingsOf } from '../../../test/lock-rule-testing.ts';
import { say } from '../../../test/migration-testing.ts';
import { rewriteTesting } from '../../../test/rewrite-testing.ts';
import rule from './domain-check.ts';

jest.setTimeout(120_000);
const { applied } = await rewriteTesting();

const domain = 'CREATE DOMAIN "email" AS text;\n';
const users = `${domain}CREATE TABLE "User" ("id" integer PRIMARY KEY, "email" "email");
CREATE TABLE "Lead" ("id" integer PRIMARY KEY, "mail" "email", "other" "email");
`;
const add = `ALTER DOMAIN "email" ADD CONSTRAINT "an_at" CHECK (VALUE LIKE '%@%')`;

test.each([
  ['a domain that no column has', domain, `${add};`],
  ['a table that the migration makes', domain, `CREATE TABLE "a" ("b" "email");\n${add};`],
  ['NOT VALID', users, `${add} NOT VALID;`],
  ['VALIDATE', `${users}${add} NOT VALID;`, 'ALTER DOMAIN "email" VALIDATE CONSTRAINT "an_at";'],
  ['a new domain', users, 'CREATE DOMAIN "positive" AS integer CHECK (VALUE > 0);'],
  ['DROP', `${users}${add} NOT VALID;`, 'ALTER DOMAIN "email" DROP CONSTRAINT "an_at";'],
])('is silent of %s', async (_, before, sql) => {
  expect(await say(rule, before, sql)).toEqual([]);
});

test('names the tables', async () => {
  expect(await say(rule, users, `${add};`)).toEqual([
    'Adding a constraint to the domain `email` takes SHARE locks on `User`, `Lead`, which block every write until all rows of these tables are read.',
  ]);
  expect(await say(rule, users, 'DROP TABLE "Lead";\nALTER DOMAIN "email" SET NOT NULL;')).toEqual([
    'Setting the domain `email` NOT NULL takes SHARE locks on `User`, which block every write until all rows of the table are read.',
  ]);
});

test.each([add, `${add} `])('%j is validated later', async sql => {
  const { files, migrations, said } = await applied(rule, users, `${sql};\n`);
  expect(files['2_next']).toContain(`${add} NOT VALID`);
  expect(migrations).toHaveLength(1);
  expect(migrations[0]).toContain('ALTER DOMAIN "email" VALIDATE CONSTRAINT "an_at";');
  expect(said).toEqual([]);
});

test('quotes what it names', async () => {
  const hostile = `CREATE DOMAIN "an ""e-mail"" VALIDATE" AS text;\nCREATE TABLE "User" ("mail" "an ""e-mail"" VALIDATE");`;
  const { migrations, said } = await applied(
    rule,
    hostile,
    `ALTER DOMAIN "an ""e-mail"" VALIDATE" ADD CONSTRAINT "c ""1" CHECK (VALUE <> '');`,
  );
  expect(migrations.join('')).toContain('ALTER DOMAIN "an ""e-mail"" VALIDATE" VALIDATE CONSTRAINT "c ""1";');
  expect(said).toEqual([]);
});

test('has no text for NOT NULL', async () => {
  expect(await findingsOf(rule, users, 'ALTER DOMAIN "email" SET NOT NULL;')).toMatchObject([
    { level: 'high', fix: null },
  ]);
});
