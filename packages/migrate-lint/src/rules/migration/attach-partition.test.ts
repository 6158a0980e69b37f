import { expect, test } from '@jest/globals';
import { findingsOf } from '../../../test/lock-rule-testing.ts';
import { say } from '../../../test/migration-testing.ts';
import rule from './attach-partition.ts';

const events = 'CREATE TABLE "events" ("id" integer NOT NULL, "at" date NOT NULL) PARTITION BY RANGE ("at");\n';
const part = 'CREATE TABLE "p" ("id" integer NOT NULL, "at" date NOT NULL);\n';
const check = `ALTER TABLE "p" ADD CONSTRAINT "c" CHECK ("at" >= '2026-01-01' AND "at" < '2027-01-01')`;
const attach = `ALTER TABLE "events" ATTACH PARTITION "p" FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');`;

test.each([
  ['a partition that the migration makes', events, `${part}${attach}`],
  ['a validated CHECK', `${events}${part}${check};`, attach],
  [
    'a CHECK that was validated',
    `${events}${part}${check} NOT VALID;\nALTER TABLE "p" VALIDATE CONSTRAINT "c";`,
    attach,
  ],
  [
    'a DEFAULT partition with a CHECK',
    `${events}CREATE TABLE "rest" PARTITION OF "events" DEFAULT;
ALTER TABLE "rest" ADD CHECK ("at" < '2026-01-01' OR "at" >= '2027-01-01');`,
    `${part}${attach}`,
  ],
])('is silent of %s', async (_, before, sql) => {
  expect(await say(rule, before, sql)).toEqual([]);
});

test.each([
  ['no CHECK', `${events}${part}`],
  ['a CHECK that is not validated', `${events}${part}${check} NOT VALID;`],
  ['a CHECK that lets NULL pass', `${events}${part.replaceAll(' NOT NULL', '')}${check};`],
  ['a CHECK of something else', `${events}${part}ALTER TABLE "p" ADD CHECK ("at" >= '2026-01-01');`],
])('speaks of a partition with %s', async (_, before) => {
  expect(await say(rule, before, attach)).toEqual([
    'Attaching `p` to `events` takes an ACCESS EXCLUSIVE lock on `p`, which blocks reads and writes of it until all its rows are checked against the bound.',
  ]);
});

test.each([
  'CREATE TABLE "rest" PARTITION OF "events" DEFAULT;',
  'CREATE TABLE "rest" ("id" integer NOT NULL, "at" date NOT NULL);\nALTER TABLE "events" ATTACH PARTITION "rest" DEFAULT;',
])('is high where rows are read that are in use: %s', async fallback => {
  const findings = await findingsOf(rule, `${events}${fallback}`, `${part}${attach}`);
  expect(findings).toMatchObject([
    {
      level: 'high',
      message:
        'Attaching `p` to `events` takes an ACCESS EXCLUSIVE lock on the DEFAULT partition `rest`, which blocks reads and writes until all rows of `rest` are checked against the new bound.',
    },
  ]);
});

test('speaks of a partition that is made beside a DEFAULT partition', async () => {
  const make = `CREATE TABLE "p" PARTITION OF "events" FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');`;
  const fallback = 'CREATE TABLE "rest" PARTITION OF "events" DEFAULT;';
  expect(await say(rule, `${events}${fallback}`, make)).toEqual([
    'Making the partition `p` takes ACCESS EXCLUSIVE locks on `events` and its DEFAULT partition `rest`, which block reads and writes until all rows of `rest` are checked against the new bound.',
  ]);
  expect(await say(rule, events, make)).toEqual([]);
  expect(await say(rule, events, `${fallback}\n${make}`)).toEqual([]);
  expect(
    await say(
      rule,
      `${events}${fallback}ALTER TABLE "rest" ADD CHECK ("at" < '2026-01-01' OR "at" >= '2027-01-01');`,
      make,
    ),
  ).toEqual([]);
});
