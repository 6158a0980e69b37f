import { expect, test } from '@jest/globals';
import { say } from '../../../test/migration-testing.ts';
import rule from './open-transaction.ts';

const table = 'CREATE TABLE a (id integer);';

test.each([
  ['COMMIT', `BEGIN; ${table} COMMIT;`],
  ['END', `START TRANSACTION; ${table} END;`],
  ['ROLLBACK', `BEGIN; ${table} ROLLBACK;`],
  ['no transaction', table],
  ['a function', 'CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN NULL; END $$;'],
])('is silent of %s', async (_name, sql) => {
  expect(await say(rule, '', sql)).toEqual([]);
});

test('tells of a BEGIN that nothing ends', async () => {
  expect(await say(rule, '', `BEGIN; ${table}`)).toEqual([
    'No COMMIT of `2_next` ends the transaction that begins here, so everything behind it is rolled back when the session ends.',
  ]);
});

test('a savepoint that is released ends no transaction', async () => {
  expect(await say(rule, '', `BEGIN; SAVEPOINT s; ${table} RELEASE SAVEPOINT s;`)).toHaveLength(1);
});
