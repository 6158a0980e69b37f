import type { Span } from './span.ts';

/**
 * What a Postgres database holds, as its own catalogs tell it. Expressions and types are in Postgres's own deparsed form
 * (`pg_get_expr`, `format_type`), so two catalogs read from one server compare as text. Objects that an extension owns and
 * the children of partitioned tables are left out.
 */
export interface Catalog {
  readonly tables: readonly Table[];
  readonly enums: readonly EnumType[];
  readonly sequences: readonly Sequence[];
  readonly views: readonly View[];
  readonly functions: readonly DatabaseFunction[];
  readonly domains: readonly Domain[];
  readonly compositeTypes: readonly CompositeType[];
  readonly extensions: readonly Extension[];
  /** All columns, indexes and so on of all tables. */
  readonly columns: readonly Column[];
  readonly indexes: readonly TableIndex[];
  readonly foreignKeys: readonly TableForeignKey[];
  readonly checks: readonly CheckConstraint[];
  readonly exclusions: readonly Exclusion[];
  readonly triggers: readonly Trigger[];
  readonly policies: readonly Policy[];
  readonly grants: readonly Grant[];
  table(path: string): Table | undefined;
  enum(path: string): EnumType | undefined;
}

/** A thing in the database: its path leaves the schema out when it is `public`. */
interface DatabaseObject {
  readonly path: string;
  readonly schema: string;
  readonly name: string;
  /** The .prisma text that promises it, or the statement that last touched it; null in a live database. */
  readonly span: Span | null;
}

interface TableObject {
  readonly path: string;
  readonly name: string;
  readonly table: Table;
  readonly span: Span | null;
}

export interface Table extends DatabaseObject {
  readonly kind: 'table' | 'partitioned' | 'foreign';
  readonly unlogged: boolean;
  readonly rowSecurity: boolean;
  readonly forceRowSecurity: boolean;
  readonly comment: string | null;
  readonly columns: readonly Column[];
  /** The primary key, unique and exclusion constraints have their index here too. */
  readonly indexes: readonly TableIndex[];
  readonly primaryKey: TableIndex | undefined;
  readonly foreignKeys: readonly TableForeignKey[];
  readonly checks: readonly CheckConstraint[];
  readonly exclusions: readonly Exclusion[];
  readonly triggers: readonly Trigger[];
  readonly policies: readonly Policy[];
  column(name: string): Column | undefined;
}

export interface Column extends TableObject {
  /** `format_type`: `character varying(255)`, `text[]`, `"Role"`. */
  readonly type: string;
  readonly notNull: boolean;
  /** `pg_get_expr`; null without a default, and for a generated column. */
  readonly default: string | null;
  readonly identity: 'always' | 'by default' | null;
  /** The expression of a generated column. */
  readonly generated: string | null;
  /** Only when it is not the type's own. */
  readonly collation: string | null;
  readonly comment: string | null;
  /** Position in the table, from 1. */
  readonly position: number;
  /** The `nextval` sequence that the column owns, as of `serial`. */
  readonly ownedSequence: string | null;
}

export interface IndexKey {
  /** Null for an expression. */
  readonly column: string | null;
  /** The column's quoted name or the expression. */
  readonly definition: string;
  /** Only when it is not the type's default. */
  readonly operatorClass: string | null;
  readonly collation: string | null;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
}

export interface TableIndex extends TableObject {
  readonly method: string;
  readonly unique: boolean;
  readonly primary: boolean;
  /** It belongs to a constraint: primary key, UNIQUE or EXCLUDE. */
  readonly constraint: 'primary' | 'unique' | 'exclusion' | null;
  readonly deferrable: boolean;
  readonly valid: boolean;
  readonly nullsNotDistinct: boolean;
  readonly predicate: string | null;
  readonly keys: readonly IndexKey[];
  readonly include: readonly string[];
  /** `pg_get_indexdef`. */
  readonly definition: string;
  /** The key columns by name; expressions are left out. */
  readonly columns: readonly string[];
  /** Whether the keys are plain columns, every row is in it and it is ready for use. */
  readonly full: boolean;
  /** Whether a lookup by equality on all of `columns` (names) can use this index: a full btree that starts with them, in any order. */
  covers(columns: readonly string[]): boolean;
}

export type Action = 'Cascade' | 'Restrict' | 'NoAction' | 'SetNull' | 'SetDefault';

export interface TableForeignKey extends TableObject {
  readonly columns: readonly string[];
  /** The path of the referenced table. */
  readonly referencedTable: string;
  readonly referencedColumns: readonly string[];
  readonly onDelete: Action;
  readonly onUpdate: Action;
  readonly validated: boolean;
  readonly deferrable: boolean;
  /** False when `DISABLE TRIGGER` took the check away on either side. */
  readonly enforced: boolean;
  /** `pg_get_constraintdef`. */
  readonly definition: string;
}

export interface CheckConstraint extends TableObject {
  readonly validated: boolean;
  readonly definition: string;
}

export interface Exclusion extends TableObject {
  readonly definition: string;
}

/** A trigger, or a rewrite rule: both change what a statement does. */
export interface Trigger extends TableObject {
  readonly kind: 'trigger' | 'rule';
  readonly enabled: boolean;
  readonly timing: 'before' | 'after' | 'instead of';
  readonly events: readonly ('insert' | 'update' | 'delete' | 'truncate')[];
  /** `FOR EACH ROW`. */
  readonly perRow: boolean;
  /** Of `UPDATE OF`; empty means every column. */
  readonly columns: readonly string[];
  /** The path of the function that it calls; null of a rule. */
  readonly function: string | null;
  readonly definition: string;
}

export interface Policy extends TableObject {
  readonly permissive: boolean;
  readonly command: 'ALL' | 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE';
  readonly roles: readonly string[];
  readonly using: string | null;
  readonly withCheck: string | null;
}

export interface EnumType extends DatabaseObject {
  readonly values: readonly string[];
}

export interface Sequence extends DatabaseObject {
  readonly type: string;
  /** `CREATE SEQUENCE` options that are not the default, as text. */
  readonly options: string;
  /** The path of the column that owns it. */
  readonly ownedBy: string | null;
}

export interface View extends DatabaseObject {
  readonly materialized: boolean;
  readonly definition: string;
  /** Storage options such as `security_invoker=true`. */
  readonly options: readonly string[];
  readonly columns: readonly string[];
  /** The paths of the tables and views that it reads, of every schema. */
  readonly reads: readonly string[];
  /** Of a materialized view. */
  readonly indexes: readonly { readonly name: string; readonly definition: string }[];
}

export interface DatabaseFunction extends DatabaseObject {
  readonly kind: 'function' | 'procedure' | 'aggregate' | 'window';
  readonly arguments: string;
  /** `format_type` of what it returns: `trigger`, `void`, `text[]`. */
  readonly returns: string;
  readonly language: string;
  readonly volatility: 'immutable' | 'stable' | 'volatile';
  readonly securityDefiner: boolean;
  /** Whether PUBLIC may execute it, which is so until it is revoked. */
  readonly publicExecute: boolean;
  /** `SET` clauses such as `search_path=public`. */
  readonly settings: readonly string[];
  readonly body: string;
  readonly definition: string;
}

export interface Domain extends DatabaseObject {
  readonly definition: string;
}

export interface CompositeType extends DatabaseObject {
  readonly definition: string;
}

export interface Extension extends DatabaseObject {
  readonly version: string;
}

/** A privilege that somebody other than the owner holds, or that PUBLIC was denied. */
export interface Grant extends DatabaseObject {
  readonly on: 'table' | 'schema' | 'function' | 'sequence' | 'column' | 'type';
  /** An entry as `aclexplode` reads it: grantee and privileges. */
  readonly grantee: string;
  readonly privileges: readonly string[];
}
