import { expect, test } from '@jest/globals';
import { say } from '../../../test/migration-testing.ts';
import rule from './nested-transaction.ts';

const table = (name: string): string => `CREATE TABLE ${name} (id integer);`;

test.each([
  ['one transaction', `BEGIN; ${table('a')} COMMIT;`],
  ['one behind the other', `BEGIN; ${table('a')} COMMIT; START TRANSACTION; ${table('b')} END;`],
  ['savepoints', `BEGIN; SAVEPOINT one; ${table('a')} ROLLBACK TO SAVEPOINT one; COMMIT;`],
  ['none at all', table('a')],
  ['BEGIN of a function', 'CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN NULL; END $$;'],
])('is silent of %s', async (_name, sql) => {
  expect(await say(rule, '', sql)).toEqual([]);
});

test('tells of a BEGIN in a transaction, and not of the COMMIT that is left over', async () => {
  expect(await say(rule, '', `BEGIN; ${table('a')} BEGIN; ${table('b')} COMMIT; COMMIT;`)).toEqual([
    'This BEGIN stands inside of the transaction that another one began, so Postgres ignores it, and the first COMMIT ends both.',
  ]);
});

test('tells of a COMMIT without a BEGIN', async () => {
  expect(await say(rule, '', `${table('a')} COMMIT;`)).toEqual([
    'This COMMIT has no BEGIN, so it ends nothing, or the transaction in which Prisma runs the whole file.',
  ]);
});
