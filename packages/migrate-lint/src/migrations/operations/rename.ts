import { objectPath, type PastObject, type Rename } from '@migrate-lint/core';
import type { AlterObjectSchemaStmt, RenameStmt } from 'libpg-query';
import { objectNames } from '../nodes.ts';
import type { Thing } from '../thing.ts';
import { recordOf } from '../past/records.ts';
import { tableOf, type Scene, type Told } from './scene.ts';

/** RENAME of anything. */
export function rename(scene: Scene, statement: RenameStmt): readonly Told[] {
  const { renameType, relation, object, subname = '', newname = '', missing_ok: missingOk = false } = statement;
  if (renameType === 'OBJECT_SCHEMA') {
    const schema = scene.step.objects.find('schema', 'public', subname);
    return [told(scene, schema, 'rename schema', subname, newname)];
  }
  const thing = scene.thingAt({ type: renameType, relation, object, part: subname }, missingOk);
  if (!thing && missingOk) return [];
  const names = objectNames(object);
  const isPart = (thing?.table !== undefined && thing.kind !== 'index') || renameType === 'OBJECT_ATTRIBUTE';
  const kind = kindOf(thing, renameType);
  const from = isPart ? (subname === '' ? (names.at(-1) ?? '') : subname) : pathOf(scene, statement, thing);
  const schema = thing?.schema ?? scene.step.objects.schemaFor(relation?.schemaname);
  return [told(scene, thing, kind, from, isPart ? newname : objectPath(schema, newname))];
}

function pathOf(scene: Scene, { relation, object }: RenameStmt, thing: Thing | undefined): string {
  if (relation) return scene.pathOf(relation, thing);
  return thing ? recordOf(thing).path : objectNames(object).join('.');
}

function kindOf(thing: Thing | undefined, type: RenameStmt['renameType']): Rename['kind'] {
  if (type === 'OBJECT_COLUMN') return 'rename column';
  if (type === 'OBJECT_TABCONSTRAINT') return 'rename constraint';
  if (thing?.kind === 'index' || type === 'OBJECT_INDEX') return 'rename index';
  if (thing?.kind === 'table') return 'rename table';
  if (thing?.kind === 'enum') return 'rename enum';
  return 'rename object';
}

function told(scene: Scene, thing: Thing | undefined, kind: Rename['kind'], from: string, to: string): Told {
  const object: PastObject | undefined = thing && recordOf(thing);
  const table = tableOf(thing?.table ?? thing);
  const known = object ?? table;
  return {
    ...scene.base(),
    kind,
    object,
    table,
    // A column or constraint of a table that was there may be new.
    existedBefore: known ? scene.existedBefore(known) : true,
    from,
    to,
  };
}

/** ALTER … SET SCHEMA. */
export function setSchema(scene: Scene, statement: AlterObjectSchemaStmt): readonly Told[] {
  const { objectType, relation, object, newschema = '', missing_ok: missingOk = false } = statement;
  const thing = scene.thingAt({ type: objectType, relation, object }, missingOk);
  if (!thing) return missingOk ? [] : [{ ...scene.base(), kind: 'other', what: 'set schema' }];
  return [told(scene, thing, 'set schema', recordOf(thing).path, objectPath(newschema, recordOf(thing).name))];
}
