import type { CreateObject, PastObject } from '@migrate-lint/core';
import type { Node, RangeVar } from 'libpg-query';
import { all, as, qualified, signature, strings, type QualifiedName } from '../nodes.ts';
import type { Space, Thing, ThingKind } from '../thing.ts';
import { headOf, recordOf } from '../past/records.ts';
import { readsOf } from './create.ts';
import { tableOf, type Scene, type Told } from './scene.ts';

interface Given {
  readonly space: Space;
  readonly name: QualifiedName;
  readonly replace?: boolean | undefined;
  readonly ifNotExists?: boolean | undefined;
  readonly reads?: readonly string[];
}

/** CREATE of what has a name in a schema. */
export function createNamed(scene: Scene, { space, name, replace = false, ifNotExists = false, reads = [] }: Given) {
  const { objects } = scene.step;
  const schema = space === 'schema' || space === 'extension' ? 'public' : objects.schemaFor(name.schema);
  const find = (): Thing | undefined => objects.find(space, schema, name.name);
  const existing = find();
  return made(scene, existing, find, undefined, { replace, ifNotExists, reads });
}

/** CREATE of what belongs to a table: a trigger, a rule, a policy. */
export function createPart(
  scene: Scene,
  relation: RangeVar | undefined,
  kind: ThingKind,
  name: string,
  replace = false,
): readonly Told[] {
  const table = scene.thing(relation);
  if (!table) return [];
  const find = (): Thing | undefined => scene.step.objects.part(table, kind, name);
  return made(scene, find(), find, table, { replace, ifNotExists: false, reads: [] });
}

function made(
  scene: Scene,
  existing: Thing | undefined,
  find: () => Thing | undefined,
  owner: Thing | undefined,
  said: Pick<CreateObject, 'replace' | 'ifNotExists' | 'reads'>,
): readonly Told[] {
  const before: PastObject | undefined = existing && recordOf(existing);
  const table = tableOf(owner);
  const existedBefore = table ? scene.existedBefore(table) : before ? scene.existedBefore(before) : false;
  return [
    () => {
      const thing = find();
      if (!thing) return undefined;
      const object = thing.table ? headOf(thing, recordOf(thing).path) : recordOf(thing);
      const { span, conditional } = scene.base();
      return { span, conditional, kind: 'create object', object, table, existedBefore, existing: before, ...said };
    },
  ];
}

export function relationName({ schemaname, relname = '' }: RangeVar = {}): QualifiedName {
  return { schema: schemaname, name: relname };
}

export function createView(
  scene: Scene,
  view: RangeVar | undefined,
  query: Node | undefined,
  replace: boolean,
  ifNotExists: boolean,
): readonly Told[] {
  const name = view?.relpersistence === 't' ? { schema: 'pg_temp', name: view.relname ?? '' } : relationName(view);
  return createNamed(scene, { space: 'relation', name, replace, ifNotExists, reads: readsOf(scene, query) });
}

/** A function, by its name and the types of its arguments. */
export function createFunction(
  scene: Scene,
  names: readonly Node[] | undefined,
  parameters: readonly Node[] | undefined,
  replace: boolean,
): readonly Told[] {
  const { schema, name } = qualified(strings(names));
  const types = signature(all('FunctionParameter', parameters));
  return createNamed(scene, { space: 'function', name: { schema, name: `${name}(${types})` }, replace });
}

/** The arguments of CREATE AGGREGATE. */
export function aggregateArguments(args: readonly Node[] | undefined): readonly Node[] | undefined {
  return as('List', args?.[0])?.items;
}
