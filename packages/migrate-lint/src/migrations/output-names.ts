import type { Node, SelectStmt } from 'libpg-query';
import { all, as, strings } from './nodes.ts';

/** What Postgres calls the output of an expression (FigureColname in src/backend/parser/parse_target.c); undefined where it finds no name. */
export function outputName(node: Node | undefined): string | undefined {
  return figure(node)?.name;
}

/** What a column of a query is called that has no AS; undefined where that hangs on a table that is not known here. */
export function resultName(node: Node | undefined): string | undefined {
  const found = figure(node);
  return found ? found.name : '?column?';
}

/** `*` and `t.*` and `(row).*`. */
export function isStar(node: Node | undefined): boolean {
  const fields = as('ColumnRef', node)?.fields ?? as('A_Indirection', node)?.indirection;
  return as('A_Star', fields?.at(-1)) !== undefined;
}

/** The arm of a UNION that names its columns. */
export function firstArm(select: SelectStmt | undefined): SelectStmt | undefined {
  let first = select;
  while (first?.larg) first = first.larg;
  return first;
}

interface Figured {
  /** Undefined for what only the columns of a table tell. */
  readonly name: string | undefined;
  /** Only the name of a type: an outer construct may know better. */
  readonly weak?: true;
}

function figure(node: Node | undefined): Figured | undefined {
  const cast = as('TypeCast', node);
  if (cast) {
    const inner = figure(cast.arg);
    if (inner && !inner.weak) return inner;
    const type = strings(cast.typeName?.names).at(-1);
    return type === undefined ? inner : { name: type, weak: true };
  }
  const choice = as('CaseExpr', node);
  if (choice) {
    const inner = figure(choice.defresult);
    return inner && !inner.weak ? inner : { name: 'case', weak: true };
  }
  const indirection = as('A_Indirection', node);
  if (indirection) return named(strings(indirection.indirection).at(-1)) ?? figure(indirection.arg);
  const collated = as('CollateClause', node);
  if (collated) return figure(collated.arg);
  const link = as('SubLink', node);
  return link ? ofSubquery(link.subLinkType, as('SelectStmt', link.subselect)) : named(nameOf(node));
}

function named(name: string | undefined): Figured | undefined {
  return name === undefined ? undefined : { name };
}

function nameOf(node: Node | undefined): string | undefined {
  const column = as('ColumnRef', node);
  if (column) return strings(column.fields).at(-1);
  const call = as('FuncCall', node);
  if (call) return strings(call.funcname).at(-1);
  if (as('A_Expr', node)?.kind === 'AEXPR_NULLIF') return 'nullif';
  const extreme = as('MinMaxExpr', node);
  if (extreme) return extreme.op === 'IS_LEAST' ? 'least' : 'greatest';
  const value = as('SQLValueFunction', node);
  // `SVFOP_CURRENT_TIME_N` is the one with a precision.
  if (value) return value.op?.replace(/^SVFOP_|_N$/g, '').toLowerCase();
  const xml = as('XmlExpr', node);
  if (xml) return xml.op === 'IS_DOCUMENT' ? undefined : xml.op?.replace(/^IS_/, '').toLowerCase();
  const json = as('JsonFuncExpr', node);
  if (json) return json.op?.replace(/_OP$/, '').toLowerCase();
  const kind = Object.keys(node ?? {})[0];
  return kind === undefined ? undefined : fixed[kind];
}

const fixed: Readonly<Partial<Record<string, string>>> = {
  A_ArrayExpr: 'array',
  CoalesceExpr: 'coalesce',
  GroupingFunc: 'grouping',
  JsonArrayAgg: 'json_arrayagg',
  JsonArrayConstructor: 'json_array',
  JsonArrayQueryConstructor: 'json_array',
  JsonObjectAgg: 'json_objectagg',
  JsonObjectConstructor: 'json_object',
  JsonParseExpr: 'json',
  JsonScalarExpr: 'json_scalar',
  JsonSerializeExpr: 'json_serialize',
  RowExpr: 'row',
  XmlSerialize: 'xmlserialize',
};

/** A sub-SELECT that is a value is called as its column is, and that has a name, be it `?column?`. */
function ofSubquery(type: string | undefined, select: SelectStmt | undefined): Figured | undefined {
  if (type === 'EXISTS_SUBLINK') return { name: 'exists' };
  if (type === 'ARRAY_SUBLINK') return { name: 'array' };
  if (type !== 'EXPR_SUBLINK') return undefined;
  const first = firstArm(select);
  if (first?.valuesLists) return { name: 'column1' };
  const [target] = all('ResTarget', first?.targetList);
  return { name: target?.name ?? (isStar(target?.val) ? undefined : resultName(target?.val)) };
}
