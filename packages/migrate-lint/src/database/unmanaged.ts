import type { Table, TableIndex, TouchKind, UnmanagedKind, UnmanagedObject } from '@migrate-lint/core';
import { withTouch, type CompareInput, type TablePair } from './pair.ts';
import { isPrismaIndex, type IndexPairs } from './compare-indexes.ts';
import { quoteIdentifier, quoteLiteral } from './database.ts';
import { byCodeUnit } from './order.ts';

/**
 * What the database has and no .prisma file can say, by path and kind. The engine's diff sees none of it: it is not told when such an
 * object is gone. A table that the schema lacks is drift and not listed, nor is what stands on it.
 */
export function unmanagedObjects(
  input: CompareInput,
  tables: readonly TablePair[],
  keys: readonly IndexPairs[],
): readonly UnmanagedObject[] {
  const found: UnmanagedObject[] = [];
  const add = (kind: UnmanagedKind, path: string, definition: string, touched: TouchKind): void => {
    found.push(withTouch({ kind, path, definition }, () => input.lastTouch(touched, path)));
  };
  const { actual } = input;
  tables.forEach(({ actual: table }, index) => {
    const pairs = keys[index];
    if (pairs) ofTable(table, pairs, add);
  });
  for (const table of actual.tables) {
    if (!input.managedSchemas.has(table.schema)) add('table', table.path, `table of schema ${table.schema}`, 'table');
  }
  for (const { name, version } of actual.extensions) {
    if (!input.declaredExtensions.includes(name))
      add('extension', name, `CREATE EXTENSION ${quoteIdentifier(name)}; -- ${version}`, 'extension');
  }
  for (const view of actual.views) {
    const kind = view.materialized ? 'materialized view' : 'view';
    const options = view.options.length === 0 ? '' : ` WITH (${view.options.join(', ')})`;
    add(kind, view.path, `CREATE ${kind.toUpperCase()} ${qualified(view)}${options} AS\n${view.definition}`, 'view');
    for (const index of view.indexes) add('index', `${view.path}.${index.name}`, `${index.definition};`, 'index');
  }
  for (const one of actual.functions)
    add(
      'function',
      one.path,
      one.definition === '' ? `${one.kind} (${one.arguments})` : `${one.definition};`,
      'function',
    );
  for (const domain of actual.domains)
    add('domain', domain.path, `CREATE DOMAIN ${qualified(domain)} AS ${domain.definition};`, 'type');
  for (const type of actual.compositeTypes)
    add('composite type', type.path, `CREATE TYPE ${qualified(type)} AS (${type.definition});`, 'type');
  for (const sequence of actual.sequences) {
    const options = sequence.options === '' ? '' : ` ${sequence.options}`;
    if (sequence.ownedBy === null)
      add(
        'sequence',
        sequence.path,
        `CREATE SEQUENCE ${qualified(sequence)} AS ${sequence.type}${options};`,
        'sequence',
      );
    else if (options !== '')
      add('sequence', sequence.path, `ALTER SEQUENCE ${qualified(sequence)}${options};`, 'sequence');
  }
  for (const grant of actual.grants) {
    const to = grant.grantee === 'PUBLIC' ? 'PUBLIC' : quoteIdentifier(grant.grantee);
    const on = grant.on === 'schema' ? quoteIdentifier(grant.name) : qualified(grant);
    const path = `${grant.on} ${grant.path} to ${grant.grantee}`;
    add('grant', path, `GRANT ${grant.privileges.join(', ')} ON ${grant.on.toUpperCase()} ${on} TO ${to};`, 'grant');
  }
  return merged(found).sort((a, b) => byCodeUnit(a.kind, b.kind) || byCodeUnit(a.path, b.path));
}

type Add = (kind: UnmanagedKind, path: string, definition: string, touched: TouchKind) => void;

function ofTable(table: Table, pairs: IndexPairs, add: Add): void {
  const alter = `ALTER TABLE ${qualified(table)}`;
  for (const { path, name, definition } of table.checks)
    add('check', path, `${alter} ADD CONSTRAINT ${quoteIdentifier(name)} ${definition};`, 'constraint');
  for (const { path, name, definition } of table.exclusions) {
    add('exclusion', path, `${alter} ADD CONSTRAINT ${quoteIdentifier(name)} ${definition};`, 'constraint');
  }
  for (const { path, definition, enabled } of table.triggers)
    add('trigger', path, `${definition};${enabled ? '' : ' -- disabled'}`, 'trigger');
  for (const policy of table.policies) {
    const using = policy.using === null ? '' : ` USING (${policy.using})`;
    const check = policy.withCheck === null ? '' : ` WITH CHECK (${policy.withCheck})`;
    const roles = policy.roles.map(role => (role === 'public' ? 'PUBLIC' : quoteIdentifier(role))).join(', ');
    add(
      'policy',
      policy.path,
      `CREATE POLICY ${quoteIdentifier(policy.name)} ON ${qualified(table)} AS ${policy.permissive ? 'PERMISSIVE' : 'RESTRICTIVE'} FOR ${policy.command} TO ${roles}${using}${check};`,
      'policy',
    );
  }
  if (table.rowSecurity) {
    const force = table.forceRowSecurity ? ` ${alter} FORCE ROW LEVEL SECURITY;` : '';
    add('row level security', table.path, `${alter} ENABLE ROW LEVEL SECURITY;${force}`, 'table');
  }
  if (table.kind === 'partitioned') add('partitioned table', table.path, 'partitioned', 'table');
  if (table.unlogged) add('unlogged table', table.path, `${alter} SET UNLOGGED;`, 'table');
  ofColumns(table, alter, add);
  const matched = new Map([...pairs.uniques, ...pairs.indexes, ...pairs.primaryKeys].map(pair => [pair.actual, pair]));
  for (const index of table.indexes) {
    const pair = matched.get(index);
    // A unique that is weaker than the schema says is drift, told by drift/weak-unique.
    if (pair?.weakness !== undefined && pair.expected?.unique === true) continue;
    if (pair?.expected === undefined && !isPrismaIndex(index) && index.constraint !== 'exclusion')
      add(kindOf(index), index.path, `${index.definition};`, 'index');
    else if (pair?.expected && pair.weakness !== undefined && pair.weakness !== 'invalid')
      add(kindOf(index), index.path, `${index.definition};`, 'index');
    else if (pair?.expected && !pair.changed) ofIndexOptions(index, pair.expected, add);
  }
}

function kindOf(index: TableIndex): UnmanagedKind {
  if (index.predicate !== null) return 'partial index';
  return index.columns.length === index.keys.length ? 'index' : 'expression index';
}

function ofColumns(table: Table, alter: string, add: Add): void {
  if (table.comment !== null) {
    add('comment', table.path, `COMMENT ON TABLE ${qualified(table)} IS ${quoteLiteral(table.comment)};`, 'table');
  }
  for (const column of table.columns) {
    const name = quoteIdentifier(column.name);
    if (column.comment !== null) {
      const comment = `COMMENT ON COLUMN ${qualified(table)}.${name} IS ${quoteLiteral(column.comment)};`;
      add('comment', column.path, comment, 'column');
    }
    if (column.generated !== null) {
      add(
        'generated column',
        column.path,
        `${alter} ADD COLUMN ${name} ${column.type} GENERATED ALWAYS AS (${column.generated}) STORED;`,
        'column',
      );
    }
    if (column.collation !== null) {
      add(
        'column collation',
        column.path,
        `${alter} ALTER COLUMN ${name} TYPE ${column.type} COLLATE ${quoteIdentifier(column.collation)};`,
        'column',
      );
    }
    if (column.identity !== null) {
      add(
        'identity',
        column.path,
        `${alter} ALTER COLUMN ${name} ADD GENERATED ${column.identity.toUpperCase()} AS IDENTITY;`,
        'column',
      );
    }
  }
}

/** What an index has beyond its columns, method and order. */
function ofIndexOptions(index: TableIndex, wanted: TableIndex, add: Add): void {
  const asConstraint = index.constraint === 'unique' && wanted.constraint === null;
  if (asConstraint) {
    add(
      'unique constraint',
      index.path,
      `ALTER TABLE ${qualified(index.table)} ADD CONSTRAINT ${quoteIdentifier(index.name)} UNIQUE USING INDEX ${quoteIdentifier(index.name)};`,
      'index',
    );
  }
  const special =
    index.nullsNotDistinct ||
    index.include.length > 0 ||
    index.keys.some((key, at) => {
      const other = wanted.keys[at];
      return (
        key.operatorClass !== (other?.operatorClass ?? null) ||
        key.nullsFirst !== other?.nullsFirst ||
        key.collation !== null
      );
    });
  if (special) add('index option', index.path, `${index.definition};`, 'index');
}

/** Overloads of one function are one entry. */
function merged(objects: readonly UnmanagedObject[]): UnmanagedObject[] {
  const byKey = new Map<string, UnmanagedObject>();
  for (const object of objects) {
    const key = `${object.kind} ${object.path}`;
    const other = byKey.get(key);
    byKey.set(
      key,
      other
        ? withTouch(
            { kind: other.kind, path: other.path, definition: `${other.definition}\n${object.definition}` },
            () => other.touch,
          )
        : object,
    );
  }
  return [...byKey.values()];
}

function qualified(object: { readonly schema: string; readonly name: string }): string {
  return object.schema === 'public'
    ? quoteIdentifier(object.name)
    : `${quoteIdentifier(object.schema)}.${quoteIdentifier(object.name)}`;
}
