import type { LockMode, Operation } from '@migrate-lint/core';

/** The lock that an operation takes on the table that it is about; undefined for what locks none, or not more than plain reads and writes do. */
export function modeOf(operation: Operation): LockMode | undefined {
  if (operation.kind === 'lock table') return operation.mode;
  if (operation.kind === 'refresh') return operation.concurrently ? 'EXCLUSIVE' : 'ACCESS EXCLUSIVE';
  if ('concurrently' in operation && operation.concurrently) return 'SHARE UPDATE EXCLUSIVE';
  if (operation.kind === 'add constraint')
    return operation.constraint.type === 'foreign' ? 'SHARE ROW EXCLUSIVE' : 'ACCESS EXCLUSIVE';
  if (operation.kind === 'create object')
    return operation.object.kind === 'trigger' ? 'SHARE ROW EXCLUSIVE' : ofPolicy(operation.object.kind);
  if (operation.kind === 'drop object')
    return operation.type === 'trigger' ? 'ACCESS EXCLUSIVE' : ofPolicy(operation.type);
  return modes[operation.kind];
}

function ofPolicy(kind: string): LockMode | undefined {
  return kind === 'policy' ? 'ACCESS EXCLUSIVE' : undefined;
}

const kinds: Readonly<Partial<Record<LockMode, readonly Operation['kind'][]>>> = {
  'SHARE UPDATE EXCLUSIVE': [
    ...(['validate constraint', 'attach partition', 'set statistics', 'set storage parameters'] as const),
    ...(['vacuum', 'analyze'] as const),
  ],
  SHARE: ['create index', 'reindex', 'add domain constraint', 'domain not null', 'validate domain constraint'],
  'SHARE ROW EXCLUSIVE': ['enable trigger', 'disable trigger'],
  'ACCESS EXCLUSIVE': [
    ...(['drop table', 'truncate', 'vacuum full', 'cluster', 'drop index', 'detach partition'] as const),
    ...(['rename table', 'rename column', 'rename constraint', 'set schema', 'drop constraint'] as const),
    ...(['alter constraint', 'add column', 'drop column', 'alter type', 'set not null', 'drop not null'] as const),
    ...(['set default', 'drop default', 'add identity', 'drop identity', 'drop expression', 'set storage'] as const),
    ...(['change owner', 'replica identity', 'set logged', 'set unlogged', 'set tablespace'] as const),
    ...(['set access method', 'enable row security', 'disable row security', 'force row security'] as const),
    'no force row security',
  ],
};

const modes: Readonly<Partial<Record<Operation['kind'], LockMode>>> = Object.fromEntries(
  Object.entries(kinds).flatMap(([mode, own]) => own.map(kind => [kind, mode])),
);
