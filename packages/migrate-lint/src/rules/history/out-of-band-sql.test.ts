import { expect, test } from '@jest/globals';
import type { LooseFile } from '@migrate-lint/core';
import { testRule } from '@migrate-lint/core/testing';
import { gitTesting, migrations } from '../../../test/git-testing.ts';
import rule from './out-of-band-sql.ts';

const { repository } = gitTesting();
const init = 'CREATE TABLE "User" ("id" int);';
const loose = 'CREATE VIEW all_users AS SELECT * FROM "User";\n\nCREATE POLICY own ON "User" USING (true);\n';

async function made(files: Readonly<Record<string, string>>) {
  const on = await repository();
  await on.write({ ...migrations({ '1_init': init }), ...files });
  return on;
}

test.each([
  ['none', {}],
  ['a copy of what a migration makes', { 'prisma/user.sql': init }],
  ['a way back', { 'prisma/migrations/1_init/down.sql': loose }],
  ['a seed with a table of its own', { 'prisma/seed.sql': loose }],
  ['rows only', { 'prisma/countries.sql': 'INSERT INTO "User" VALUES (1);' }],
  [
    'a file that a script runs',
    { 'prisma/views.sql': loose, 'package.json': '{"scripts":{"views":"psql -f prisma/views.sql"}}' },
  ],
  ['a script of psql', { 'prisma/views.sql': `\\set ON_ERROR_STOP on\n${loose}` }],
])('is silent of %s', async (_what, files) => {
  expect(await (await made(files)).say([rule])).toEqual([]);
});

test('names the first object, and counts the others', async () => {
  const { audit } = await made({ 'prisma/views.sql': `-- by hand\n${loose}` });
  const { report } = await audit([rule]);
  expect(
    report.findings.map(({ level, subject, message, location }) => [level, subject, message, location?.line]),
  ).toEqual([
    [
      'medium',
      'prisma/views.sql',
      'The file `prisma/views.sql` makes the view `all_users` and 1 more, no migration does, and nothing in the project runs it, so a new database does not have them.',
      2,
    ],
  ]);
});

test('looks at what the migrations lack alone, and then has no fix for the whole file', async () => {
  const { audit } = await made({ 'prisma/all.sql': `${init}\n${loose.split('\n')[0] ?? ''}` });
  const { report, fixes } = await audit([rule]);
  expect(report.findings.map(({ message }) => message)).toEqual([
    'The file `prisma/all.sql` makes the view `all_users`, no migration does, and nothing in the project runs it, so a new database does not have it.',
  ]);
  expect(fixes.size).toBe(0);
});

test('the fix as a migration ends it, and Postgres runs it', async () => {
  const { audit, write, say } = await made({ 'prisma/views.sql': loose });
  const [fix] = (await audit([rule])).fixes.values();
  expect(fix).toMatchObject({ safety: 'unsafe', sql: loose.trim() });
  await write(migrations({ '2_views': fix?.sql ?? '' }));
  expect(await say([rule])).toEqual([]);
  const replay = await (await audit([rule])).fact('replay');
  expect(replay.migrations.map(({ failure }) => failure)).toEqual([undefined, undefined]);
});

test('the subjects are the files that make something', () => {
  const span = { file: 'a.sql', start: 0, end: 1 };
  const file: LooseFile = { path: 'a.sql', text: '', span, made: [], namedIn: undefined };
  expect(testRule(rule, { facts: { looseSql: { files: [file] } } })).toEqual([]);
});
