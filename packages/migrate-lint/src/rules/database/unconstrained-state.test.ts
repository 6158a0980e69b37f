import { expect, jest, test } from '@jest/globals';
import { databaseTesting } from '../../../test/database-testing.ts';
import rule from './unconstrained-state.ts';

jest.setTimeout(120_000);
const database = await databaseTesting(rule);

const jobs = (column: string, more = '') => `CREATE TABLE "jobs" ("id" int PRIMARY KEY, ${column});\n${more}`;
const model = (field: string) => `model jobs {\n  id Int @id\n  ${field}\n}\n`;

test.each([
  ['an enum', `CREATE TYPE "S" AS ENUM ('queued'); ${jobs(`"status" "S" DEFAULT 'queued'`)}`],
  [
    'a domain',
    `CREATE DOMAIN "S" AS text CHECK (VALUE IN ('queued', 'done')); ${jobs(`"status" "S" DEFAULT 'queued'`)}`,
  ],
  ['a CHECK', jobs(`"status" text DEFAULT 'queued' CHECK (lower("status") IN ('queued', 'done'))`)],
  [
    'a table of states',
    `CREATE TABLE "states" ("name" text PRIMARY KEY); ${jobs(`"status" text DEFAULT 'queued' REFERENCES "states"`)}`,
  ],
  ['a state without evidence', jobs('"status" text')],
  ['the state of another system', jobs(`"provider_status" text DEFAULT 'queued'`)],
  ['a state of a country', jobs(`"state" text DEFAULT 'California', "city" text`)],
  ['another name', jobs(`"title" text DEFAULT 'untitled'`)],
  ['a number', jobs('"level" int DEFAULT 1')],
])('is silent on %s', async (_, sql) => {
  expect(await database.say(sql)).toEqual([]);
});

test.each([
  ['a default', 'status String? @default("queued")', `"status" text DEFAULT 'queued'`],
  ['a comment', 'status String? // queued, done', `"status" text`],
  ['one word in an index', 'status String?', `"status" text`],
])('leaves %s of a model to the schema', async (_, field, column) => {
  const sql = jobs(column, `CREATE INDEX ON "jobs"("id") WHERE "status" = 'queued';`);
  expect(await database.say(sql, { schema: model(field) })).toEqual([]);
});

test('sees what the schema does not tell: the words that indexes and policies ask for', async () => {
  const sql = jobs('"status" text', `CREATE INDEX ON "jobs"("id") WHERE "status" IN ('queued', 'it''s', 'running');`);
  const setting = { schema: model('status String?') };
  expect(await database.say(sql, setting)).toEqual([
    'jobs.status: `jobs.status` holds words such as `queued`, `running` and takes any text, so no query finds a row whose word is misspelt.',
  ]);
  await database.prove(sql, setting);
});

test('offers a CHECK when it knows more than the default', async () => {
  const sql = jobs(`"status" text DEFAULT 'queued'`);
  expect(await database.findings(sql)).toMatchObject([
    { fix: { title: 'Say which words `jobs.status` may hold', sql: null } },
  ]);
  const [fixed] = await database.prove(`${sql}CREATE INDEX ON "jobs"("id") WHERE "status" <> 'done';`);
  expect(fixed).toContain(`CHECK ("status" IN ('queued', 'done')) NOT VALID;`);
});
