import { objectPath, type PastObject, type Statement, type Touch, type TouchKind } from '@migrate-lint/core';
import type { Detail } from './past/details.ts';

export type ThingKind = Exclude<TouchKind, 'grant'>;

/** A database object somewhere in the history, whatever it is called at the time. */
export class Thing {
  /** Counts up: of two parts of a table the older one has the lower number. */
  readonly id: number;
  readonly kind: ThingKind;
  schema: string;
  name: string;
  /** The table or view that it is a part of. */
  readonly table: Thing | undefined;
  touch: Touch;
  /** The last GRANT or REVOKE on it. */
  grant: Touch | undefined;
  /** Columns, indexes, constraints, triggers and policies, by kind and name. */
  readonly parts: Map<string, Thing>;
  /** What became of parts that it has no more. */
  readonly past: Map<string, Touch>;
  /** Tables that inherit from it, and partitions. */
  readonly children: Set<Thing>;
  /** What it cannot be without, besides its table. */
  needs: readonly Thing[] = [];
  /** What cannot be without it, besides its parts. */
  dependents: Set<Thing> | undefined;
  /** The index of a constraint, the constraint of an index: they share their name and their fate. */
  twin: Thing | undefined;
  /** Of constraints, and of the indexes that belong to one; `unique` also of a plain unique index. */
  role: 'primary' | 'unique' | 'exclusion' | 'foreign' | 'check' | 'identity' | undefined;
  /** What the columns of an index are called in its own name, words for expressions: its keys and those that it includes. */
  keys: readonly string[] = [];
  included: readonly string[] = [];
  /** Not all of its columns are known. */
  open = false;
  /** The statement that made it; undefined for what was there without one. */
  readonly createdBy: Statement | undefined;
  /** What it is like. Kept only where `Objects.changes` is. */
  detail: Detail | undefined;
  /** The record of it as it stands; undefined when it changed since that was made. */
  record: PastObject | undefined;
  /** It is among what `Changes` has noted. */
  noted = false;
  /** Where the chronicle has it now, and as what. */
  kept: { readonly path: string; readonly record: PastObject } | undefined;

  constructor(id: number, kind: ThingKind, schema: string, name: string, touch: Touch, table?: Thing) {
    this.id = id;
    this.createdBy = touch.action === 'created' ? touch.statement : undefined;
    this.kind = kind;
    this.schema = schema;
    this.name = name;
    this.touch = touch;
    this.table = table;
    // A part has no parts: nothing is ever put into what they share.
    this.parts = table ? none.parts : new Map<string, Thing>();
    this.past = table ? none.past : new Map<string, Touch>();
    this.children = table ? none.children : new Set<Thing>();
  }
}

const none = { parts: new Map<string, Thing>(), past: new Map<string, Touch>(), children: new Set<Thing>() };

/** Tables, views, sequences and indexes share their names, as do all types. */
export type Space = 'relation' | 'type' | 'function' | 'extension' | 'schema';

export const spaces: Readonly<Record<ThingKind, Space | undefined>> = {
  table: 'relation',
  view: 'relation',
  sequence: 'relation',
  index: 'relation',
  enum: 'type',
  type: 'type',
  function: 'function',
  extension: 'extension',
  schema: 'schema',
  column: undefined,
  constraint: undefined,
  trigger: undefined,
  policy: undefined,
};

/** Makes a thing depend on others, in place of what it needed before. */
export function depend(thing: Thing, needs: readonly Thing[]): void {
  thing.needs.forEach(old => {
    old.dependents?.delete(thing);
  });
  thing.needs = needs;
  needs.forEach(need => {
    (need.dependents ??= new Set()).add(thing);
  });
}

/** Functions are kept as `name(types)`: a path has no argument types. */
export function pathOf({ table, kind, schema, name }: Thing): string {
  if (table) return `${pathOf(table)}.${name}`;
  if (kind === 'schema') return name;
  return objectPath(schema, kind === 'function' ? name.slice(0, name.lastIndexOf('(')) : name);
}

/** A table and all that inherit from it, near or far: each once, though it may have two parents. */
export function withHeirs(table: Thing): readonly Thing[] {
  const found = new Set([table]);
  for (const each of found) for (const child of each.children) found.add(child);
  return [...found];
}
