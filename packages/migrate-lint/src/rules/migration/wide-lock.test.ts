import { expect, test } from '@jest/globals';
import { withPrisma } from '../../../test/lock-rule-testing.ts';
import { say } from '../../../test/migration-testing.ts';
import rule from './wide-lock.ts';

const tables = ['a', 'b', 'c', 'd'].map(name => `CREATE TABLE "${name}" ("id" integer PRIMARY KEY);\n`).join('');
const add = (name: string): string => `ALTER TABLE "${name}" ADD COLUMN "deletedAt" timestamptz;`;
const together = (...sql: readonly string[]): string => `BEGIN;\n${sql.join('\n')}\nCOMMIT;`;

test.each([
  ['statements that are transactions of their own', ['a', 'b', 'c'].map(add).join('\n')],
  ['two tables', together(add('a'), add('b'), add('a'))],
  [
    'new tables',
    together('CREATE TABLE "e" ("id" integer);', 'CREATE TABLE "f" ("id" integer);', add('e'), add('f'), add('a')),
  ],
  ['tables that are dropped', together('DROP TABLE "a";', 'DROP TABLE "b";', add('c'))],
  [
    'locks that let reads go on',
    together('CREATE INDEX ON "a"("id");', 'CREATE INDEX ON "b"("id");', 'CREATE INDEX ON "c"("id");'),
  ],
  ['a lock_timeout', `SET lock_timeout = '5s';\n${together(add('a'), add('b'), add('c'))}`],
  ['a lock_timeout of the transaction', together(`SET LOCAL lock_timeout = '5s';`, add('a'), add('b'), add('c'))],
  ['DO blocks', together(...['a', 'b', 'c'].map(name => `DO $$ BEGIN ${add(name)} END $$;`))],
])('is silent of %s', async (_, sql) => {
  expect(await say(rule, tables, sql)).toEqual([]);
});

test('names all tables, once for each transaction', async () => {
  expect(await say(rule, tables, together(add('a'), add('b'), add('a'), add('c')))).toEqual([
    'This transaction holds ACCESS EXCLUSIVE locks on `a`, `b` when it asks for the one on `c`, so whoever is slow there stops all reads and writes of 3 tables.',
  ]);
  expect(
    await say(rule, tables, `${together(add('a'), add('b'), add('c'), add('d'))}\n${together(add('a'), add('b'))}`),
  ).toHaveLength(1);
});

test('from two tables on, if the project says so', async () => {
  expect(await say(rule, tables, together(add('a'), add('b')), { options: { tables: 2 } })).toHaveLength(1);
});

test('takes a whole file for one transaction up to Prisma 7.3', async () => {
  const sql = ['a', 'b', 'c'].map(add).join('\n');
  expect(await say(rule, tables, sql, withPrisma('7.3.0'))).toHaveLength(1);
  expect(await say(rule, tables, sql, withPrisma('7.4.0'))).toEqual([]);
});
