import type { AlterDefaultPrivilegesStmt, GrantStmt } from 'libpg-query';
import { thingAt } from './addresses.ts';
import { all, objectNames } from './nodes.ts';
import type { ThingKind } from './thing.ts';
import type { Step } from './step.ts';

const kinds: Readonly<Record<string, readonly ThingKind[]>> = {
  OBJECT_TABLE: ['table', 'view'],
  OBJECT_SEQUENCE: ['sequence'],
  OBJECT_FUNCTION: ['function'],
  OBJECT_PROCEDURE: ['function'],
  OBJECT_ROUTINE: ['function'],
};

/** GRANT and REVOKE. */
export function grant(step: Step, { objtype, objects, targtype }: GrantStmt): void {
  const touch = step.touch('altered');
  if (targtype === 'ACL_TARGET_ALL_IN_SCHEMA') {
    const schemas = new Set((objects ?? []).map(object => objectNames(object)[0]));
    const wanted = kinds[objtype ?? ''] ?? [];
    for (const thing of [...step.objects.all('relation'), ...step.objects.all('function')]) {
      if (wanted.includes(thing.kind) && schemas.has(thing.schema)) thing.grant = touch;
    }
    return;
  }
  for (const object of objects ?? []) {
    // The schema `public` is there without a statement.
    if (objtype === 'OBJECT_SCHEMA') step.create('schema', { schema: 'public', name: objectNames(object)[0] ?? '' });
    const thing = thingAt(step, { type: objtype, object }, false);
    if (thing) thing.grant = touch;
  }
}

/** ALTER DEFAULT PRIVILEGES: it says what all later objects are granted. */
export function grantByDefault(step: Step, { options, action }: AlterDefaultPrivilegesStmt): void {
  const schemas = all('DefElem', options)
    .filter(({ defname }) => defname === 'schemas')
    .flatMap(({ arg }) => objectNames(arg));
  const touch = step.touch('altered');
  for (const schema of schemas.length === 0 ? [undefined] : schemas) {
    step.defaultGrants.push({ schema, kinds: kinds[action?.objtype ?? ''] ?? [], touch });
  }
}
