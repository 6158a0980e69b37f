import type { CertainReads, PastColumn, PastTable, Statement } from '@migrate-lint/core';
import type { Node } from 'libpg-query';
import { all, as, strings } from './nodes.ts';
import type { ParsedStatement } from './parser.ts';
import { Names, selectOf, type RangeColumn } from './ranges.ts';

/** What the queries and conditions of a statement read for certain. What a name may mean besides is left out. */
export function readCertainReads(parsed: ParsedStatement, statement: Statement): CertainReads {
  const names = new Names(statement);
  const tables = new Map<number, PastTable>();
  const columns = new Map<number, PastColumn>();
  names.visit(parsed.node, (node, ranges) => {
    for (const { table } of ranges) if (table) tables.set(table.id, table);
    const named = isStar(node) ? undefined : names.named(node, ranges);
    for (const { column } of [...(named ? [named] : []), ...starred(node, names)])
      if (column) columns.set(column.id, column);
  });
  return { tables: [...tables.values()], columns: [...columns.values()] };
}

/** `*` and `t.*` among what a SELECT gives. */
function starred(node: Node, names: Names): readonly RangeColumn[] {
  const select = selectOf(node);
  return all('ResTarget', select?.targetList).flatMap(({ val }) => {
    if (!select || !isStar(val)) return [];
    const of = strings(as('ColumnRef', val)?.fields).at(-1);
    const meant = names.fromClause(select).filter(({ name }) => of === undefined || name === of);
    return meant.flatMap(range => names.columnsIn(range));
  });
}

function isStar(node: Node | undefined): boolean {
  return as('A_Star', as('ColumnRef', node)?.fields?.at(-1)) !== undefined;
}
