import { expect } from '@jest/globals';
import type { Operation } from '@migrate-lint/core';
import type { Dialect } from '../src/migrations/dialects/dialect.ts';
import { parseScript } from '../src/migrations/dialects/parser.ts';
import { History } from '../src/migrations/history.ts';

/** The scripts as migrations that follow each other, `1`, `2` and so on; the parsers have to be loaded. */
export function historyOf(dialect: Dialect, ...texts: readonly string[]): History {
  const files = texts.map((text, at) => ({ name: String(at + 1), file: `${String(at + 1)}/migration.sql`, text }));
  return new History(files, undefined, script => parseScript(script, dialect), dialect);
}

/** What the last migration does, in words. */
export function told(dialect: Dialect, before: string, sql: string): readonly string[] {
  const history = historyOf(dialect, before, sql);
  expect(history.unread).toEqual([]);
  const operations = history.migrations.at(-1)?.statements.flatMap(statement => statement.operations) ?? [];
  return operations.map(operation => words(operation));
}

/** One operation, in words. */
export function words(operation: Operation): string {
  const { kind } = operation;
  if (kind === 'add column') return `${kind} ${operation.column.name} ${operation.column.type ?? '?'}`;
  if (kind === 'alter type')
    return `${kind} ${operation.column.name} ${operation.column.type ?? '?'} → ${operation.to ?? ''}`;
  if (kind === 'set default') return `${kind} ${operation.column.name} ${operation.default?.sql ?? ''}`;
  if ('column' in operation && typeof operation.column === 'object') return `${kind} ${operation.column.name}`;
  if (kind === 'create index') return `${kind} ${operation.index.name} (${operation.index.columns.join()})`;
  if (kind === 'add constraint') return `${kind} ${operation.constraint.name}`;
  if (kind === 'other') return `${kind} ${operation.what}`;
  if ('from' in operation) return `${kind} ${operation.from} → ${operation.to}`;
  if ('where' in operation)
    return `${kind} ${operation.tables.map(({ path }) => path).join()} ${operation.everyRow ? 'all' : 'some'}${operation.batched ? ' at a time' : ''} (${operation.columns.join()})`;
  if (kind === 'set') return `${kind} ${operation.name} ${operation.value ?? ''}`;
  if ('name' in operation) return `${kind} ${operation.name ?? ''}`;
  return 'table' in operation && operation.table ? `${kind} ${operation.table.path}` : kind;
}
