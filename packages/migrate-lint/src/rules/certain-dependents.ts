import type { Migrations, PastObject, Statement } from '@migrate-lint/core';

/** What a change takes away or makes different. */
interface Changed {
  readonly id: number;
  readonly kind: 'table' | 'column';
}

/**
 * Of the views and policies that may read a table or column, those that do for certain, directly or through another view: their own statements
 * say so, and no name in them could mean another column.
 */
export function certainReaders(
  changed: Changed,
  dependents: readonly PastObject[],
  statement: Statement,
  migrations: Migrations,
): readonly PastObject[] {
  const readers = dependents.flatMap(thing => {
    const reads = isReader(thing) ? definitionOf(thing, statement, migrations)?.certainReads : undefined;
    return reads ? [{ thing, reads }] : [];
  });
  const found = new Set(
    readers
      .filter(({ reads }) =>
        (changed.kind === 'table' ? reads.tables : reads.columns).some(({ id }) => id === changed.id),
      )
      .map(({ thing }) => thing),
  );
  // A view comes before the views on it.
  for (const { thing, reads } of readers.toSorted((a, b) => a.thing.id - b.thing.id))
    if (reads.tables.some(read => [...found].some(({ id }) => id === read.id))) found.add(thing);
  return dependents.filter(thing => found.has(thing));
}

function isReader({ kind }: PastObject): boolean {
  return kind === 'view' || kind === 'materialized view' || kind === 'policy';
}

/** The last statement that says what the thing reads; undefined where that is not written as one statement. */
export function definitionOf(
  thing: PastObject,
  statement: Statement,
  { migrations }: Migrations,
): Statement | undefined {
  const before = migrations
    .slice(0, migrations.indexOf(statement.migration) + 1)
    .flatMap(({ statements, syntaxError }) => (syntaxError ? [] : statements));
  const end = before.findIndex(({ path }) => path === statement.path);
  const last = before
    .slice(0, end)
    .findLast(({ sql, operations }) =>
      /^ALTER\s+POLICY\b/i.test(sql)
        ? sql.includes(thing.name)
        : operations.some(
            operation =>
              operation.kind === 'create object' &&
              operation.object.path === thing.path &&
              operation.object.kind === thing.kind,
          ),
    );
  return last && /^ALTER/i.test(last.sql) ? undefined : last;
}
