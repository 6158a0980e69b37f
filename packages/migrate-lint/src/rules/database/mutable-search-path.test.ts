import { expect, test } from '@jest/globals';
import { databaseTesting } from '../../../test/database-testing.ts';
import rule from './mutable-search-path.ts';

const database = await databaseTesting(rule);
const admins = 'CREATE TABLE admins (name text PRIMARY KEY);';
const make = (options: string, name = 'is_admin()') =>
  `${admins} CREATE FUNCTION ${name} RETURNS boolean LANGUAGE sql ${options} AS $$ SELECT EXISTS (SELECT FROM admins WHERE name = session_user) $$;`;

test.each([
  ['its caller’s rights', make('SECURITY INVOKER')],
  ['a path', make('SECURITY DEFINER SET search_path = public')],
  [
    'an empty path',
    `${admins} CREATE FUNCTION f() RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$ SELECT count(*) FROM public.admins $$;`,
  ],
  ['a path set later', `${make('SECURITY DEFINER')} ALTER FUNCTION is_admin() SET search_path = public, pg_temp;`],
  ['rights taken later', `${make('SECURITY DEFINER')} ALTER FUNCTION is_admin() SECURITY INVOKER;`],
  [
    'standard SQL',
    `${admins} CREATE FUNCTION f() RETURNS bigint LANGUAGE sql SECURITY DEFINER RETURN (SELECT count(*) FROM admins);`,
  ],
  ['nobody may execute it', `${make('SECURITY DEFINER')} REVOKE ALL ON FUNCTION is_admin() FROM PUBLIC;`],
])('is silent: %s', async (_name, sql) => {
  expect(await database.flagged(sql)).toEqual([]);
});

test('is critical where a temporary table can stand for one, else high', async () => {
  const other = make('SECURITY DEFINER').replace('FROM admins', 'FROM public.admins');
  expect(await database.findings(make('SECURITY DEFINER'))).toMatchObject([{ level: 'critical' }]);
  expect(await database.findings(other)).toMatchObject([{ level: 'high' }]);
});

test('names the tables that a temporary one can stand for, and the fix sets the path', async () => {
  expect(await database.say(make('SECURITY DEFINER'))).toEqual([
    'is_admin: `is_admin()` runs with its owner’s rights and no fixed `search_path`, so its caller decides which tables `admins` in it are.',
  ]);
  expect(await database.prove(make('SECURITY DEFINER'))).toEqual([
    'ALTER FUNCTION "is_admin"() SET search_path = "public", "pg_temp";',
  ]);
});

test('a body whose tables have their schema, in a database with clients', async () => {
  const sql = `CREATE FUNCTION f(a int DEFAULT 1, VARIADIC b text[] DEFAULT '{}') RETURNS uuid LANGUAGE sql SECURITY DEFINER AS $$ SELECT auth.uid() FROM public.admins $$;`;
  expect(await database.say(`${admins} ${sql}`)).toEqual([
    'f: `f()` runs with its owner’s rights and no fixed `search_path`, so its caller decides which functions and operators it uses.',
  ]);
  expect(await database.prove(`${admins} ${sql}`)).toEqual([
    'ALTER FUNCTION "f"(a integer, VARIADIC b text[]) SET search_path = "public", "extensions", "pg_temp";',
  ]);
});

test('a trigger, a procedure, overloads and a function that one role may execute', async () => {
  const sql = `CREATE FUNCTION t() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN RETURN NEW; END $$; REVOKE ALL ON FUNCTION t() FROM PUBLIC;
    CREATE PROCEDURE p() LANGUAGE sql SECURITY DEFINER AS $$ DELETE FROM admins $$;
    CREATE ROLE app; ${make('SECURITY DEFINER', 'o()').replace(admins, '')} REVOKE ALL ON FUNCTION o() FROM PUBLIC; GRANT EXECUTE ON FUNCTION o() TO app;
    ${make('SECURITY DEFINER', 'o(a int)').replace(admins, '')}`;
  expect((await database.flagged(`${admins} ${sql}`)).map(path => path.trim())).toEqual(['t', 'p', 'o', 'o a integer']);
  expect(await database.prove(`${admins} ${sql}`)).toHaveLength(4);
});
