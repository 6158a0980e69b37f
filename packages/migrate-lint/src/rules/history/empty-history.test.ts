import { expect, test } from '@jest/globals';
import { sayOf } from '../../../test/history-testing.ts';
import rule from './empty-history.ts';

const table = 'CREATE TABLE "Nothing" (id int);';

test.each([
  [{ '1_init': table }],
  [{ '1_init': '', '2_next': 'create table if not exists x (id int)' }],
  [{ '1_init': 'SELECT * INTO x FROM y;' }],
  [{ '1_init': "DO $$ BEGIN EXECUTE 'CREATE TABLE x (id int)'; END $$;" }],
  [{ '1_init': 'IMPORT FOREIGN SCHEMA public FROM SERVER s INTO x;' }],
  [{ '1_init': 'CREATE TABEL x;' }],
  [{ '1_init': null }],
])('is silent of %j', async migrations => {
  expect(await sayOf(rule, migrations)).toEqual([]);
});

test.each(['enum Role {\n  A\n}\n', 'model Gone {\n  id Int @id\n  @@ignore\n}\n'])(
  'is silent of a schema that promises no table: %j',
  async schema => {
    expect(await sayOf(rule, { '1_init': '' }, { schema })).toEqual([]);
  },
);

test.each([
  [{}],
  [{ '1_init': '-- This is an empty migration.' }],
  [{ '1_init': 'CREATE EXTENSION citext;', '2_b': '-- CREATE TABLE x' }],
])('speaks of %j', async migrations => {
  expect(await sayOf(rule, migrations)).toEqual([
    'prisma/migrations: The schema has one model and the migrations in `prisma/migrations` make no table, so `prisma migrate deploy` leaves a new database empty.',
  ]);
});

test('counts the models', async () => {
  const schema = 'model A {\n  id Int @id\n}\nmodel B {\n  id Int @id\n}\nmodel C {\n  id Int @id\n  @@ignore\n}\n';
  expect(await sayOf(rule, {}, { schema, lockFile: null })).toEqual([
    expect.stringContaining('The schema has 2 models and'),
  ]);
});
