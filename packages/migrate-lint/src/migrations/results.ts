import type { Statement } from '@migrate-lint/core';
import type { Node, SelectStmt } from 'libpg-query';
import { all, as, strings } from './nodes.ts';
import { firstArm, isStar, resultName } from './output-names.ts';
import { Names } from './ranges.ts';

/** A column that a query makes. */
export interface Result {
  /** Undefined where it is not known here. */
  readonly name: string | undefined;
  /** Where its expression begins, or the `*` that stands for it. */
  readonly location: number | undefined;
  /** Whether the name stands there, or Postgres makes it up. */
  readonly written: boolean;
  /** A `*` of what is not known: any number of columns. */
  readonly several: boolean;
}

/** The columns that a query makes, in their order. Of a `*` those of a table whose columns are all known, or of a sub-SELECT. */
export function resultsOf(select: SelectStmt | undefined, statement: Statement): readonly Result[] {
  return resultsBeside(new Set(), select, statement);
}

/** `queries` are the names of WITH around it, which hide tables. */
function resultsBeside(
  queries: ReadonlySet<string>,
  select: SelectStmt | undefined,
  statement: Statement,
): readonly Result[] {
  const common = new Set([...queries, ...commonNames(select)]);
  const first = firstArm(select);
  return all('ResTarget', first?.targetList).flatMap(({ name, val, location }): readonly Result[] => {
    if (!isStar(val)) {
      const written = name !== undefined || isNamed(val);
      return [{ name: name ?? resultName(val), location, written, several: false }];
    }
    const starred = starredNames(val, first?.fromClause, common, statement);
    const of = starred ?? [undefined];
    return of.map(each => ({ name: each, location, written: false, several: starred === undefined }));
  });
}

function commonNames(select: SelectStmt | undefined): readonly string[] {
  const names: string[] = [];
  for (let arm = select; arm; arm = arm.larg)
    names.push(...all('CommonTableExpr', arm.withClause?.ctes).map(({ ctename = '' }) => ctename));
  return names;
}

/** A column or a function, whose name is there to be read whatever casts are around it. */
function isNamed(node: Node | undefined): boolean {
  const cast = as('TypeCast', node);
  if (cast) return isNamed(cast.arg);
  return as('ColumnRef', node) !== undefined || as('FuncCall', node) !== undefined;
}

/** What `*` or `t.*` stands for; undefined where not all of it is known. */
function starredNames(
  star: Node | undefined,
  from: readonly Node[] | undefined,
  queries: ReadonlySet<string>,
  statement: Statement,
): readonly string[] | undefined {
  const column = as('ColumnRef', star);
  const of = strings(column?.fields).at(-1);
  const items = column && itemsOf(from, of === undefined);
  if (!items) return undefined;
  const meant = items.filter(item => of === undefined || aliasOf(item) === of);
  const names = meant.length > 0 ? unlessUnknown(meant.map(item => namesIn(item, queries, statement))) : undefined;
  return names?.flat();
}

/** The tables of a FROM without its joins. USING and NATURAL make one of two columns; then it is not known what `*` is. */
function itemsOf(from: readonly Node[] | undefined, merges: boolean): readonly Node[] | undefined {
  const items = (from ?? []).map(item => {
    const join = as('JoinExpr', item);
    if (!join) return [item];
    if (join.alias ?? (merges && (join.isNatural ?? join.usingClause))) return undefined;
    return itemsOf(
      [join.larg, join.rarg].flatMap(side => side ?? []),
      merges,
    );
  });
  return unlessUnknown(items)?.flat();
}

function aliasOf(item: Node): string | undefined {
  const table = as('RangeVar', item);
  return table ? (table.alias?.aliasname ?? table.relname) : as('RangeSubselect', item)?.alias?.aliasname;
}

/** The columns of a table or a sub-SELECT in a FROM; undefined where they are not known. */
function namesIn(item: Node, queries: ReadonlySet<string>, statement: Statement): readonly string[] | undefined {
  const table = as('RangeVar', item);
  const query = as('RangeSubselect', item);
  if ((table?.alias ?? query?.alias)?.colnames) return undefined;
  if (query) {
    const results = resultsBeside(queries, as('SelectStmt', query.subquery), statement);
    return results.length > 0 ? unlessUnknown(results.map(({ name }) => name)) : undefined;
  }
  if (!table || (table.schemaname === undefined && queries.has(table.relname ?? ''))) return undefined;
  const names = new Names(statement);
  const columns = names.relation(table).flatMap(range => names.columnsIn(range));
  return columns.length > 0 ? columns.flatMap(({ column }) => column?.name ?? []) : undefined;
}

function unlessUnknown<Value>(values: readonly (Value | undefined)[]): readonly Value[] | undefined {
  const known = values.filter(value => value !== undefined);
  return known.length === values.length ? known : undefined;
}
