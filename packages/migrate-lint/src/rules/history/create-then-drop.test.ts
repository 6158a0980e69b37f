import { expect, test } from '@jest/globals';
import { gitTesting, migrations } from '../../../test/git-testing.ts';
import rule from './create-then-drop.ts';

const { repository } = gitTesting();
const init = 'CREATE TABLE "User" ("id" int);';

/** `1_init` on `main`, and these migrations on a branch. */
async function said(texts: Readonly<Record<string, string>>, since?: false): Promise<readonly string[]> {
  const made = await repository();
  await made.write(migrations({ '1_init': init }));
  made.commit();
  made.git('switch', '--quiet', '--create', 'feature');
  await made.write(migrations(texts));
  return made.say([rule], since === undefined ? {} : { since });
}

test.each([
  ['what stays', { '2_a': 'ALTER TABLE "User" ADD COLUMN b int; CREATE TABLE c (id int);' }],
  ['what was there before', { '2_a': 'ALTER TABLE "User" DROP COLUMN "id";', '3_b': 'DROP TABLE "User";' }],
  [
    'one migration',
    {
      '2_a':
        'CREATE TABLE tmp AS SELECT 1; ALTER TABLE "User" ADD COLUMN b int; ALTER TABLE "User" DROP COLUMN b; DROP TABLE tmp;',
    },
  ],
  ['temporary tables', { '2_a': 'CREATE TEMP TABLE t (id int);', '3_b': 'DROP TABLE t;' }],
  [
    'a table that is replaced',
    { '2_a': 'CREATE TABLE t (id int);', '3_b': 'CREATE TABLE n (id int); DROP TABLE t; ALTER TABLE n RENAME TO t;' },
  ],
  [
    'a column that is made anew',
    { '2_a': 'ALTER TABLE "User" ADD COLUMN b int;', '3_b': 'ALTER TABLE "User" DROP COLUMN b, ADD COLUMN b text;' },
  ],
  ['blocks', { '2_a': 'CREATE TABLE t (id int);', '3_b': 'DO $$ BEGIN IF true THEN DROP TABLE t; END IF; END $$;' }],
])('is silent of %s', async (_what, texts) => {
  expect(await said(texts)).toEqual([]);
});

const there = {
  '2_a': 'CREATE TABLE t (id int);\nALTER TABLE "User" ADD COLUMN b int;',
  '3_b': 'DROP TABLE t; ALTER TABLE "User" DROP COLUMN b;',
};

test('is silent where nothing is known to be applied', async () => {
  expect(await said(there, false)).toEqual([]);
});

test('names both ends', async () => {
  const back =
    'is made here and dropped again by `3_b`, and neither is applied yet, so every database takes a way there and back for nothing.';
  expect(await said(there)).toEqual([`low 2_a#1: The table \`t\` ${back}`, `low 2_a#2: The column \`User.b\` ${back}`]);
});

test('follows renames', async () => {
  const renamed = { '2_a': 'CREATE TABLE t (id int);', '3_b': 'ALTER TABLE t RENAME TO u;', '4_c': 'DROP TABLE u;' };
  expect(await said(renamed)).toEqual([
    expect.stringContaining('The table `t` is made here and dropped again by `4_c`'),
  ]);
});
