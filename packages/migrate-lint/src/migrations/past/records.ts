import type { PastIndex, PastObject, PastTable } from '@migrate-lint/core';
import { pathOf, type Thing } from '../thing.ts';
import { detailOf, plainTable, unknownColumn } from './details.ts';
import { ColumnRecord, ConstraintRecord, EnumRecord, IndexRecord } from './part-records.ts';
import { tableOfParts } from './table-record.ts';

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
  if (thing.kind === 'column') return new ColumnRecord(head, detailOf('column', thing) ?? unknownColumn);
  const index = detailOf('index', thing);
  if (index) return new IndexRecord(head, index, table, thing.twin && constraintOf(thing));
  const constraint = detailOf('constraint', thing);
  if (constraint) return new ConstraintRecord(head, constraint, table);
  const values = detailOf('enum', thing);
  return values ? new EnumRecord(head, values, thing.schema) : head;
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
