import { describe, expect, test } from '@jest/globals';
import {
  asksForUser,
  hasClients,
  includesClients,
  isCallable,
  isExposed,
  isInEffect,
  isInvoker,
  isLockedDown,
  isOfPlatform,
  isWithdrawn,
  policiesFor,
  tablesBehind,
} from './exposure.ts';
import type { Catalog, DatabaseFunction, Policy, View } from './facts/catalog.ts';
import { createCatalog, type TableData } from './facts/create-catalog.ts';
import type { Migrations } from './facts/migrations.ts';

const parts = { columns: [], indexes: [], foreignKeys: [], checks: [], exclusions: [], triggers: [], policies: [] };
const table = (name: string, more: Partial<TableData> = {}): TableData => ({
  ...{
    schema: 'public',
    name,
    kind: 'table',
    unlogged: false,
    rowSecurity: false,
    forceRowSecurity: false,
    comment: null,
  },
  ...parts,
  ...more,
});
const policy = (more: Partial<Policy> = {}): TableData['policies'][number] => ({
  ...{ name: 'p', permissive: true, command: 'ALL', roles: ['public'], using: 'true', withCheck: null },
  ...more,
});
const routine = (name: string, body: string, more: Partial<DatabaseFunction> = {}): DatabaseFunction =>
  ({ schema: 'public', name, path: name, body, publicExecute: true, ...more }) as DatabaseFunction;
const view = (name: string, reads: readonly string[], options: readonly string[] = []): View =>
  ({ schema: 'public', name, path: name, definition: '', reads, options }) as unknown as View;
const grant = (on: string, name: string, grantee: string) => ({
  schema: 'public',
  name,
  on,
  grantee,
  privileges: ['SELECT'],
});

function catalog(more: Readonly<Record<string, unknown>>): Catalog {
  const empty = { tables: [], enums: [], sequences: [], views: [], functions: [], domains: [], compositeTypes: [] };
  return createCatalog({ ...empty, extensions: [], grants: [], ...more });
}
const exposes = (database: Catalog, path = 't') => isExposed(database, { schema: 'public', path });

describe('clients are known by', () => {
  test.each([
    [
      'a policy that asks for the user',
      { tables: [table('t', { policies: [policy({ using: '(a = auth.uid())' })] })] },
    ],
    ['a policy for their role', { tables: [table('t', { policies: [policy({ roles: ['authenticated'] })] })] }],
    ['a function', { functions: [routine('me', 'SELECT "auth"."uid"()')] }],
    ['a view on the accounts', { views: [view('v', ['auth.users'])] }],
  ])('%s, and then all of `public` is exposed', (_name, data) => {
    const database = catalog(data);
    expect([hasClients(database), exposes(database)]).toEqual([true, true]);
    expect(isExposed(database, { schema: 'app', path: 'app.t' })).toBe(false);
    expect(isExposed(database, { schema: 'storage', path: 'storage.objects' })).toBe(false);
  });

  test.each([
    ['nothing', { tables: [table('t')] }],
    [
      'a setting',
      { tables: [table('t', { policies: [policy({ using: `(a = current_setting('app.user'::text))` })] })] },
    ],
    ['a table of the project', { tables: [table('users', { schema: 'auth' })], views: [view('v', ['auth.users'])] }],
    ['a role of the server', { grants: [grant('table', 't', 'app')] }],
  ])('and not by %s', (_name, data) => {
    const database = catalog(data);
    expect([hasClients(database), exposes(database)]).toEqual([false, false]);
  });

  test('a grant, which then names the tables one by one', () => {
    const database = catalog({ tables: [table('t'), table('u')], grants: [grant('table', 't', 'web_anon')] });
    expect([hasClients(database), exposes(database), exposes(database, 'u')]).toEqual([true, true, false]);
  });

  test('the grants of a live platform', () => {
    const policies = [policy({ using: '(id = auth.uid())' })];
    const tables = [table('users', { schema: 'auth' }), table('t', { policies }), table('u')];
    const database = catalog({ tables, grants: [grant('table', 'u', 'anon')] });
    expect([exposes(database), exposes(database, 'u')]).toEqual([false, true]);
  });
});

test('functions are callable by PUBLIC in a schema of the API, or by a grant', () => {
  const open = routine('f', 'SELECT auth.uid()');
  const closed = routine('g', '', { publicExecute: false });
  const inner = routine('h', '', { schema: 'app', path: 'app.h' });
  const database = catalog({ functions: [open, closed, inner] });
  expect([open, closed, inner].map(one => isCallable(database, one))).toEqual([true, false, false]);
  expect(isCallable(catalog({ functions: [open, closed], grants: [grant('function', 'g', 'anon')] }), closed)).toBe(
    true,
  );
  const postgrest = catalog({ grants: [grant('schema', 'public', 'web_anon')] });
  expect(isCallable(postgrest, routine('f', ''))).toBe(true);
  expect(isCallable(catalog({}), open)).toBe(false);
});

test('a REVOKE from clients is the last word until a GRANT to them', () => {
  const isGone = (touched: string, text = '') => {
    const lastTouch = (kind: string, path: string) =>
      kind === 'grant' && path === 't' ? { statement: { sql: touched } } : undefined;
    const migrations = { migrations: [{ text }], lastTouch } as unknown as Migrations;
    return isWithdrawn(migrations, { schema: 'public', name: 't', path: 't' });
  };
  expect(isGone('REVOKE ALL ON t FROM PUBLIC, anon')).toBe(true);
  expect(isGone('revoke insert, select on t from authenticated')).toBe(true);
  expect(isGone('REVOKE INSERT ON t FROM anon')).toBe(false);
  expect(isGone('REVOKE ALL ON t FROM app')).toBe(false);
  expect(isGone('GRANT ALL ON t TO anon')).toBe(false);
  const server = 'GRANT ALL ON t TO service_role';
  expect(isGone(server, `REVOKE ALL ON public."t" FROM anon; ${server};`)).toBe(true);
  expect(isGone(server, `REVOKE ALL ON FUNCTION t(uuid) FROM anon; GRANT SELECT ON u TO anon; ${server};`)).toBe(true);
  expect(isGone(server, `REVOKE ALL ON t FROM anon; GRANT SELECT ON t TO anon; ${server};`)).toBe(false);
  expect(isGone(server, `-- REVOKE ALL ON t FROM anon;\n${server};`)).toBe(false);
  expect(isGone(server, `REVOKE ALL ON t2, at FROM anon; ${server};`)).toBe(false);
  expect(isWithdrawn(undefined, { schema: 'public', name: 't', path: 't' })).toBe(false);
});

test('who is who', () => {
  expect(['public', 'PUBLIC', 'anon', 'app'].map(role => includesClients([role]))).toEqual([true, true, true, false]);
  expect(isOfPlatform({ schema: 'storage', span: null })).toBe(true);
  expect(isOfPlatform({ schema: 'storage', span: { file: 'a.sql', start: 0, end: 1 } })).toBe(false);
  expect(isOfPlatform({ schema: 'public', span: null })).toBe(false);
});

test('policies in effect, and those for a command', () => {
  const policies = [
    policy({ name: 'all' }),
    policy({ name: 'delete', command: 'DELETE' }),
    policy({ name: 'service', roles: ['service_role'] }),
  ];
  const [on, off] = catalog({ tables: [table('a', { rowSecurity: true, policies }), table('b', { policies })] }).tables;
  expect(on?.policies.filter(isInEffect).map(({ name }) => name)).toEqual(['all', 'delete']);
  expect(off?.policies.filter(isInEffect)).toEqual([]);
  expect(on && policiesFor(on, 'SELECT').map(({ name }) => name)).toEqual(['all', 'service']);
});

test('a schema is locked down where nearly all tables have row-level security and no policy', () => {
  const locked = ['a', 'b', 'c', 'd'].map(name => table(name, { rowSecurity: true }));
  expect(isLockedDown(catalog({ tables: [...locked, table('e')] }), 'public')).toBe(true);
  expect(isLockedDown(catalog({ tables: [...locked, table('e'), table('f')] }), 'public')).toBe(false);
  expect(isLockedDown(catalog({ tables: locked.slice(1) }), 'public')).toBe(false);
});

test('asking for the user, by itself or through a function', () => {
  const database = catalog({
    functions: [routine('my_org', `SELECT auth.jwt() ->> 'org'`), routine('now_utc', 'SELECT now()')],
  });
  const asked = [
    'auth.uid()',
    'my_org()',
    '"my_org" ()',
    `current_setting('request.jwt.claims', true)`,
    'session_user',
  ];
  expect(asked.map(sql => asksForUser(database, `SELECT ${sql}`))).toEqual(asked.map(() => true));
  expect(['now_utc()', 'not_my_org()', `current_setting('x.y')`].map(sql => asksForUser(database, sql))).toEqual([
    false,
    false,
    false,
  ]);
});

test('the tables behind a view, through others and in circles', () => {
  const outer = view('outer', ['inner', 'rates']);
  const database = catalog({ views: [outer, view('inner', ['orders', 'outer'])] });
  expect([...tablesBehind(database, outer)].sort()).toEqual(['inner', 'orders', 'outer', 'rates']);
  const options = ['security_invoker=true', 'security_invoker=ON', 'security_invoker=false', 'security_barrier=true'];
  expect(options.map(option => isInvoker(view('v', [], [option])))).toEqual([true, true, false, false]);
});
