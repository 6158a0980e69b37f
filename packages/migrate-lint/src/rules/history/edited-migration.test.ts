import { expect, test } from '@jest/globals';
import { applyFixes } from '@migrate-lint/core';
import { testRule } from '@migrate-lint/core/testing';
import { gitTesting, migrationFile, migrations, type Repository } from '../../../test/git-testing.ts';
import { appliedFacts } from '../../../test/applied-testing.ts';
import rule from './edited-migration.ts';

const { repository } = gitTesting();
const init = '-- CreateTable\nCREATE TABLE a (id int);\n\nCREATE TABLE b (id int);\n';

/** `1_init` on `main`, and a branch from it on which it has another text. */
async function edited(text: string, before = init): Promise<Repository> {
  const made = await repository();
  await made.write(migrations({ '1_init': before }));
  made.commit();
  made.git('switch', '--quiet', '--create', 'feature');
  await made.write(migrations({ '1_init': text }));
  return made;
}

test('is silent of what nobody has yet, and of what nobody changed', async () => {
  const { say, write, git } = await edited(init);
  await write(migrations({ '2_next': 'SELECT 1;' }));
  expect(await say([rule])).toEqual([]);
  await write(migrations({ '1_init': 'SELECT 2;' }));
  expect(await say([rule], { since: false })).toEqual([]);
  git('stash', '--quiet', '--include-untracked');
  git('switch', '--quiet', 'main');
  await write(migrations({ '1_init': 'SELECT 2;' }));
  expect(await say([rule])).toEqual([]);
});

test.each([
  [init, init.replaceAll('\n', '\r\n')],
  [init.replaceAll('\n', '\r\n'), init],
])('is silent of other line ends', async (before, text) => {
  const { say, folder, git } = await edited(text, before);
  expect(git('-C', folder, 'status', '--porcelain')).toContain('1_init');
  expect(await say([rule])).toEqual([]);
});

test.each([
  [init.replace('a (id int)', 'a (id bigint)'), 'statement 1 differs', 2],
  [`${init}CREATE TABLE c (id int);\n`, 'statement 3 was added', 5],
  [init.replace('CREATE TABLE b (id int);\n', ''), 'statement 2 was removed', 2],
  ['', 'statement 1 was removed', 1],
])('says which statement is another one: %j', async (text, words, line) => {
  const { audit } = await edited(text);
  const { report } = await audit([rule]);
  expect(report.findings.map(({ level, message, location }) => [level, message, location?.line])).toEqual([
    [
      'high',
      `The migration \`1_init\` was changed after \`main\` got it (${words}), so a database that ran it never gets the change and differs from every new one.`,
      line,
    ],
  ]);
});

test.each([
  `${init}\n-- reviewed\n`,
  init.replaceAll('TABLE ', 'TABLE\n  '),
  init.replace('(id', '( /* the key */ id'),
])('is low where only comments and blanks differ: %j', async text => {
  const { say } = await edited(text);
  expect(await say([rule])).toEqual([
    'low 1_init: Only comments and blanks of the migration `1_init` differ from what `main` has, but its checksum does too, so `prisma migrate dev` asks to reset every database that ran it.',
  ]);
});

test('speaks of a file that cannot be read any more, and of one that never could be', async () => {
  const broken = await edited('CREATE TABEL a;');
  expect(await broken.say([rule])).toEqual([expect.stringContaining('(it can no longer be read)')]);
  const mended = await edited(init, 'CREATE TABEL a;');
  expect(await mended.say([rule])).toEqual([expect.stringContaining('(its checksum differs)')]);
});

test.each(['SELECT 2;', 'SELECT 2;\r\nSELECT 3;\r\n', ''])('the fix brings the text back: %j', async text => {
  const { audit, write, say } = await edited(text);
  const { fixes, files } = await audit([rule]);
  const { texts } = applyFixes([...fixes.values()], files);
  expect([...texts.keys()]).toEqual([migrationFile('1_init')]);
  await write(Object.fromEntries(texts));
  expect(await say([rule])).toEqual([]);
  expect((await audit([rule])).fixes.size).toBe(0);
});

const checksum = 'e'.repeat(64);

test('knows the checksum that the database has', () => {
  const facts = appliedFacts({ here: { '1_init': init }, rows: [{ name: '1_init', checksum, state: 'applied' }] });
  expect(testRule(rule, { facts }).map(({ message, fix }) => [message, fix])).toEqual([
    [
      'The migration `1_init` was changed after it ran in the database (its checksum differs), so a database that ran it never gets the change and differs from every new one.',
      null,
    ],
  ]);
});

test.each(['failed', 'rolled back'] as const)('is silent of one that %s in the database', state => {
  const facts = appliedFacts({
    here: { '1_init': init },
    base: { '1_init': '' },
    rows: [{ name: '1_init', checksum, state }],
  });
  expect(testRule(rule, { facts })).toEqual([]);
});

test('speaks of one that was rolled back, and applied later', () => {
  const rows = [
    { name: '1_init', checksum, state: 'rolled back' },
    { name: '1_init', checksum, state: 'applied' },
  ] as const;
  expect(testRule(rule, { facts: appliedFacts({ here: { '1_init': init }, rows }) })).toHaveLength(1);
});
