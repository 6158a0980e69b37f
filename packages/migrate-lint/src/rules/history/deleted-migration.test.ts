import { expect, test } from '@jest/globals';
import { testRule } from '@migrate-lint/core/testing';
import { appliedFacts } from '../../../test/applied-testing.ts';
import { gitTesting, migrations } from '../../../test/git-testing.ts';
import rule from './deleted-migration.ts';

const { repository } = gitTesting();
const texts = {
  '1_init': 'CREATE TABLE a (id int);',
  '2_b': 'CREATE TABLE b (id int);',
  '3_c': 'CREATE TABLE c (id int);',
};

/** `main` with three migrations, and a branch from it with these changes. */
async function branched(changes: Readonly<Record<string, string | null>>) {
  const made = await repository();
  await made.write(migrations(texts));
  made.commit();
  made.git('switch', '--quiet', '--create', 'feature');
  await made.write(migrations(changes));
  return made;
}

const gone = (name: string, owner: string): string =>
  `${name}: The migration \`${name}\`, which ${owner} has, is not there any more, so a new database never gets what it did and \`prisma migrate dev\` asks to reset those that ran it.`;

test('is silent where all of them are there', async () => {
  const { say } = await branched({ '4_d': 'SELECT 1;', '2_b': 'SELECT 2;' });
  expect(await say([rule])).toEqual([]);
});

test('is silent of what main got since, and of what the branch made and deleted', async () => {
  const { say, git, write, commit } = await branched({ '4_d': 'SELECT 1;' });
  commit();
  await write(migrations({ '4_d': null }));
  commit();
  git('switch', '--quiet', 'main');
  await write(migrations({ '5_e': 'SELECT 1;' }));
  commit();
  git('switch', '--quiet', 'feature');
  expect(await say([rule])).toEqual([]);
});

test.each([
  [{ '1_init': null, '2_b': null, '3_c': null, '0_init': 'CREATE TABLE a (id int); CREATE TABLE b (id int);' }],
  [{ '1_init': null, '2_b': null, '000_squashed': 'CREATE TABLE a (id int); CREATE TABLE b (id int);' }],
])('is silent of a squash: %j', async changes => {
  const { say } = await branched(changes);
  expect(await say([rule])).toEqual([]);
});

test('is silent of a folder that lost its file only', async () => {
  const { say, write } = await branched({ '2_b': null });
  await write({ 'prisma/migrations/2_b/notes.txt': '' });
  expect(await say([rule])).toEqual([]);
});

test('names what is gone', async () => {
  const { say } = await branched({ '2_b': null, '4_d': 'SELECT 1;' });
  expect(await say([rule])).toEqual([`high ${gone('2_b', '`main`')}`]);
  const all = await branched({ '1_init': null, '2_b': null, '3_c': null });
  expect(await all.say([rule])).toHaveLength(3);
});

test('knows it under another name, even in front of all others', async () => {
  for (const name of ['4_b', '0_b']) {
    const { audit } = await branched({
      '2_b': null,
      [name]: texts['2_b'],
    });
    const { report } = await audit([rule]);
    expect(report.findings.map(({ level, message, location }) => [level, message, location?.file])).toEqual([
      [
        'critical',
        `The migration \`2_b\`, which \`main\` has, is called \`${name}\` now, so Prisma takes it for a new one and runs it a second time wherever it is applied.`,
        `prisma/migrations/${name}/migration.sql`,
      ],
    ]);
  }
});

test('is medium under another name where each statement may run twice', async () => {
  const { say, write, commit, git } = await branched({});
  const sql = 'CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON a (id);\nDROP TABLE if exists x;';
  git('switch', '--quiet', 'main');
  await write(migrations({ '2_b': sql }));
  commit();
  git('switch', '--quiet', '--create', 'other');
  await write(migrations({ '2_b': null, '4_d': sql }));
  expect(await say([rule])).toEqual([expect.stringMatching(/^medium 2_b: .* is called `4_d` now,/)]);
});

test('two empty migrations are not one under two names', async () => {
  const { say, write, commit, git } = await branched({});
  git('switch', '--quiet', 'main');
  await write(migrations({ '2_b': '\n' }));
  commit();
  git('switch', '--quiet', '--create', 'other');
  await write(migrations({ '2_b': null, '4_d': '\n' }));
  expect(await say([rule])).toEqual([`high ${gone('2_b', '`main`')}`]);
});

test('is low where only the database knows it', () => {
  const facts = appliedFacts({
    here: { '1_init': '' },
    rows: [
      { name: '1_init', checksum: 'x', state: 'applied' },
      { name: '2_b', checksum: 'x', state: 'applied' },
    ],
  });
  expect(testRule(rule, { facts }).map(({ level, subject, message }) => `${level} ${subject}: ${message}`)).toEqual([
    `low ${gone('2_b', 'the database')}`,
  ]);
});

test.each(['failed', 'rolled back'] as const)('is silent of one that %s in the database', state => {
  const facts = appliedFacts({ here: {}, rows: [{ name: '2_b', checksum: 'x', state }] });
  expect(testRule(rule, { facts })).toEqual([]);
});
