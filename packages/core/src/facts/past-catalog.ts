import type { Action } from './catalog.ts';
import type { Statement } from './migrations.ts';

/**
 * The database as it stood at one point of the history, read from the statements before it without running them. What no statement made
 * (the tables of a platform, what dynamic SQL makes) is known only as far as statements speak of it.
 */
export interface PastCatalog {
  readonly tables: readonly PastTable[];
  readonly enums: readonly PastEnum[];
  /** By path, which leaves out the schema `public`. A view, materialized or not, is found here too, though `tables` has none. */
  table(path: string): PastTable | undefined;
  enum(path: string): PastEnum | undefined;
  /** An index, of whatever table, by schema and name without the table: `users_email_key`, `other.users_email_key`. */
  index(path: string): PastIndex | undefined;
  /** A table, view, sequence or index by schema and name: they share their names. */
  relation(path: string): PastObject | undefined;
}

/** An object as it was at one point. */
export interface PastObject {
  readonly path: string;
  readonly name: string;
  readonly kind:
    | 'table'
    | 'partitioned table'
    | 'foreign table'
    | 'view'
    | 'materialized view'
    | 'column'
    | 'index'
    | 'constraint'
    | 'trigger'
    | 'policy'
    | 'enum'
    | 'type'
    | 'function'
    | 'sequence'
    | 'extension'
    | 'schema';
  /** The same for one object through all renames, and another one for what is dropped and made again. */
  readonly id: number;
  /** Undefined where no statement made it: then it was there before. */
  readonly createdBy: Statement | undefined;
}

/** A table, or what is used like one: a view, a materialized view, a foreign table. */
export interface PastTable extends PastObject {
  readonly schema: string;
  readonly temporary: boolean;
  readonly unlogged: boolean;
  /** Not all of its columns are known: no statement made it, or it was made of a query. */
  readonly open: boolean;
  readonly rowSecurity: boolean;
  readonly columns: readonly PastColumn[];
  readonly indexes: readonly PastIndex[];
  readonly constraints: readonly PastConstraint[];
  readonly triggers: readonly PastObject[];
  readonly policies: readonly PastObject[];
  /** Partitions, and tables that inherit from it. */
  readonly children: readonly string[];
  /** The columns of the key of a partitioned table; null for an expression. */
  readonly partitionKey: readonly (string | null)[];
  /** The table of which it is a partition, and its bound as it is written: `FOR VALUES FROM (1) TO (2)`, `DEFAULT`. */
  readonly partitionOf: { readonly table: string; readonly bound: string } | undefined;
  /** False for a materialized view that was made or refreshed WITH NO DATA: nobody can read it. */
  readonly populated: boolean;
  /** INSERT … of a migration has put rows into it; false does not mean that it is empty. */
  readonly seeded: boolean;
  readonly primaryKey: PastConstraint | undefined;
  // Asked of the table itself, and not taken from it.
  column(this: PastTable, name: string): PastColumn | undefined;
  index(this: PastTable, name: string): PastIndex | undefined;
  constraint(this: PastTable, name: string): PastConstraint | undefined;
}

export interface PastColumn extends PastObject {
  /**
   * As `format_type` has it (`character varying(20)`, `numeric(10,2)`, `integer[]`, `"Role"`), the schema left out when it is `public`;
   * undefined where no statement tells.
   */
  readonly type: string | undefined;
  readonly notNull: boolean;
  readonly default: PastDefault | undefined;
  /** `always` or `by default`. */
  readonly identity: 'always' | 'by default' | undefined;
  readonly generated: 'stored' | 'virtual' | undefined;
  /** Made as `serial`: its default takes the next number of a sequence that it owns. */
  readonly serial: boolean;
  /** The COLLATE that is said, without its schema: `C`, `de_DE`. */
  readonly collation: string | undefined;
}

export interface PastDefault {
  /** As it is written. */
  readonly sql: string;
  /**
   * Whether each row gets a value of its own (`gen_random_uuid()`, `random()`, `clock_timestamp()`, `nextval()`), or one
   * statement has one value (`now()`, `CURRENT_DATE`), or it is a constant. A function of the project that does not say what it is
   * counts as volatile, as it does for Postgres; `unknown` is one that no statement made.
   */
  readonly volatility: 'constant' | 'stable' | 'volatile' | 'unknown';
}

export interface PastIndex extends PastObject {
  /** The path of its table. */
  readonly table: string;
  readonly method: string;
  readonly unique: boolean;
  /** The constraint that it belongs to. */
  readonly constraint: 'primary' | 'unique' | 'exclusion' | undefined;
  /** Its keys in their order; null for an expression. */
  readonly columns: readonly (string | null)[];
  /** The same as SQL: the quoted name of a column, an expression as it is written. */
  readonly keys: readonly string[];
  readonly include: readonly string[];
  /** The WHERE, as it is written. */
  readonly predicate: string | undefined;
  readonly nullsNotDistinct: boolean;
  /** Operator classes that are said. */
  readonly operatorClasses: readonly string[];
  /** CREATE … CONCURRENTLY with IF NOT EXISTS may have left an invalid one. */
  readonly concurrently: boolean;
  /** Whether Prisma could have written it: an index of one of its methods on columns, without WHERE, INCLUDE, COLLATE or NULLS. */
  readonly plain: boolean;
}

export interface PastConstraint extends PastObject {
  /** The path of its table. */
  readonly table: string;
  readonly type: 'primary' | 'unique' | 'foreign' | 'check' | 'exclusion';
  readonly columns: readonly string[];
  /** False from NOT VALID on, until it is validated. */
  readonly validated: boolean;
  /** The condition of a CHECK, as it is written. */
  readonly expression: string | undefined;
  /** Whether a CHECK says of one column that it is not null, and nothing else that could be false. */
  readonly notNull: string | undefined;
  /** The path of the table that a foreign key points at, and its columns. */
  readonly referencedTable: string | undefined;
  readonly referencedColumns: readonly string[];
  readonly onDelete: Action | undefined;
  readonly onUpdate: Action | undefined;
  readonly deferrable: boolean;
}

export interface PastEnum extends PastObject {
  readonly schema: string;
  readonly values: readonly string[];
  /** The statement that added a value, for those that came by ALTER TYPE. */
  addedBy(value: string): Statement | undefined;
}
