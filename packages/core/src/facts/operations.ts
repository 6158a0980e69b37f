import type {
  PastColumn,
  PastConstraint,
  PastDefault,
  PastEnum,
  PastIndex,
  PastObject,
  PastTable,
} from './past-catalog.ts';
import type { Span } from './span.ts';

/**
 * What a statement does, one operation for each clause: `ALTER TABLE … ADD …, DROP …` has two, and `ADD COLUMN … REFERENCES …` has one
 * for the column and one for the constraint. Names are resolved: `table` is the table as it stood before the statement, with
 * what clauses before this one of the same statement did to it left out.
 */
export type Operation =
  | CreateTable
  | DropTable
  | TableChange
  | AddColumn
  | ColumnChange
  | AddConstraint
  | ConstraintChange
  | CreateIndex
  | IndexChange
  | PartitionChange
  | Rename
  | CreateObject
  | DropObject
  | EnumChange
  | DomainChange
  | Write
  | Maintenance
  | SetSequence
  | LockTable
  | Transaction
  | SetParameter
  | GrantPrivilege
  | Block
  | OtherOperation;

interface Base {
  /** The clause, else the statement. */
  readonly span: Span;
  /** It stands in a DO block, behind conditions that nobody evaluates here. */
  readonly conditional: boolean;
}

/** What is done to a table that is there. One that no statement made is `open`, and existed before. */
interface OfTable extends Base {
  readonly table: PastTable;
  /** Whether the table was there before the migration began, and is not temporary. Lock rules look at no others. */
  readonly existedBefore: boolean;
}

export interface CreateTable extends Base {
  readonly kind: 'create table';
  /** As the statement makes it, with its constraints and indexes. */
  readonly table: PastTable;
  readonly ifNotExists: boolean;
  /** What has the name already. */
  readonly existing: PastObject | undefined;
  /** CREATE TABLE … AS, SELECT … INTO. */
  readonly asQuery: boolean;
  /** The paths of the tables that the query reads. */
  readonly reads: readonly string[];
}

export interface DropTable extends OfTable {
  readonly kind: 'drop table';
  readonly ifExists: boolean;
  readonly cascade: boolean;
  /** What goes with it, or stops it, besides its own parts: foreign keys of other tables, views. */
  readonly dependents: readonly PastObject[];
}

/** ALTER TABLE subcommands that are about the table as a whole. */
export interface TableChange extends OfTable {
  readonly kind:
    | 'set logged'
    | 'set unlogged'
    | 'set tablespace'
    | 'set access method'
    | 'enable row security'
    | 'disable row security'
    | 'force row security'
    | 'no force row security'
    | 'enable trigger'
    | 'disable trigger'
    | 'replica identity'
    | 'set storage parameters'
    | 'change owner'
    | 'convert character set'
    | 'set engine'
    | 'set online'
    | 'hide index'
    | 'show index'
    /** SQLite: a new table takes the place of this one, which is dropped here. What differs is said by operations of its own. */
    | 'redefine';
  /** The character set, the engine, `algorithm copy` or `lock none`, the index of MySQL. The trigger, tablespace, access method, role or parameters that it names. */
  readonly name: string | undefined;
}

export interface AddColumn extends OfTable {
  readonly kind: 'add column';
  /** As it will be. Constraints of the column are operations of their own. */
  readonly column: PastColumn;
  readonly ifNotExists: boolean;
  readonly existing: PastColumn | undefined;
}

export interface ColumnChange extends OfTable {
  readonly kind:
    | 'drop column'
    | 'alter type'
    | 'set not null'
    | 'drop not null'
    | 'set default'
    | 'drop default'
    | 'add identity'
    | 'drop identity'
    | 'drop expression'
    | 'set statistics'
    | 'set storage';
  /** As it was; what nobody made has no type. */
  readonly column: PastColumn;
  /** The type that it gets, as `format_type` has it; of `alter type`. */
  readonly to: string | undefined;
  /** The COLLATE of the new type. */
  readonly collation: string | undefined;
  /** The expression of USING. */
  readonly using: string | undefined;
  /** Of `set default`. */
  readonly default: PastDefault | undefined;
  readonly ifExists: boolean;
  readonly cascade: boolean;
  /** Of `drop column` and `alter type`: the indexes, constraints, policies, views and foreign keys that hold the column. */
  readonly dependents: readonly PastObject[];
}

export interface AddConstraint extends OfTable {
  readonly kind: 'add constraint';
  /** As it will be; `validated` is false with NOT VALID. */
  readonly constraint: PastConstraint;
  /** The index that a primary key, UNIQUE or EXCLUDE makes; not of USING INDEX. */
  readonly index: PastIndex | undefined;
  /** USING INDEX. */
  readonly usingIndex: PastIndex | undefined;
  /** The table that a foreign key points at, and whether it was there before the migration. */
  readonly referenced: PastTable | undefined;
  readonly referencedExistedBefore: boolean;
  /** It stands behind a column that the same statement adds; not one in a clause of its own beside that. */
  readonly ofNewColumn: boolean;
}

export interface ConstraintChange extends OfTable {
  readonly kind: 'drop constraint' | 'validate constraint' | 'alter constraint';
  readonly name: string;
  readonly constraint: PastConstraint | undefined;
  readonly ifExists: boolean;
  readonly cascade: boolean;
  /** Of a drop: the foreign keys that need the key. */
  readonly dependents: readonly PastObject[];
}

export interface CreateIndex extends OfTable {
  readonly kind: 'create index';
  readonly index: PastIndex;
  readonly concurrently: boolean;
  /** ON ONLY a partitioned table: its partitions get none. */
  readonly only: boolean;
  readonly ifNotExists: boolean;
  readonly existing: PastObject | undefined;
}

export interface IndexChange extends Base {
  readonly kind: 'drop index' | 'reindex' | 'alter index';
  /** The path that the statement names; `reindex` may name a schema or a database. */
  readonly name: string;
  readonly target: 'index' | 'table' | 'schema' | 'database' | 'system';
  readonly index: PastIndex | undefined;
  readonly table: PastTable | undefined;
  /** Whether the index, or the table that is reindexed, was there before the migration began, and is not temporary. */
  readonly existedBefore: boolean;
  readonly concurrently: boolean;
  readonly ifExists: boolean;
  readonly cascade: boolean;
}

export interface PartitionChange extends OfTable {
  readonly kind: 'attach partition' | 'detach partition';
  readonly partition: PastTable | undefined;
  readonly concurrently: boolean;
  /** The key columns of the parent are not known; its bound as it is written. */
  readonly bound: string | undefined;
}

export interface Rename extends Base {
  readonly kind:
    | 'rename table'
    | 'rename column'
    | 'rename constraint'
    | 'rename index'
    | 'rename enum'
    | 'rename enum value'
    | 'rename schema'
    | 'rename object'
    | 'set schema';
  readonly object: PastObject | undefined;
  readonly table: PastTable | undefined;
  readonly existedBefore: boolean;
  readonly from: string;
  readonly to: string;
}

/** CREATE of what is no table and no index. */
export interface CreateObject extends Base {
  readonly kind: 'create object';
  readonly object: PastObject;
  /** The table of a trigger or policy. */
  readonly table: PastTable | undefined;
  readonly existedBefore: boolean;
  readonly replace: boolean;
  readonly ifNotExists: boolean;
  readonly existing: PastObject | undefined;
  /** Of a view, materialized or not: what it reads. */
  readonly reads: readonly string[];
}

/** DROP of what is no table and no index. */
export interface DropObject extends Base {
  readonly kind: 'drop object';
  readonly type: PastObject['kind'] | 'database' | 'owned' | 'other';
  readonly name: string;
  readonly object: PastObject | undefined;
  readonly table: PastTable | undefined;
  readonly existedBefore: boolean;
  readonly ifExists: boolean;
  readonly cascade: boolean;
  readonly dependents: readonly PastObject[];
}

export interface EnumChange extends Base {
  readonly kind: 'add enum value';
  readonly enum: PastEnum;
  readonly value: string;
  readonly ifNotExists: boolean;
  readonly existedBefore: boolean;
}

export interface DomainChange extends Base {
  readonly kind: 'add domain constraint' | 'domain not null' | 'validate domain constraint' | 'drop domain constraint';
  readonly domain: string;
  readonly notValid: boolean;
  /** The columns that are of the domain, as `table.column`. */
  readonly columns: readonly string[];
}

/** INSERT, UPDATE, DELETE, MERGE, TRUNCATE, COPY. */
export interface Write extends Base {
  readonly kind: 'insert' | 'update' | 'delete' | 'merge' | 'truncate' | 'copy';
  /** Of TRUNCATE all that are named. */
  readonly tables: readonly PastTable[];
  /** Whether one of them was there before the migration, and is not temporary. */
  readonly existedBefore: boolean;
  /** The condition as it is written, of INSERT that of its query; undefined without one. */
  readonly where: string | undefined;
  /** No condition, or one that holds for every row (`WHERE true`, `1 = 1`). */
  readonly everyRow: boolean;
  /** The columns that it writes. Of INSERT without a list those of the table, as many as it has values. */
  readonly columns: readonly string[];
  /** The paths of the tables that it reads besides: INSERT … SELECT, UPDATE … FROM, DELETE … USING, MERGE. */
  readonly reads: readonly string[];
  readonly cascade: boolean;
  /** INSERT … VALUES with this many rows; undefined where the rows come from a query. */
  readonly rows: number | undefined;
  /** LIMIT, or a condition on a range of keys, inside of it. */
  readonly batched: boolean;
}

export interface Maintenance extends Base {
  readonly kind: 'vacuum' | 'vacuum full' | 'cluster' | 'analyze' | 'refresh';
  /** The table or materialized view; undefined for all. */
  readonly table: PastTable | undefined;
  readonly existedBefore: boolean;
  readonly concurrently: boolean;
  /** REFRESH … WITH NO DATA. */
  readonly noData: boolean;
}

/** What moves a sequence: `setval(…)` of a SELECT, ALTER SEQUENCE … RESTART, ALTER COLUMN … RESTART. */
export interface SetSequence extends Base {
  readonly kind: 'set sequence';
  /** Its path; undefined where it is not said in words. */
  readonly sequence: string | undefined;
  /** The table whose column owns it. */
  readonly table: PastTable | undefined;
  readonly column: string | undefined;
}

export interface LockTable extends Base {
  readonly kind: 'lock table';
  readonly tables: readonly PastTable[];
  readonly existedBefore: boolean;
  /** `ACCESS EXCLUSIVE`, as `pg_locks` names modes without `Lock`. */
  readonly mode: LockMode;
}

export type LockMode =
  | 'ACCESS SHARE'
  | 'ROW SHARE'
  | 'ROW EXCLUSIVE'
  | 'SHARE UPDATE EXCLUSIVE'
  | 'SHARE'
  | 'SHARE ROW EXCLUSIVE'
  | 'EXCLUSIVE'
  | 'ACCESS EXCLUSIVE';

export interface Transaction extends Base {
  /** `savepoint` is for RELEASE and ROLLBACK TO as well: the transaction goes on. */
  readonly kind: 'begin' | 'commit' | 'rollback' | 'savepoint';
  /** COMMIT AND CHAIN: the next transaction begins at once. */
  readonly chain: boolean;
}

export interface SetParameter extends Base {
  readonly kind: 'set';
  /** Lower case: `lock_timeout`. */
  readonly name: string;
  /** As it is written, without quotes; undefined for RESET and TO DEFAULT. */
  readonly value: string | undefined;
  readonly local: boolean;
  /** ALTER ROLE or ALTER DATABASE … SET. */
  readonly for: 'session' | 'role' | 'database' | 'system';
}

export interface GrantPrivilege extends Base {
  readonly kind: 'grant' | 'revoke' | 'default grant';
  readonly privileges: readonly string[];
  /** The paths of tables, or names of schemas or functions; empty for ALL … IN SCHEMA. */
  readonly on: readonly string[];
  readonly type: 'table' | 'schema' | 'function' | 'sequence' | 'database' | 'type' | 'role' | 'other';
  /** `PUBLIC` in capitals. */
  readonly to: readonly string[];
}

/** A DO block. What stands in it plainly is among the operations of the statement too, as `conditional`. */
export interface Block extends Base {
  readonly kind: 'block';
  /** EXECUTE of a text that is put together. */
  readonly dynamic: boolean;
}

export interface OtherOperation extends Base {
  readonly kind: 'other';
  /** The parser's name of the statement, in words: `alter system`, `create role`, `copy`. */
  readonly what: string;
}
