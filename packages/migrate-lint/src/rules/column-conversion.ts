import { quoteIdentifier, type AddColumn, type Fix, type PastColumn, type Statement } from '@migrate-lint/core';
import { removeStatement, rewriteStatement } from '../edits.ts';
import type { OperationOf } from './operations.ts';
import { tableSql } from './past-names.ts';
import type { Successor } from './probable-renames.ts';

/** The clauses that turn a column as it is into one that would be added. Undefined where its values have a source of their own. */
export function conversion(from: PastColumn, to: PastColumn): readonly string[] | undefined {
  if (to.serial || to.identity || to.generated || !from.type || !to.type) return undefined;
  const column = `ALTER COLUMN ${quoteIdentifier(to.name)}`;
  const retyped = from.type !== to.type;
  const reset = retyped || from.default?.sql !== to.default?.sql;
  return [
    ...(reset && from.default ? [`${column} DROP DEFAULT`] : []),
    ...(retyped ? [`${column} TYPE ${to.type} USING ${quoteIdentifier(to.name)}::${to.type}`] : []),
    ...(reset && to.default ? [`${column} SET DEFAULT ${to.default.sql}`] : []),
    ...(from.notNull && !to.notNull ? [`${column} DROP NOT NULL`] : []),
    ...(!from.notNull && to.notNull ? [`${column} SET NOT NULL`] : []),
  ];
}

/**
 * Keeps a column that a statement drops and adds again under the same or another name: a rename, the clauses that are left to do, and the
 * statement's other clauses. Undefined where that cannot be said.
 */
export function keepColumn(
  dropped: OperationOf<'drop column'>,
  statement: Statement,
  { added, statement: adding }: Successor<AddColumn>,
): Fix | undefined {
  const changes = conversion(dropped.column, added.column);
  const rest = clausesBeside(statement, statement === adding ? [dropped, added] : [dropped]);
  const restOfAdding = statement === adding ? [] : clausesBeside(adding, [added]);
  if (!changes || !rest || !restOfAdding) return undefined;
  const table = `ALTER TABLE ${tableSql(dropped.table)}`;
  const [from, to] = [quoteIdentifier(dropped.column.name), quoteIdentifier(added.column.name)];
  const sql = [
    ...(from === to ? [] : [`${table} RENAME COLUMN ${from} TO ${to};`]),
    ...[changes, rest].flatMap(clauses => (clauses.length > 0 ? [`${table} ${clauses.join(',\n  ')};`] : [])),
  ].join('\n');
  const keep = sql === '' ? removeStatement(statement) : rewriteStatement(statement, sql);
  const add =
    restOfAdding.length > 0
      ? rewriteStatement(adding, `${table} ${restOfAdding.join(',\n  ')}`)
      : removeStatement(adding);
  return {
    title: from === to ? `Keep the values of the column ${from}` : `Rename the column ${from} to ${to}`,
    safety: 'unsafe',
    edits: statement === adding ? keep : [...keep, ...add],
  };
}

/** The text of all other clauses of a statement; undefined where they have no places of their own. */
function clausesBeside(
  { span, operations, sql }: Statement,
  taken: readonly Statement['operations'][number][],
): readonly string[] | undefined {
  const rest = operations.filter(operation => !taken.includes(operation));
  const apart = [...taken, ...rest].every(each => !each.conditional && each.span.start > span.start);
  const inside = rest.some(each =>
    taken.some(one => each.span.start >= one.span.start && each.span.end <= one.span.end),
  );
  if (!apart || inside) return undefined;
  const places = new Map(rest.map(each => [each.span.start, each.span]));
  return [...places.values()].map(each => sql.slice(each.start - span.start, each.end - span.start));
}
