import type { PastColumn, PastConstraint, PastIndex, PastObject, PastTable } from '@migrate-lint/core';
import { pathOf } from '../thing.ts';
import type { RelationDetail } from './details.ts';

interface Given extends PastObject, Omit<RelationDetail, 'of' | 'kind'> {
  readonly schema: string;
  readonly open: boolean;
  /** The oldest first. */
  readonly parts: readonly PastObject[];
  readonly children: readonly string[];
}

/** A table at one point. Its parts are the same objects as long as nothing changes them. */
export function tableOfParts({ parts, partitionKey, partitionOf, ...given }: Given): PastTable {
  const byName = once(() => new Map(parts.map(part => [`${part.kind}\0${part.name}`, part])));
  const columns = once(() => parts.filter(isColumn));
  const indexes = once(() => parts.filter(isIndex));
  const constraints = once(() => parts.filter(isConstraint));
  const { path, name, kind, id, createdBy, schema, unlogged, open, rowSecurity, seeded, populated, children } = given;
  return {
    path,
    name,
    kind,
    id,
    createdBy,
    schema,
    temporary: schema === 'pg_temp',
    unlogged,
    open,
    rowSecurity,
    seeded,
    populated,
    children,
    partitionKey: partitionKey.map(key => (typeof key === 'object' && key !== null ? key.name : key)),
    partitionOf: partitionOf && { table: pathOf(partitionOf.table), bound: partitionOf.bound },
    get columns() {
      return columns();
    },
    get indexes() {
      return indexes();
    },
    get constraints() {
      return constraints();
    },
    get triggers() {
      return parts.filter(part => part.kind === 'trigger');
    },
    get policies() {
      return parts.filter(part => part.kind === 'policy');
    },
    get primaryKey() {
      return constraints().find(({ type }) => type === 'primary');
    },
    column: wanted => {
      const found = byName().get(`column\0${wanted}`);
      return found && isColumn(found) ? found : undefined;
    },
    index: wanted => {
      const found = byName().get(`index\0${wanted}`);
      return found && isIndex(found) ? found : undefined;
    },
    constraint: wanted => {
      const found = byName().get(`constraint\0${wanted}`);
      return found && isConstraint(found) ? found : undefined;
    },
  };
}

/** Found when it is asked for, and not again. */
function once<Value>(find: () => Value): () => Value {
  let found: { readonly value: Value } | undefined;
  return () => (found ??= { value: find() }).value;
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
