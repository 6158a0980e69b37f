import { objectPath, type LooseObject } from '@migrate-lint/core';
import type { Node, RangeVar } from 'libpg-query';
import { all, as, qualified, strings, type Body, type NodeName } from './nodes.ts';

type Made = Pick<LooseObject, 'kind' | 'path'>;
type Readers = { readonly [Name in NodeName]?: (statement: Body<Name>) => readonly Made[] };

/** What one statement makes, without a look at what is there already. Temporary tables are nothing that stays. */
export function madeBy(node: Node): readonly Made[] {
  const [name, body] = Object.entries(node)[0] ?? [];
  const read =
    name === undefined ? undefined : (readers[name as NodeName] as ((body: unknown) => readonly Made[]) | undefined);
  return read?.(body) ?? [];
}

const readers: Readers = {
  CreateStmt: ({ relation }) => ofRelation('table', relation),
  CreateTableAsStmt: ({ into, objtype }) => ofRelation(objtype === 'OBJECT_MATVIEW' ? 'view' : 'table', into?.rel),
  ViewStmt: ({ view }) => ofRelation('view', view),
  CreateSeqStmt: ({ sequence }) => ofRelation('sequence', sequence),
  IndexStmt: ({ idxname, relation }) =>
    idxname === undefined ? [] : ofRelation('index', relation && { ...relation, relname: idxname }),
  CreateEnumStmt: ({ typeName }) => named('enum', typeName),
  CreateDomainStmt: ({ domainname }) => named('type', domainname),
  CompositeTypeStmt: ({ typevar }) => ofRelation('type', typevar),
  CreateFunctionStmt: ({ funcname }) => named('function', funcname),
  CreateExtensionStmt: ({ extname }) => (extname === undefined ? [] : [{ kind: 'extension', path: extname }]),
  CreateTrigStmt: ({ relation, trigname }) => part('trigger', relation, trigname),
  CreatePolicyStmt: ({ table, policy_name }) => part('policy', table, policy_name),
  AlterTableStmt: ({ relation, cmds }) =>
    all('AlterTableCmd', cmds).flatMap(({ subtype, def }) => {
      if (subtype === 'AT_AddColumn') return part('column', relation, as('ColumnDef', def)?.colname);
      if (subtype === 'AT_AddConstraint') return part('constraint', relation, as('Constraint', def)?.conname);
      return [];
    }),
};

function ofRelation(kind: Made['kind'], relation: RangeVar | undefined): readonly Made[] {
  const { relname, schemaname = 'public', relpersistence } = relation ?? {};
  return relname === undefined || relpersistence === 't' ? [] : [{ kind, path: objectPath(schemaname, relname) }];
}

function named(kind: Made['kind'], names: readonly Node[] | undefined): readonly Made[] {
  const { schema = 'public', name } = qualified(strings(names));
  return [{ kind, path: objectPath(schema, name) }];
}

function part(kind: Made['kind'], relation: RangeVar | undefined, name: string | undefined): readonly Made[] {
  if (name === undefined) return [];
  return ofRelation('table', relation).map(({ path }) => ({ kind, path: `${path}.${name}` }));
}
