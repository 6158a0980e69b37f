import type { PastColumn, PastConstraint, PastEnum, PastIndex, PastObject, Statement } from '@migrate-lint/core';
import { pathOf } from '../thing.ts';
import type { ColumnDetail, ConstraintDetail, EnumDetail, IndexDetail, Named } from './details.ts';
import { bareName } from './keywords.ts';
import { typeText } from './types.ts';

/**
 * What all records have. They are classes and no literals that begin with `...head`: each object that is made so has a hidden class of its
 * own, and nothing that reads thousands of them gets fast (V8 11.3, Node 20: 2,086 ns to make one instead of 75).
 */
export class ObjectRecord implements PastObject {
  readonly path: string;
  readonly name: string;
  readonly kind: PastObject['kind'];
  readonly id: number;
  readonly createdBy: Statement | undefined;

  constructor({ path, name, kind, id, createdBy }: PastObject) {
    this.path = path;
    this.name = name;
    this.kind = kind;
    this.id = id;
    this.createdBy = createdBy;
  }
}

export class ColumnRecord extends ObjectRecord implements PastColumn {
  readonly type: PastColumn['type'];
  readonly notNull: boolean;
  readonly default: PastColumn['default'];
  readonly identity: PastColumn['identity'];
  readonly generated: PastColumn['generated'];
  readonly serial: boolean;
  readonly collation: string | undefined;

  constructor(head: PastObject, detail: ColumnDetail) {
    super(head);
    const { type, default: value } = detail;
    this.type = type && typeText(type);
    this.notNull = detail.notNull;
    this.default = value && { sql: value.sql, volatility: value.volatility };
    this.identity = detail.identity;
    this.generated = detail.generated;
    this.serial = detail.serial;
    this.collation = detail.collation;
  }
}

export class IndexRecord extends ObjectRecord implements PastIndex {
  readonly table: string;
  readonly constraint: PastIndex['constraint'];
  readonly method: string;
  readonly unique: boolean;
  readonly columns: PastIndex['columns'];
  readonly keys: readonly string[];
  readonly include: readonly string[];
  readonly predicate: string | undefined;
  readonly nullsNotDistinct: boolean;
  readonly operatorClasses: readonly string[];
  readonly concurrently: boolean;
  readonly plain: boolean;

  constructor(head: PastObject, detail: IndexDetail, table: string, constraint: PastIndex['constraint']) {
    super(head);
    const { columns, expressions } = detail;
    this.table = table;
    this.constraint = constraint;
    this.method = detail.method;
    this.unique = detail.unique;
    this.columns = columns.map(column => (column === null ? null : nameOf(column)));
    this.keys = columns.map((column, at) => (column === null ? (expressions[at] ?? '') : bareName(nameOf(column))));
    this.include = detail.include.map(nameOf);
    this.predicate = detail.predicate;
    this.nullsNotDistinct = detail.nullsNotDistinct;
    this.operatorClasses = detail.operatorClasses;
    this.concurrently = detail.concurrently;
    this.plain = detail.plain;
  }
}

export class ConstraintRecord extends ObjectRecord implements PastConstraint {
  readonly table: string;
  readonly type: PastConstraint['type'];
  readonly columns: readonly string[];
  readonly validated: boolean;
  readonly expression: string | undefined;
  readonly notNull: string | undefined;
  readonly referencedTable: string | undefined;
  readonly referencedColumns: readonly string[];
  readonly onDelete: PastConstraint['onDelete'];
  readonly onUpdate: PastConstraint['onUpdate'];
  readonly deferrable: boolean;

  constructor(head: PastObject, detail: ConstraintDetail, table: string) {
    super(head);
    const { notNull, referencedTable } = detail;
    this.table = table;
    this.type = detail.type;
    this.columns = detail.columns.map(nameOf);
    this.validated = detail.validated;
    this.expression = detail.expression;
    this.notNull = notNull === undefined ? undefined : nameOf(notNull);
    this.referencedTable = typeof referencedTable === 'object' ? pathOf(referencedTable) : referencedTable;
    this.referencedColumns = detail.referencedColumns.map(nameOf);
    this.onDelete = detail.onDelete;
    this.onUpdate = detail.onUpdate;
    this.deferrable = detail.deferrable;
  }
}

export class EnumRecord extends ObjectRecord implements PastEnum {
  readonly schema: string;
  readonly values: readonly string[];
  readonly addedBy: PastEnum['addedBy'];

  constructor(head: PastObject, { values }: EnumDetail, schema: string) {
    super(head);
    this.schema = schema;
    this.values = values.map(({ name }) => name);
    this.addedBy = value => values.find(({ name }) => name === value)?.addedBy;
  }
}

export function nameOf(named: Named): string {
  return typeof named === 'string' ? named : named.name;
}
