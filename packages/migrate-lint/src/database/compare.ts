import type { Comparison, EnumType, EnumValueSide, Pair, Span, Table, Touch } from '@migrate-lint/core';
import { pairColumns } from './compare-columns.ts';
import { pairForeignKeys } from './compare-foreign-keys.ts';
import { pairIndexes } from './compare-indexes.ts';
import { withTouch, type CompareInput, type Names, type TablePair } from './pair.ts';
import { enumRenames, tableRenames, type Rename } from './renames.ts';
import { unmanagedObjects } from './unmanaged.ts';

/** Compares what the schema promises with what is there. Pure: the same catalogs give the same comparison. */
export function compare(input: CompareInput): Comparison {
  const external = new Set(input.externalTables.map(table => table.path));
  const managed = (table: Table): boolean => input.managedSchemas.has(table.schema) && !external.has(table.path);
  const expectedTables = input.expected.tables.filter(table => !external.has(table.path));
  const actualTables = input.actual.tables.filter(managed);

  const tables = pairByPath('table', expectedTables, actualTables, tableRenames, input);
  const enums = pairByPath(
    'enum',
    input.expected.enums,
    input.actual.enums.filter(type => input.managedSchemas.has(type.schema)),
    enumRenames,
    input,
  );
  const both = tables.filter((pair): pair is TablePair => pair.expected !== undefined && pair.actual !== undefined);

  const typeNames = new Map(
    enums.filter(pair => pair.renamed).map(pair => [pair.expected?.name ?? '', pair.actual?.name ?? '']),
  );
  const tableNames = new Map(both.map(pair => [pair.expected.path, pair.actual.path]));
  const columnNames = new Map<string, string>();
  const names: Names = {
    table: path => tableNames.get(path) ?? path,
    column: (table, name) => columnNames.get(`${table.path}.${name}`) ?? name,
    type: text => renameTypes(text, typeNames),
  };
  const columns = both.flatMap(pair => pairColumns(pair, names, input));
  for (const { renamed, expected, actual } of columns) {
    if (renamed && expected && actual) columnNames.set(expected.path, actual.name);
  }
  const keys = both.map(pair => pairIndexes(pair, names, columns, input));
  const unmanaged = unmanagedObjects(input, both, keys);
  return {
    expected: input.expected,
    actual: input.actual,
    against: input.against,
    tables,
    columns,
    enums,
    enumValues: enums.flatMap(pair => pairEnumValues(pair)),
    primaryKeys: keys.flatMap(pairs => pairs.primaryKeys),
    uniques: keys.flatMap(pairs => pairs.uniques),
    indexes: keys.flatMap(pairs => pairs.indexes),
    foreignKeys: both.flatMap(pair => pairForeignKeys(pair, names, input)),
    extensions: input.declaredExtensions.map(name => {
      const actual = input.actual.extensions.find(extension => extension.name === name);
      const expected = { path: name, schema: 'public', name, span: null, version: '' };
      return pairOf(expected, actual, () => input.lastTouch('extension', name));
    }),
    unmanaged,
    manifest: input.manifest?.(unmanaged),
    externalTables: input.externalTables,
  };
}

function pairOf<Thing extends { readonly path: string; readonly span: Span | null }>(
  expected: Thing | undefined,
  actual: Thing | undefined,
  touch: () => Touch | undefined,
  rename?: Rename<Thing>,
): Pair<Thing> {
  const pair = {
    path: expected?.path ?? actual?.path ?? '',
    expected,
    actual,
    renamed: rename !== undefined,
    likeness: rename?.likeness ?? '',
    schemaSpan: expected?.span ?? null,
  };
  return withTouch(pair, touch);
}

function pairByPath<Thing extends Table | EnumType>(
  kind: 'table' | 'enum',
  expected: readonly Thing[],
  actual: readonly Thing[],
  findRenames: (missing: readonly Thing[], extra: readonly Thing[]) => readonly Rename<Thing>[],
  input: CompareInput,
): readonly Pair<Thing>[] {
  const [expectedPaths, actualPaths] = [byPath(expected), byPath(actual)];
  const missing = expected.filter(thing => !actualPaths.has(thing.path));
  const extra = actual.filter(thing => !expectedPaths.has(thing.path));
  const renames = findRenames(missing, extra);
  const touch = (thing: Thing) => () => input.lastTouch(kind, thing.path);
  return [
    ...expected.map(thing => {
      const rename = renames.find(one => one.expected === thing);
      const partner = rename?.actual ?? actualPaths.get(thing.path);
      return pairOf(thing, partner, touch(partner ?? thing), rename);
    }),
    ...extra
      .filter(thing => !renames.some(one => one.actual === thing))
      .map(thing => pairOf(undefined, thing, touch(thing))),
  ];
}

function byPath<Thing extends { readonly path: string }>(things: readonly Thing[]): ReadonlyMap<string, Thing> {
  return new Map(things.map(thing => [thing.path, thing]));
}

function pairEnumValues(types: Pair<EnumType>): readonly Pair<EnumValueSide>[] {
  const { expected, actual, schemaSpan } = types;
  if (!expected || !actual) return [];
  const side = (type: EnumType, name: string): EnumValueSide => ({ path: `${type.path}.${name}`, name, enum: type });
  const values = [...new Set([...expected.values, ...actual.values])];
  return values.map(name => {
    const pair = {
      path: `${expected.path}.${name}`,
      expected: expected.values.includes(name) ? side(expected, name) : undefined,
      actual: actual.values.includes(name) ? side(actual, name) : undefined,
      renamed: false,
      likeness: '',
      schemaSpan,
    };
    return withTouch(pair, () => types.touch);
  });
}

function renameTypes(text: string, names: ReadonlyMap<string, string>): string {
  if (names.size === 0) return text;
  return text.replace(/"((?:[^"]|"")+)"|\b([a-z_][a-z0-9_]*)\b/g, (found, quoted?: string, plain?: string) => {
    const name = names.get(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (name === undefined) return found;
    return /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
  });
}
