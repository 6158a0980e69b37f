import {
  objectPath,
  type Operation,
  type PastColumn,
  type PastConstraint,
  type PastIndex,
  type PastObject,
  type PastTable,
  type Span,
} from '@migrate-lint/core';
import type { RangeVar } from 'libpg-query';
import { thingAt, type Address } from '../addresses.ts';
import type { Stretch } from '../clauses.ts';
import type { Thing } from '../thing.ts';
import type { Chronicle } from '../past/chronicle.ts';
import { plainTable, unknownColumn } from '../past/details.ts';
import { ColumnRecord } from '../past/part-records.ts';
import { recordOf } from '../past/records.ts';
import { tableOfParts } from '../past/table-record.ts';
import type { Step } from '../step.ts';

/** An operation; a function where it can only be said when the statement has been read. */
export type Told = Operation | (() => Operation | undefined);

/** What all operations have. Where there are thousands no literal begins with `...base`, for the reason that `ObjectRecord` gives. */
export interface Base {
  readonly span: Span;
  readonly conditional: boolean;
}

export interface OfTable extends Base {
  readonly table: PastTable;
  readonly existedBefore: boolean;
}

/** The objects as a statement finds them, in records. */
export class Scene {
  readonly step: Step;
  readonly #chronicle: Chronicle;
  readonly #number: number;

  constructor(step: Step, chronicle: Chronicle, number: number) {
    this.step = step;
    this.#chronicle = chronicle;
    this.#number = number;
  }

  base(stretch?: Stretch): Base {
    return { span: this.step.span(stretch), conditional: this.step.conditional };
  }

  ofTable(table: PastTable, stretch?: Stretch): OfTable {
    const { span, conditional } = this.base(stretch);
    return { span, conditional, table, existedBefore: this.existedBefore(table) };
  }

  /** Whether it was there before the migration began, and does not end with the session. */
  existedBefore({ createdBy, path }: PastObject): boolean {
    return createdBy?.migration !== this.step.statement.migration && !path.startsWith('pg_temp.');
  }

  /** The table of this name; one that no statement made is assumed, unless it may be missing. */
  thing(relation: RangeVar | undefined, missingOk = false): Thing | undefined {
    const found = this.step.findOrAssume(relation, missingOk);
    this.#chronicle.keep(this.#number);
    return found;
  }

  /** What stands at an address; a table or a part of one that no statement made is assumed, unless it may be missing. */
  thingAt(address: Address, missingOk: boolean): Thing | undefined {
    const found = thingAt(this.step, address, missingOk || this.step.conditional);
    this.#chronicle.keep(this.#number);
    return found;
  }

  /** A column of a table; one that no statement made is assumed. */
  assumeColumn(table: Thing, name: string): void {
    this.step.part(table, 'column', name);
    this.#chronicle.keep(this.#number);
  }

  /** A table that statements only speak of: nothing is known but its name. */
  table(relation: RangeVar | undefined, missingOk = false): PastTable | undefined {
    if (!relation) return undefined;
    const thing = this.thing(relation, missingOk);
    if (thing) return tableOf(thing);
    return missingOk ? undefined : this.unknownTable(relation);
  }

  /** What has the name of an index. */
  indexNamed(table: Thing | undefined, schema: string, name: string): Thing | undefined {
    const { objects } = this.step;
    if (objects.indexesOfTable) return table && objects.part(table, 'index', name);
    return objects.find('relation', schema, name);
  }

  unknownTable({ schemaname, relname: name = '' }: RangeVar): PastTable {
    const schema = this.step.objects.schemaFor(schemaname);
    const id = this.step.objects.newId();
    const head = { path: objectPath(schema, name), name, kind: 'table', id, createdBy: undefined } as const;
    return tableOfParts(head, plainTable, { schema, open: true, parts: [], children: [] });
  }

  /** A column of which nothing is known but its name. */
  unknownColumn(table: PastTable, name: string): PastColumn {
    const id = this.step.objects.newId();
    const head = { path: `${table.path}.${name}`, name, kind: 'column', id, createdBy: undefined } as const;
    return new ColumnRecord(head, unknownColumn);
  }

  /** Whether the history had a relation of this name and has none any more. */
  isGone({ schemaname, relname = '' }: RangeVar): boolean {
    return this.#chronicle.isGone(objectPath(this.step.objects.schemaFor(schemaname), relname));
  }

  /** The path of what a statement names, known or not: a part of a table stands under its own name. */
  pathOf({ schemaname, relname = '' }: RangeVar, thing: Thing | undefined): string {
    if (thing) return objectPath(thing.schema, thing.name);
    return objectPath(this.step.objects.schemaFor(schemaname), relname);
  }

  /** What the statement has made of a node. */
  made(node: object): Thing | undefined {
    return this.#chronicle.changes.made.get(node);
  }
}

/** The record of a thing that is used like a table. */
export function tableOf(thing: Thing | undefined): PastTable | undefined {
  const record = thing && recordOf(thing);
  return record && isTableRecord(record) ? record : undefined;
}

export function columnOf(thing: Thing | undefined): PastColumn | undefined {
  const record = thing && recordOf(thing);
  return record && 'serial' in record ? (record as PastColumn) : undefined;
}

export function indexOf(thing: Thing | undefined): PastIndex | undefined {
  const record = thing && recordOf(thing);
  return record && 'method' in record ? (record as PastIndex) : undefined;
}

export function constraintOf(thing: Thing | undefined): PastConstraint | undefined {
  const record = thing && recordOf(thing);
  return record && 'validated' in record ? (record as PastConstraint) : undefined;
}

function isTableRecord(record: PastObject): record is PastTable {
  return 'rowSecurity' in record;
}
