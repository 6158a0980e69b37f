import { expect, test } from '@jest/globals';
import { createCatalog, type Catalog, type Comparison, type Locate } from '@migrate-lint/core';
import { isJoinTable, ownTables } from './scope.ts';

const empty = { columns: [], indexes: [], foreignKeys: [], checks: [], exclusions: [], triggers: [], policies: [] };

function catalogOf(tables: readonly string[], locate?: Locate): Catalog {
  return createCatalog(
    {
      tables: tables.map(path => {
        const [schema = '', name = ''] = path.split('.');
        const kind = name === 'remote' ? 'foreign' : 'table';
        const plain = { unlogged: false, rowSecurity: false, forceRowSecurity: false, comment: null };
        return { schema, name, kind, ...plain, ...empty };
      }),
      enums: [],
      sequences: [],
      views: [],
      functions: [],
      domains: [],
      compositeTypes: [],
      extensions: [],
      grants: [],
    },
    locate,
  );
}

const names = [
  'public.posts',
  'auth.users',
  'pgboss.job',
  'shop.carts',
  'public.remote',
  'public._prisma_migrations_old',
];
const comparison = { externalTables: [{ path: 'shop.carts', span: null, inDatabase: true }] } as unknown as Comparison;
const paths = (database: Catalog): readonly string[] => ownTables({ database, comparison }).map(({ path }) => path);

test('a live database holds tables of platforms, of others and of Prisma', () => {
  expect(paths(catalogOf(names))).toEqual(['posts']);
});

test("what a migration makes is the project's, whatever it is called", () => {
  const made = catalogOf(names, () => ({ file: 'migration.sql', start: 0, end: 1 }));
  expect(paths(made)).toEqual(['posts', 'auth.users', 'pgboss.job', 'shop.carts']);
});

test.each([
  ['_PostToTag', ['A', 'B'], true],
  ['_PostToTag', ['A', 'B', 'at'], false],
  ['PostToTag', ['A', 'B'], false],
])('%s with %j is a join table: %s', (name, columns, expected) => {
  const table = catalogOf([`public.${name}`]).tables[0]!;
  const list = columns.map(column => ({ name: column })) as unknown as typeof table.columns;
  expect(isJoinTable({ ...table, columns: list })).toBe(expected);
});
