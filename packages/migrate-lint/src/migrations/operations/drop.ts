import type { DropObject, PastObject } from '@migrate-lint/core';
import type { DropStmt, Node, ObjectType, RangeVar } from 'libpg-query';
import { thingAt } from '../addresses.ts';
import { elements } from '../excerpts.ts';
import { endOfName, nextToken, type Stretch } from '../clauses.ts';
import { objectNames, qualified } from '../nodes.ts';
import type { Thing } from '../thing.ts';
import { recordOf } from '../past/records.ts';
import { dependentsOf, heldBySchema } from './dependents.ts';
import { indexOf, tableOf, type Scene, type Told } from './scene.ts';

const tables = new Set<ObjectType | undefined>(['OBJECT_TABLE', 'OBJECT_FOREIGN_TABLE']);

/** DROP of anything, one operation for each object that it names. */
export function drop(scene: Scene, statement: DropStmt): readonly Told[] {
  const objects = statement.objects ?? [];
  const places = objects.length > 1 ? placesOf(scene, objects.length) : [];
  return objects.flatMap((object, at) => {
    if (tables.has(statement.removeType)) return dropTable(scene, statement, object, places[at]);
    if (statement.removeType === 'OBJECT_INDEX') return dropIndex(scene, statement, object, places[at]);
    return dropObject(scene, statement, object, places[at]);
  });
}

/** Of several objects each has its own place. */
function placesOf({ step }: Scene, count: number): readonly Stretch[] {
  const { text, whole } = step;
  let start = whole.start;
  for (let token = nextToken(text, start, whole.end); token; token = nextToken(text, token.end, whole.end)) {
    const word = text.slice(token.start, token.end).toLowerCase();
    const next = nextToken(text, token.end, whole.end);
    // A view may be called `if`.
    if (!leading.has(word) || !next || ',.;('.includes(next.first)) break;
    start = token.end;
  }
  const found = elements(text, { start, end: whole.end });
  return found.length === count ? found.map(place => ({ start: place.start, end: endOfLast(text, place) })) : [];
}

const leading = new Set(
  `drop table foreign index concurrently if exists view materialized sequence type domain schema extension function procedure routine
  aggregate`.split(/\s+/),
);

/** Behind the last object there may be CASCADE. */
function endOfLast(text: string, { start, end }: Stretch): number {
  return text.slice(start, end).includes('(') ? end : Math.min(end, endOfName(text, start));
}

function relationOf(object: Node): RangeVar {
  const { schema, name } = qualified(objectNames(object));
  return schema === undefined ? { relname: name } : { schemaname: schema, relname: name };
}

function dropTable(scene: Scene, statement: DropStmt, object: Node, place: Stretch | undefined): readonly Told[] {
  const relation = relationOf(object);
  const ifExists = statement.missing_ok ?? false;
  const thing = scene.thing(relation, ifExists);
  // What was dropped before is not there; what no statement made may be.
  if (!thing && scene.isGone(relation)) return [];
  const table = tableOf(thing) ?? scene.unknownTable(relation);
  const dependents = thing ? dependentsOf(thing) : [];
  return [{ ...scene.ofTable(table, place), kind: 'drop table', ifExists, cascade: isCascade(statement), dependents }];
}

function isCascade({ behavior }: { readonly behavior?: DropStmt['behavior'] }): boolean {
  return behavior === 'DROP_CASCADE';
}

function dropIndex(scene: Scene, statement: DropStmt, object: Node, place: Stretch | undefined): readonly Told[] {
  const found = thingAt(scene.step, { type: 'OBJECT_INDEX', object });
  const index = indexOf(found);
  const ifExists = statement.missing_ok ?? false;
  if (!index && ifExists && scene.isGone(relationOf(object))) return [];
  return [
    {
      ...scene.base(place),
      kind: 'drop index',
      name: scene.pathOf(relationOf(object), found),
      target: 'index',
      index,
      table: tableOf(found?.table),
      existedBefore: index ? scene.existedBefore(index) : true,
      concurrently: statement.concurrent ?? false,
      ifExists,
      cascade: isCascade(statement),
    },
  ];
}

const kinds: Readonly<Partial<Record<ObjectType, DropObject['type']>>> = {
  OBJECT_VIEW: 'view',
  OBJECT_MATVIEW: 'materialized view',
  OBJECT_SEQUENCE: 'sequence',
  OBJECT_TYPE: 'type',
  OBJECT_DOMAIN: 'type',
  OBJECT_SCHEMA: 'schema',
  OBJECT_EXTENSION: 'extension',
  OBJECT_FUNCTION: 'function',
  OBJECT_PROCEDURE: 'function',
  OBJECT_ROUTINE: 'function',
  OBJECT_AGGREGATE: 'function',
  OBJECT_TRIGGER: 'trigger',
  OBJECT_RULE: 'trigger',
  OBJECT_POLICY: 'policy',
};

function dropObject(scene: Scene, statement: DropStmt, object: Node, place: Stretch | undefined): readonly Told[] {
  const { removeType: type } = statement;
  const ifExists = statement.missing_ok ?? false;
  // Looked up only: what is not there is not assumed.
  const thing = thingAt(scene.step, { type, object }, true);
  const record: PastObject | undefined = thing && recordOf(thing);
  const names = objectNames(object);
  const kind = type === undefined ? undefined : kinds[type];
  return [
    {
      ...scene.base(place),
      kind: 'drop object',
      type: record && (kind === 'type' || kind === 'view') ? record.kind : (kind ?? 'other'),
      name: record?.path ?? nameOf(names, kind),
      object: record,
      table: tableOf(ownerOf(scene, thing, names, kind)),
      existedBefore: record ? scene.existedBefore(record) : true,
      ifExists,
      cascade: isCascade(statement),
      dependents: kind === 'schema' ? heldBySchema(scene.step, names[0] ?? '') : thing ? dependentsOf(thing) : [],
    },
  ];
}

function nameOf(names: readonly string[], kind: DropObject['type'] | undefined): string {
  const isPart = kind === 'trigger' || kind === 'policy';
  const isWhole = isPart || names.length === 1;
  return (isWhole ? names : names[0] === 'public' ? names.slice(1) : names).join('.');
}

/** The table of a trigger or policy, also where that is not known. */
function ownerOf(
  { step }: Scene,
  thing: Thing | undefined,
  names: readonly string[],
  kind: DropObject['type'] | undefined,
): Thing | undefined {
  if (thing?.table || (kind !== 'trigger' && kind !== 'policy')) return thing?.table;
  const { schema, name } = qualified(names.slice(0, -1));
  return step.objects.find('relation', schema, name);
}

/** DROP DATABASE, DROP OWNED and the like. */
export function dropOther(scene: Scene, type: 'database' | 'owned', name: string, ifExists: boolean): readonly Told[] {
  return [
    {
      ...scene.base(),
      kind: 'drop object',
      type,
      name,
      object: undefined,
      table: undefined,
      existedBefore: true,
      ifExists,
      cascade: false,
      dependents: [],
    },
  ];
}
