import { describe, expect, test } from '@jest/globals';
import { createCatalog, type CatalogData, type Table } from '@migrate-lint/core';
import { columnRenames, enumRenames, namesAlike, tableRenames } from './renames.ts';

/** `users(id integer, name text)` as a catalog table. */
function table(text: string): Table {
  const [, name = '', columns = ''] = /^(\w+)\((.*)\)$/.exec(text) ?? [];
  const data: CatalogData = {
    enums: [],
    sequences: [],
    views: [],
    functions: [],
    domains: [],
    compositeTypes: [],
    extensions: [],
    grants: [],
    tables: [
      {
        schema: 'public',
        name,
        kind: 'table',
        unlogged: false,
        rowSecurity: false,
        forceRowSecurity: false,
        comment: null,
        indexes: [],
        foreignKeys: [],
        checks: [],
        exclusions: [],
        triggers: [],
        policies: [],
        columns: columns.split(', ').map((column, index) => ({
          name: column.slice(0, column.indexOf(' ')),
          type: column.slice(column.indexOf(' ') + 1),
          notNull: true,
          default: null,
          identity: null,
          generated: null,
          collation: null,
          comment: null,
          position: index + 1,
          ownedSequence: null,
        })),
      },
    ],
  };
  const [made] = createCatalog(data).tables;
  if (!made) throw new Error('no table');
  return made;
}

function renamesIn(expected: Table, actual: Table): readonly string[] {
  const missing = expected.columns.filter(column => !actual.column(column.name));
  const extra = actual.columns.filter(column => !expected.column(column.name));
  return columnRenames(expected, actual, missing, extra).map(one => `${one.actual.name} → ${one.expected.name}`);
}

describe('columns', () => {
  test.each([
    [
      'a new column behind the last and an old one dropped there',
      'a(id integer, name text, legacy text)',
      'a(id integer, name text, nickname text)',
    ],
    [
      'types that no cast connects, at one place',
      'a(id integer, active boolean, name text)',
      'a(id integer, born date, name text)',
    ],
    [
      'two dropped and one added at one place',
      'a(id integer, x text, y text, name text)',
      'a(id integer, z text, name text)',
    ],
    [
      'the same type, unlike names, another place',
      'a(id integer, legacy_code text, name text, email text)',
      'a(id integer, name text, middle text, email text)',
    ],
    [
      'names that share only a common word',
      'a(id integer, name text, created_at timestamp without time zone, email text)',
      'a(id integer, deleted_at timestamp without time zone, name text, email text)',
    ],
    ['a list that becomes one value', 'a(id integer, tags text[], name text)', 'a(id integer, tag text, name text)'],
  ])('are not one: %s', (_, before, after) => {
    expect(renamesIn(table(after), table(before))).toEqual([]);
  });

  test.each([
    [
      'one name holds the other',
      'a(id integer, resource_type text, name text)',
      'a(id integer, resource text, name text)',
      ['resource_type → resource'],
    ],
    [
      'the same place, and jsonb casts to text',
      'a(id integer, changes jsonb, ip text)',
      'a(id integer, metadata text, ip text)',
      ['changes → metadata'],
    ],
    [
      'another place, a few letters differ',
      'a(id integer, colour text, x text, y text)',
      'a(id integer, x text, color text, y text)',
      ['colour → color'],
    ],
    [
      'snake case becomes camel case',
      'a(id integer, user_name text, x text)',
      'a(id integer, x text, userName text)',
      ['user_name → userName'],
    ],
  ])('are one: %s', (_, before, after, renames) => {
    expect(renamesIn(table(after), table(before))).toEqual(renames);
  });
});

describe('tables', () => {
  const orders = 'orders(id integer, number text, total numeric, placed_at date, created_at date)';

  test('with little in common but the columns that every table has are two', () => {
    const other = table('logs(id integer, created_at date, updated_at date, user_id integer)');
    expect(
      tableRenames([other], [table('sessions(id integer, created_at date, updated_at date, user_id integer)')]),
    ).toEqual([]);
  });

  test('with the same columns are one', () => {
    const [rename] = tableRenames([table(orders.replace('orders', 'purchases'))], [table(orders)]);
    expect([rename?.actual.name, rename?.expected.name, rename?.likeness]).toEqual([
      'orders',
      'purchases',
      '5 of 5 columns are the same',
    ]);
  });

  test('of which one could be either of two are none', () => {
    const candidates = [table(orders.replace('orders', 'purchases')), table(orders.replace('orders', 'sales'))];
    expect(tableRenames(candidates, [table(orders)])).toEqual([]);
  });
});

test('enums are one when their values are', () => {
  const type = (name: string, ...values: string[]) => ({ path: name, schema: 'public', name, span: null, values });
  expect(enumRenames([type('State', 'ON', 'OFF')], [type('Mode', 'ON', 'OFF', 'AUTO')])).toEqual([]);
  expect(enumRenames([type('State', 'ON', 'OFF')], [type('Status', 'OFF', 'ON')])).toHaveLength(1);
});

test.each([
  ['created_at', 'deleted_at', false],
  ['user_id', 'team_id', false],
  ['name', 'title', false],
  ['ip', 'id', false],
  ['resource_type', 'resource', true],
  ['AuditLog', 'audit_logs', true],
  ['totalAmount', 'amount', true],
])('%s and %s: alike is %s', (a, b, alike) => {
  expect(namesAlike(a, b)).toBe(alike);
});
