import type { PastConstraint, PastDefault, PastTable, Statement } from '@migrate-lint/core';
import type { Thing } from '../thing.ts';
import type { Volatility } from './builtin-functions.ts';

/** What is named: followed through renames where it is known, else the name. */
export type Named = Thing | string;

/** A type of the project keeps its name current; all others are text. */
export interface TypeDetail {
  readonly type: Named;
  /** `[]`, `(3)`. */
  readonly suffix: string;
}

export interface DefaultDetail extends PastDefault {
  /** The sequence, the functions and the type that it cannot be without: it goes with them, and the column stays. */
  readonly needs: readonly Thing[];
}

export interface ColumnDetail {
  readonly of: 'column';
  readonly type: TypeDetail | undefined;
  readonly notNull: boolean;
  readonly default: DefaultDetail | undefined;
  readonly identity: 'always' | 'by default' | undefined;
  readonly generated: 'stored' | 'virtual' | undefined;
  readonly serial: boolean;
  readonly collation: string | undefined;
}

export interface IndexDetail {
  readonly of: 'index';
  readonly method: string;
  readonly unique: boolean;
  /** Null for an expression. */
  readonly columns: readonly (Named | null)[];
  /** Each key as it is written; undefined for a column, which may be renamed. */
  readonly expressions: readonly (string | undefined)[];
  readonly include: readonly Named[];
  readonly predicate: string | undefined;
  readonly nullsNotDistinct: boolean;
  readonly operatorClasses: readonly string[];
  readonly concurrently: boolean;
  readonly plain: boolean;
}

export interface ConstraintDetail {
  readonly of: 'constraint';
  readonly type: PastConstraint['type'];
  readonly columns: readonly Named[];
  readonly validated: boolean;
  readonly expression: string | undefined;
  /** The column of which a CHECK says that it is not null. */
  readonly notNull: Named | undefined;
  /** The table that a foreign key points at; a path where it is not known. */
  readonly referencedTable: Named | undefined;
  readonly referencedColumns: readonly Named[];
  readonly onDelete: PastConstraint['onDelete'];
  readonly onUpdate: PastConstraint['onUpdate'];
  readonly deferrable: boolean;
}

export interface RelationDetail {
  readonly of: 'relation';
  readonly kind: PastTable['kind'];
  readonly unlogged: boolean;
  readonly rowSecurity: boolean;
  readonly seeded: boolean;
  readonly populated: boolean;
  readonly partitionKey: readonly (Named | null)[];
  readonly partitionOf: { readonly table: Thing; readonly bound: string } | undefined;
}

export interface EnumDetail {
  readonly of: 'enum';
  readonly values: readonly { readonly name: string; readonly addedBy: Statement | undefined }[];
}

export interface FunctionDetail {
  readonly of: 'function';
  readonly volatility: Volatility;
}

export type Detail = ColumnDetail | IndexDetail | ConstraintDetail | RelationDetail | EnumDetail | FunctionDetail;

/** What is known of a thing, if it is of this sort. */
export function detailOf<Of extends Detail['of']>(
  of: Of,
  thing: Thing | undefined,
): Extract<Detail, { readonly of: Of }> | undefined {
  const detail = thing?.detail;
  return detail && isOf(of, detail) ? detail : undefined;
}

function isOf<Of extends Detail['of']>(of: Of, detail: Detail): detail is Extract<Detail, { readonly of: Of }> {
  return detail.of === of;
}

export const unknownColumn: ColumnDetail = {
  of: 'column',
  type: undefined,
  notNull: false,
  default: undefined,
  identity: undefined,
  generated: undefined,
  serial: false,
  collation: undefined,
};

export const plainTable: RelationDetail = {
  of: 'relation',
  kind: 'table',
  unlogged: false,
  rowSecurity: false,
  seeded: false,
  populated: true,
  partitionKey: [],
  partitionOf: undefined,
};

/** The schema of a table that is only looked at, because there is one of its name. */
export const imagined = '\0';
