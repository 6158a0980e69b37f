import type { Node, ObjectType, RangeVar } from 'libpg-query';
import { all, as, objectNames, qualified, signature } from './nodes.ts';
import type { Thing, ThingKind } from './thing.ts';
import type { Step } from './step.ts';

/** How ALTER, DROP, COMMENT and GRANT name the object that they are about. */
export interface Address {
  readonly type: ObjectType | undefined;
  readonly relation?: RangeVar | undefined;
  readonly object?: Node | undefined;
  /** A column, constraint, trigger or policy of `relation`; else it is the last name in `object`. */
  readonly part?: string | undefined;
}

const relations = new Set<ObjectType | undefined>([
  'OBJECT_TABLE',
  'OBJECT_FOREIGN_TABLE',
  'OBJECT_VIEW',
  'OBJECT_MATVIEW',
  'OBJECT_INDEX',
  'OBJECT_SEQUENCE',
]);
const types = new Set<ObjectType | undefined>([
  'OBJECT_TYPE',
  'OBJECT_DOMAIN',
  'OBJECT_ATTRIBUTE',
  'OBJECT_DOMCONSTRAINT',
]);
const functions = new Set<ObjectType | undefined>([
  'OBJECT_FUNCTION',
  'OBJECT_PROCEDURE',
  'OBJECT_ROUTINE',
  'OBJECT_AGGREGATE',
]);
const parts: Readonly<Partial<Record<ObjectType, ThingKind>>> = {
  OBJECT_COLUMN: 'column',
  OBJECT_TABCONSTRAINT: 'constraint',
  OBJECT_TRIGGER: 'trigger',
  OBJECT_RULE: 'trigger',
  OBJECT_POLICY: 'policy',
};

/** The object at an address; undefined for what is not there, and for kinds that are not followed. */
export function thingAt(step: Step, { type, relation, object, part }: Address, missingOk = true): Thing | undefined {
  const { objects } = step;
  const names = relation ? objectNames({ RangeVar: relation }) : objectNames(object);
  const kind = type && parts[type];
  if (kind) {
    const owner = part === undefined ? names.slice(0, -1) : names;
    const { schema, name } = qualified(owner);
    const table = step.findOrAssume(relationOf(schema, name), missingOk);
    // The columns of a view are not followed one by one.
    if (table?.kind === 'view' && kind === 'column') return table;
    return table && step.part(table, kind, part ?? names.at(-1) ?? '', missingOk);
  }
  const { schema, name } = qualified(names);
  if (type === 'OBJECT_INDEX' && objects.indexesOfTable) {
    const table = objects.find('relation', names.at(-3), names.at(-2) ?? '');
    return table && objects.part(table, 'index', name);
  }
  if (relations.has(type)) {
    const found = objects.find('relation', schema, name);
    return found ?? (type === 'OBJECT_TABLE' ? step.findOrAssume(relationOf(schema, name), missingOk) : found);
  }
  if (types.has(type)) return objects.find('type', schema, name);
  if (type === 'OBJECT_SCHEMA') return objects.find('schema', 'public', part ?? name);
  if (type === 'OBJECT_EXTENSION') return objects.find('extension', 'public', name);
  return functions.has(type) ? functionAt(step, object) : undefined;
}

function relationOf(schema: string | undefined, relname: string): RangeVar {
  return schema === undefined ? { relname } : { schemaname: schema, relname };
}

/** A function by its name and argument types; by its name alone where there is only one of them, or nothing else fits. */
function functionAt(step: Step, object: Node | undefined): Thing | undefined {
  const called = as('ObjectWithArgs', object);
  const { schema, name } = qualified(objectNames(object));
  const parameters = called?.objfuncargs
    ? all('FunctionParameter', called.objfuncargs)
    : all('TypeName', called?.objargs).map(argType => ({ argType }));
  const exact = step.objects.find('function', schema, `${name}(${signature(parameters)})`);
  return exact ?? functionNamed(step, schema, name);
}

/** Any function of this name. */
export function functionNamed(step: Step, schema: string | undefined, name: string): Thing | undefined {
  const schemas = schema === undefined ? step.objects.searchPath : [schema];
  return step.objects
    .all('function')
    .find(candidate => schemas.includes(candidate.schema) && candidate.name.startsWith(`${name}(`));
}
