import type { Catalog, ManifestEntry, UnmanagedKind } from '@migrate-lint/core';
import { quoteIdentifier } from '../database/database.ts';
import { qualified } from './names.ts';
import type { Phase, Step } from './step.ts';

type Listed = ManifestEntry['object'];

/** What others are made of comes first: a check may call a function, a view may read a column. */
const phases: Readonly<Partial<Record<UnmanagedKind, Phase>>> = {
  extension: 'create extension',
  'composite type': 'restore type',
  domain: 'restore type',
  sequence: 'restore type',
  function: 'restore function',
  'generated column': 'add column',
  view: 'restore view',
  'materialized view': 'restore materialized view',
  grant: 'restore grant',
};

/** Makes an object of the manifest again; nothing where its definition is no statement. */
export function restore(object: Listed, actual: Catalog): readonly Step[] {
  const { kind, definition } = object;
  if (!/^(?:CREATE|ALTER|GRANT|COMMENT)\s/i.test(definition)) return [];
  return [{ phase: phases[kind] ?? 'restore object', sql: [...inTheWay(object, actual), definition].join('\n') }];
}

/** What stands there under the name, in another shape. */
function inTheWay({ kind, path }: Listed, actual: Catalog): readonly string[] {
  const index =
    kind.endsWith('index') || kind === 'index option' ? actual.indexes.find(one => one.path === path) : undefined;
  if (index?.constraint === null) return [`DROP INDEX ${qualified({ schema: index.table.schema, name: index.name })};`];
  const column = kind === 'generated column' ? actual.columns.find(one => one.path === path) : undefined;
  return column ? [`ALTER TABLE ${qualified(column.table)} DROP COLUMN ${quoteIdentifier(column.name)};`] : [];
}
