import type { Catalog, ManifestEntry } from '@migrate-lint/core';
import { quoteIdentifier } from '../database/database.ts';
import { qualified } from './names.ts';
import type { Phase, Step } from './step.ts';

type Listed = ManifestEntry['object'];

/** Makes an object of the manifest again; nothing where its definition is no statement. */
export function restore(object: Listed, actual: Catalog): readonly Step[] {
  const { kind, definition } = object;
  if (!/^(?:CREATE|ALTER|GRANT|COMMENT)\s/i.test(definition)) return [];
  const phase: Phase =
    kind === 'extension' ? 'create extension' : kind === 'generated column' ? 'add column' : 'restore';
  return [{ phase, sql: [...inTheWay(object, actual), definition].join('\n') }];
}

/** What stands there under the name, in another shape. */
function inTheWay({ kind, path }: Listed, actual: Catalog): readonly string[] {
  const index =
    kind.endsWith('index') || kind === 'index option' ? actual.indexes.find(one => one.path === path) : undefined;
  if (index?.constraint === null) return [`DROP INDEX ${qualified({ schema: index.table.schema, name: index.name })};`];
  const column = kind === 'generated column' ? actual.columns.find(one => one.path === path) : undefined;
  return column ? [`ALTER TABLE ${qualified(column.table)} DROP COLUMN ${quoteIdentifier(column.name)};`] : [];
}
