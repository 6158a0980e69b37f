import type { PastColumn, PastConstraint, PastEnum, PastIndex, PastObject, PastTable } from '@migrate-lint/core';
import { pathOf, type Thing } from '../thing.ts';
import {
  detailOf,
  plainTable,
  unknownColumn,
  type ColumnDetail,
  type ConstraintDetail,
  type EnumDetail,
  type IndexDetail,
  type Named,
} from './details.ts';
import { bareName } from './keywords.ts';
import { tableOfParts } from './table-record.ts';
import { typeText } from './types.ts';

/** The record of a thing as it stands now. It is made once for each state. */
export function recordOf(thing: Thing): PastObject {
  return (thing.record ??= isTable(thing) ? tableRecord(thing) : partRecord(thing, pathOf(thing)));
}

/** What is used like a table. */
export function isTable({ kind }: Thing): boolean {
  return kind === 'table' || kind === 'view';
}

export function tableRecord(thing: Thing): PastTable {
  return tableOfParts(headOf(thing, pathOf(thing)), detailOf('relation', thing) ?? plainTable, {
    schema: thing.schema,
    open: thing.open || thing.kind === 'view',
    parts: partsOf(thing).map(recordOf),
    children: [...thing.children].map(pathOf),
  });
}

/** The oldest first: so they were made, but what is renamed goes to the end. */
function partsOf({ parts }: Thing): readonly Thing[] {
  const all = [...parts.values()];
  const inOrder = all.every(({ id }, at) => at === 0 || (all[at - 1]?.id ?? 0) < id);
  return inOrder ? all : all.sort((a, b) => a.id - b.id);
}

function partRecord(thing: Thing, path: string): PastObject {
  const head = headOf(thing, path);
  const table = thing.table ? pathOf(thing.table) : '';
  if (thing.kind === 'column') return columnRecord(head, detailOf('column', thing) ?? unknownColumn);
  const index = detailOf('index', thing);
  if (index) return indexRecord(head, index, table, thing.twin && constraintOf(thing));
  const constraint = detailOf('constraint', thing);
  if (constraint) return constraintRecord(head, constraint, table);
  const values = detailOf('enum', thing);
  return values ? enumRecord(head, values, thing.schema) : head;
}

/** What all records have. */
export function headOf(thing: Thing, path: string): PastObject {
  const { id, createdBy, kind } = thing;
  const name = kind === 'function' ? thing.name.slice(0, thing.name.lastIndexOf('(')) : thing.name;
  const own = kind === 'table' || kind === 'view' ? detailOf('relation', thing)?.kind : undefined;
  return { path, name, kind: own ?? kind, id, createdBy };
}

function constraintOf({ role }: Thing): PastIndex['constraint'] {
  return role === 'primary' || role === 'unique' || role === 'exclusion' ? role : undefined;
}

export function columnRecord(head: PastObject, detail: ColumnDetail): PastColumn {
  const { type, notNull, default: value, identity, generated, serial, collation } = detail;
  return {
    ...head,
    type: type && typeText(type),
    notNull,
    default: value && { sql: value.sql, volatility: value.volatility },
    identity,
    generated,
    serial,
    collation,
  };
}

export function indexRecord(
  head: PastObject,
  detail: IndexDetail,
  table: string,
  constraint: PastIndex['constraint'],
): PastIndex {
  const { columns, expressions, include } = detail;
  return {
    ...head,
    table,
    constraint,
    method: detail.method,
    unique: detail.unique,
    columns: columns.map(column => (column === null ? null : nameOf(column))),
    keys: columns.map((column, at) => (column === null ? (expressions[at] ?? '') : bareName(nameOf(column)))),
    include: include.map(nameOf),
    predicate: detail.predicate,
    nullsNotDistinct: detail.nullsNotDistinct,
    operatorClasses: detail.operatorClasses,
    concurrently: detail.concurrently,
    plain: detail.plain,
  };
}

export function constraintRecord(head: PastObject, detail: ConstraintDetail, table: string): PastConstraint {
  const { columns, notNull, referencedTable, referencedColumns } = detail;
  return {
    ...head,
    table,
    type: detail.type,
    columns: columns.map(nameOf),
    validated: detail.validated,
    expression: detail.expression,
    notNull: notNull === undefined ? undefined : nameOf(notNull),
    referencedTable: typeof referencedTable === 'object' ? pathOf(referencedTable) : referencedTable,
    referencedColumns: referencedColumns.map(nameOf),
    onDelete: detail.onDelete,
    onUpdate: detail.onUpdate,
    deferrable: detail.deferrable,
  };
}

function enumRecord(head: PastObject, { values }: EnumDetail, schema: string): PastEnum {
  return {
    ...head,
    schema,
    values: values.map(({ name }) => name),
    addedBy: value => values.find(({ name }) => name === value)?.addedBy,
  };
}

export function nameOf(named: Named): string {
  return typeof named === 'string' ? named : named.name;
}
