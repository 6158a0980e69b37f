import type { DomainChange, PastEnum } from '@migrate-lint/core';
import type { AlterDomainStmt, AlterEnumStmt } from 'libpg-query';
import { as, qualified, strings } from '../nodes.ts';
import { recordOf } from '../past/records.ts';
import type { Scene, Told } from './scene.ts';

/** ALTER TYPE … ADD VALUE and RENAME VALUE. */
export function alterEnum(scene: Scene, statement: AlterEnumStmt): readonly Told[] {
  const { oldVal, newVal = '', skipIfNewValExists: ifNotExists = false } = statement;
  const { schema, name } = qualified(strings(statement.typeName));
  const thing = scene.step.objects.find('type', schema, name);
  const path = scene.pathOf(schema === undefined ? { relname: name } : { schemaname: schema, relname: name }, thing);
  const record = thing && recordOf(thing);
  const known = record && 'values' in record ? (record as PastEnum) : unknownEnum(path, name, schema ?? 'public');
  const existedBefore = scene.existedBefore(known);
  if (oldVal === undefined)
    return [{ ...scene.base(), kind: 'add enum value', enum: known, value: newVal, ifNotExists, existedBefore }];
  return [
    {
      ...scene.base(),
      kind: 'rename enum value',
      object: known,
      table: undefined,
      existedBefore,
      from: oldVal,
      to: newVal,
    },
  ];
}

/** One that no statement made. */
function unknownEnum(path: string, name: string, schema: string): PastEnum {
  const head = { path, name, kind: 'enum', id: -1, createdBy: undefined } as const;
  return { ...head, schema, values: [], addedBy: () => undefined };
}

const changes: Readonly<Record<string, DomainChange['kind']>> = {
  C: 'add domain constraint',
  O: 'domain not null',
  V: 'validate domain constraint',
  X: 'drop domain constraint',
};

export function alterDomain(scene: Scene, { subtype = '', typeName, def }: AlterDomainStmt): readonly Told[] {
  const kind = changes[subtype];
  if (!kind) return [{ ...scene.base(), kind: 'other', what: 'alter domain' }];
  const { schema, name } = qualified(strings(typeName));
  const thing = scene.step.objects.find('type', schema, name);
  const columns = [...(thing?.dependents ?? [])].filter(dependent => dependent.kind === 'column');
  return [
    {
      ...scene.base(),
      kind,
      domain: scene.pathOf(schema === undefined ? { relname: name } : { schemaname: schema, relname: name }, thing),
      notValid: as('Constraint', def)?.skip_validation ?? false,
      columns: columns.map(column => recordOf(column).path),
    },
  ];
}
