import type { Catalog, Column, EnumType, Extension, Table, TableForeignKey, TableIndex } from './catalog.ts';
import type { Span } from './span.ts';
import type { Touch } from './migrations.ts';

/**
 * The database that the schema promises against the one that is there. A difference stands in one place only: the columns,
 * indexes and foreign keys of a table that is missing or extra are not listed again, nor an index on an extra column.
 */
export interface Comparison {
  readonly expected: Catalog;
  readonly actual: Catalog;
  /** What `actual` is: the replayed migrations or a live database. */
  readonly against: 'migrations' | 'database';
  readonly tables: readonly Pair<Table>[];
  /** Columns of tables that stand on both sides, renamed tables included. */
  readonly columns: readonly ColumnPair[];
  readonly enums: readonly Pair<EnumType>[];
  /** Values of enums that stand on both sides. */
  readonly enumValues: readonly Pair<EnumValueSide>[];
  /** Implicit many-to-many tables that have a unique index in its place are left out: so Prisma 5 made them, Prisma 6 with a primary key. */
  readonly primaryKeys: readonly IndexPair[];
  /** Unique indexes and constraints, without primary keys. */
  readonly uniques: readonly IndexPair[];
  /** Indexes that are not unique. */
  readonly indexes: readonly IndexPair[];
  readonly foreignKeys: readonly ForeignKeyPair[];
  /** Extensions that the datasource block declares. */
  readonly extensions: readonly Pair<Extension>[];
  /** What no .prisma file can say and the database has. */
  readonly unmanaged: readonly UnmanagedObject[];
  /** The committed manifest; undefined without one. */
  readonly manifest: Manifest | undefined;
  readonly externalTables: readonly ExternalTable[];
}

/** Two sides of one thing. At least one is there. */
export interface Pair<Thing> {
  /** The expected side's path, else the actual one's. */
  readonly path: string;
  readonly expected: Thing | undefined;
  readonly actual: Thing | undefined;
  /** Both are there under different names, and are probably one thing that was renamed in the schema. */
  readonly renamed: boolean;
  /** Why it is taken for a rename; empty unless it is. */
  readonly likeness: string;
  /** The statement that last touched the actual side, or that dropped what is missing. */
  readonly touch: Touch | undefined;
  /** The .prisma place that promises it; for what the schema lacks, the model or enum that it would stand in, or null. */
  readonly schemaSpan: Span | null;
}

/** What differs is told apart only where both sides are there. */
export interface ColumnPair extends Pair<Column> {
  readonly typeChanged: boolean;
  readonly nullabilityChanged: boolean;
  readonly defaultChanged: boolean;
}

export interface IndexPair extends Pair<TableIndex> {
  /** The same name stands for other columns, another method or another sort order. */
  readonly changed: boolean;
  /** The same index under another name. */
  readonly nameChanged: boolean;
  /** Why the actual index does not do what the schema promises, although its columns are right. */
  readonly weakness: IndexWeakness | undefined;
}

export type IndexWeakness = 'partial' | 'deferrable' | 'invalid' | 'expression';

export interface ForeignKeyPair extends Pair<TableForeignKey> {
  readonly nameChanged: boolean;
  readonly actionsChanged: boolean;
  readonly weaknesses: readonly ForeignKeyWeakness[];
}

export type ForeignKeyWeakness = 'not valid' | 'deferrable' | 'not enforced';

export interface EnumValueSide {
  readonly path: string;
  readonly name: string;
  readonly enum: EnumType;
}

export type UnmanagedKind =
  | 'check'
  | 'column collation'
  | 'comment'
  | 'composite type'
  | 'domain'
  | 'exclusion'
  | 'expression index'
  | 'extension'
  | 'function'
  | 'generated column'
  | 'grant'
  | 'identity'
  | 'index'
  | 'index option'
  | 'materialized view'
  | 'partial index'
  | 'partitioned table'
  | 'policy'
  | 'row level security'
  | 'sequence'
  | 'table'
  | 'trigger'
  | 'unique constraint'
  | 'unlogged table'
  | 'view';

export interface UnmanagedObject {
  readonly path: string;
  readonly kind: UnmanagedKind;
  /** As Postgres deparses it; a statement that makes it again where Postgres gives one. */
  readonly definition: string;
  readonly touch: Touch | undefined;
}

export interface Manifest {
  readonly file: string;
  readonly entries: readonly ManifestEntry[];
}

export interface ManifestEntry {
  /** `kind path`. */
  readonly path: string;
  readonly object: { readonly path: string; readonly kind: UnmanagedKind; readonly definition: string };
  /** Its place in the manifest. */
  readonly span: Span;
  /** It is still in the database. */
  readonly found: boolean;
  /** The statement that dropped it. */
  readonly touch: Touch | undefined;
}

/** An entry of `tables.external` of the Prisma config. */
export interface ExternalTable {
  readonly path: string;
  readonly span: Span | null;
  readonly inDatabase: boolean;
}
