import type { PastColumn, PastConstraint, PastIndex, PastObject, PastTable } from '@migrate-lint/core';
import { pathOf } from '../thing.ts';
import type { RelationDetail } from './details.ts';
import { ObjectRecord } from './part-records.ts';

/** What of a table changes with its parts. */
interface TableState {
  readonly schema: string;
  readonly open: boolean;
  /** The oldest first. */
  readonly parts: readonly PastObject[];
  readonly children: readonly string[];
}

/** A table at one point. Its parts are the same objects as long as nothing changes them. */
export function tableOfParts(head: PastObject, relation: RelationDetail, state: TableState): PastTable {
  return new TableRecord(head, relation, state);
}

/** A history of a thousand statements has as many of these, and most are asked for little: what can be derived is found when it is. */
class TableRecord extends ObjectRecord implements PastTable {
  declare readonly kind: PastTable['kind'];
  readonly schema: string;
  readonly unlogged: boolean;
  readonly open: boolean;
  readonly rowSecurity: boolean;
  readonly seeded: boolean;
  readonly populated: boolean;
  readonly children: readonly string[];
  readonly partitionKey: PastTable['partitionKey'];
  readonly partitionOf: PastTable['partitionOf'];
  readonly #parts: readonly PastObject[];
  #columns: readonly PastColumn[] | undefined;
  #indexes: readonly PastIndex[] | undefined;
  #constraints: readonly PastConstraint[] | undefined;

  constructor(head: PastObject, relation: RelationDetail, state: TableState) {
    super(head);
    const { partitionKey, partitionOf } = relation;
    this.kind = relation.kind;
    this.schema = state.schema;
    this.unlogged = relation.unlogged;
    this.open = state.open;
    this.rowSecurity = relation.rowSecurity;
    this.seeded = relation.seeded;
    this.populated = relation.populated;
    this.children = state.children;
    this.partitionKey = partitionKey.map(key => (typeof key === 'object' && key !== null ? key.name : key));
    this.partitionOf = partitionOf && { table: pathOf(partitionOf.table), bound: partitionOf.bound };
    this.#parts = state.parts;
  }

  get temporary(): boolean {
    return this.schema === 'pg_temp';
  }

  get columns(): readonly PastColumn[] {
    return (this.#columns ??= this.#parts.filter(isColumn));
  }

  get indexes(): readonly PastIndex[] {
    return (this.#indexes ??= this.#parts.filter(isIndex));
  }

  get constraints(): readonly PastConstraint[] {
    return (this.#constraints ??= this.#parts.filter(isConstraint));
  }

  get triggers(): readonly PastObject[] {
    return this.#parts.filter(part => part.kind === 'trigger');
  }

  get policies(): readonly PastObject[] {
    return this.#parts.filter(part => part.kind === 'policy');
  }

  get primaryKey(): PastConstraint | undefined {
    return this.constraints.find(({ type }) => type === 'primary');
  }

  column(wanted: string): PastColumn | undefined {
    return this.columns.find(({ name }) => name === wanted);
  }

  index(wanted: string): PastIndex | undefined {
    return this.indexes.find(({ name }) => name === wanted);
  }

  constraint(wanted: string): PastConstraint | undefined {
    return this.constraints.find(({ name }) => name === wanted);
  }
}

function isColumn(part: PastObject): part is PastColumn {
  return part.kind === 'column';
}

function isIndex(part: PastObject): part is PastIndex {
  return part.kind === 'index' && 'method' in part;
}

function isConstraint(part: PastObject): part is PastConstraint {
  return part.kind === 'constraint' && 'validated' in part;
}
