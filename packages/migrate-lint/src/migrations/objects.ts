import { firstOf, flatMap, objectPath, type Touch, type TouchKind } from '@migrate-lint/core';
import type { Changes } from './past/changes.ts';
import { depend, pathOf, spaces, Thing, type Space, type ThingKind } from './thing.ts';

const key = (first: string, second: string): string => `${first}\0${second}`;

/** The objects as they stand at one point of the history, and what became of those that are gone. */
export class Objects {
  /** The schemas in which a bare name is looked for; the first is where it is made. */
  searchPath: readonly string[] = ['public'];
  #sessionPath = this.searchPath;
  #temporary = false;
  readonly #live: Readonly<Record<Space, Map<string, Thing>>> = {
    relation: new Map(),
    type: new Map(),
    function: new Map(),
    extension: new Map(),
    schema: new Map(),
  };
  /** By schema and name; several tables may have one of a name. */
  readonly #constraints = new Map<string, Set<Thing>>();
  readonly #gone = new Map<string, Touch>();
  #lastId = 0;
  readonly changes: Changes | undefined;
  /** MySQL names indexes within their table, and not among all relations. */
  indexesOfTable = false;
  /** To SQLite `user` and `User` are one name, quoted or not. */
  ignoresCase = false;

  constructor(changes?: Changes) {
    this.changes = changes;
  }

  /** SET search_path. What is `local` ends with its migration. */
  setSearchPath(path: readonly string[], local: boolean): void {
    this.searchPath = path;
    if (!local) this.#sessionPath = path;
  }

  /** The next migration: settings that were local are over, and nobody asks for temporary tables any more. */
  endMigration(): void {
    this.searchPath = this.#sessionPath;
    if (!this.#temporary) return;
    for (const [place, thing] of this.#live.relation) {
      if (thing.schema !== 'pg_temp') continue;
      this.#live.relation.delete(place);
      this.changes?.note(thing);
    }
    this.#temporary = false;
  }

  /** The schema in which a name is made: the first of the search path that is there. */
  schemaFor(schema: string | undefined): string {
    const isThere = (name: string): boolean => name === 'public' || this.#live.schema.has(key('public', name));
    return schema ?? this.searchPath.find(isThere) ?? this.searchPath.find(name => name !== '$user') ?? 'public';
  }

  find(space: Space, schema: string | undefined, name: string): Thing | undefined {
    if (schema !== undefined) return this.#findIn(space, schema, name);
    const temporary = this.#temporary ? this.#findIn(space, 'pg_temp', name) : undefined;
    if (temporary) return temporary;
    return firstOf(this.searchPath, schema => this.#findIn(space, schema, name));
  }

  #findIn(space: Space, schema: string, name: string): Thing | undefined {
    const things = this.#live[space];
    return things.get(key(schema, name)) ?? this.#alike(things, schema, name);
  }

  #alike(things: ReadonlyMap<string, Thing>, first: string, second: string): Thing | undefined {
    if (!this.ignoresCase) return undefined;
    const wanted = key(first, second).toLowerCase();
    for (const [place, thing] of things) if (place.toLowerCase() === wanted) return thing;
    return undefined;
  }

  /** All that is in a space now. */
  all(space: Space): readonly Thing[] {
    return [...this.#live[space].values()];
  }

  /** Whether a table of the schema has a constraint of this name: Postgres makes no second one by itself. */
  hasConstraint(schema: string, name: string): boolean {
    return (this.#constraints.get(key(schema, name))?.size ?? 0) > 0;
  }

  create(kind: ThingKind, schema: string, name: string, touch: Touch, needs: readonly Thing[] = []): Thing {
    this.#temporary ||= schema === 'pg_temp';
    return this.#add(new Thing(this.newId(), kind, schema, name, touch), needs);
  }

  /** A part of a table or view. It goes with the table. */
  createPart(table: Thing, kind: ThingKind, name: string, touch: Touch, needs: readonly Thing[] = []): Thing {
    return this.#add(new Thing(this.newId(), kind, table.schema, name, touch, table), needs);
  }

  /** For what is no object of its own, such as a table that is only spoken of. */
  newId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  #add(thing: Thing, needs: readonly Thing[]): Thing {
    this.#register(thing);
    depend(thing, needs);
    return thing;
  }

  part(table: Thing, kind: ThingKind, name: string): Thing | undefined {
    return table.parts.get(key(kind, name)) ?? this.#alike(table.parts, kind, name);
  }

  /** Another name, another schema or both; the parts of a table go with it. */
  rename(thing: Thing, schema: string, name: string, touch: Touch): void {
    // The one who renames a constraint renames its index, and the other way round.
    for (const each of thing.twin ? [thing, thing.twin] : [thing]) {
      this.#bury(each, touch);
      this.#unregister(each);
      each.schema = schema;
      each.name = name;
      each.touch = touch;
      this.#register(each);
      this.changes?.noteName(each);
    }
    for (const part of [...thing.parts.values()]) {
      // What is said of a part has the table's name in it.
      part.record = undefined;
      this.#moveTo(part, schema, touch);
    }
  }

  /** Indexes and owned sequences stand in their table's schema. */
  #moveTo(part: Thing, schema: string, touch: Touch): void {
    if (part.schema === schema) return;
    this.#unregister(part);
    part.schema = schema;
    this.#register(part);
    for (const owned of part.dependents ?? []) {
      if (owned.kind === 'sequence') this.rename(owned, schema, owned.name, touch);
    }
  }

  /** Drops a thing and what goes with it: with CASCADE all that needs it, else its own parts and sequences. */
  drop(thing: Thing, touch: Touch, cascade: boolean): void {
    if (!this.isLive(thing)) return;
    this.#bury(thing, touch);
    this.#unregister(thing);
    this.changes?.dropDefaults(thing);
    thing.needs.forEach(needed => {
      needed.dependents?.delete(thing);
      if (needed.children.delete(thing)) this.changes?.note(needed);
    });
    dependentsOn(thing).forEach(dependent => {
      const own = dependent.table !== undefined && (dependent.table === thing || dependent.table === thing.table);
      const goesAlong = own || dependent.kind === 'sequence' || thing.children.has(dependent);
      if (cascade || goesAlong) this.drop(dependent, touch, cascade);
    });
  }

  /** Drops all that a schema holds. */
  dropSchema(name: string, touch: Touch): void {
    for (const space of ['relation', 'type', 'function'] as const) {
      for (const thing of this.all(space)) if (thing.schema === name) this.drop(thing, touch, true);
    }
  }

  renameSchema(from: string, to: string, touch: Touch): void {
    for (const space of ['relation', 'type', 'function'] as const) {
      for (const thing of this.all(space)) {
        if (thing.schema === from && thing.table === undefined) this.rename(thing, to, thing.name, touch);
      }
    }
  }

  /** The last touches of all objects, live or gone, by kind and path. */
  lastTouches(): LastTouches {
    const touches = new Map(this.#gone);
    const open = new Map<string, Touch>();
    const things = flatMap(Object.values(this.#live), space => [...space.values()]);
    // A part that is gone must not hide a live one of the same path.
    for (const thing of things) {
      for (const [part, touch] of thing.past) touches.set(pastKey(thing, part), touch);
    }
    const overloaded = new Map<string, Thing>();
    for (const thing of things) {
      const path = pathOf(thing);
      const other = thing.kind === 'function' ? overloaded.get(path) : undefined;
      if (other && isLater(other.touch, thing.touch)) continue;
      if (thing.kind === 'function') overloaded.set(path, thing);
      touches.set(key(thing.kind, path), thing.touch);
      if (thing.grant) touches.set(key('grant', thing.kind === 'schema' ? objectPath(path, path) : path), thing.grant);
      if (thing.open) open.set(path, thing.touch);
      for (const part of thing.parts.values()) touches.set(key(part.kind, pathOf(part)), part.touch);
    }
    return (kind, path) =>
      touches.get(key(kind, path)) ??
      (kind === 'column' ? open.get(path.slice(0, Math.max(0, path.lastIndexOf('.')))) : undefined);
  }

  #spaceOf({ kind }: Thing): Space | undefined {
    return kind === 'index' && this.indexesOfTable ? undefined : spaces[kind];
  }

  #register(thing: Thing): void {
    this.changes?.note(thing);
    if (thing.table) thing.table.parts.set(key(thing.kind, thing.name), thing);
    const space = this.#spaceOf(thing);
    if (space) this.#live[space].set(key(thing.schema, thing.name), thing);
    if (thing.kind !== 'constraint') return;
    const place = key(thing.schema, thing.name);
    this.#constraints.set(place, (this.#constraints.get(place) ?? new Set()).add(thing));
  }

  #unregister(thing: Thing): void {
    this.changes?.note(thing);
    if (thing.table) thing.table.parts.delete(key(thing.kind, thing.name));
    const space = this.#spaceOf(thing);
    if (space) this.#live[space].delete(key(thing.schema, thing.name));
    if (thing.kind === 'constraint') this.#constraints.get(key(thing.schema, thing.name))?.delete(thing);
  }

  isLive(thing: Thing): boolean {
    const space = this.#spaceOf(thing);
    const registered = space
      ? this.#live[space].get(key(thing.schema, thing.name))
      : thing.table?.parts.get(key(thing.kind, thing.name));
    return registered === thing;
  }

  /** Keeps what became of a path whose object is gone or has another path now. */
  #bury(thing: Thing, touch: Touch): void {
    if (thing.table) thing.table.past.set(key(thing.kind, thing.name), touch);
    else this.#gone.set(key(thing.kind, pathOf(thing)), touch);
    thing.past.forEach((then, part) => {
      this.#gone.set(pastKey(thing, part), then);
    });
    thing.parts.forEach(part => {
      this.#gone.set(key(part.kind, pathOf(part)), touch);
    });
  }
}

export type LastTouches = (kind: TouchKind, path: string) => Touch | undefined;

/** Its parts and what needs it, as a list that stays when they are dropped; most things have neither. */
function dependentsOn({ parts, dependents }: Thing): readonly Thing[] {
  return parts.size === 0 && !dependents ? none : [...parts.values(), ...(dependents ?? [])];
}

const none: readonly never[] = [];

function pastKey(table: Thing, part: string): string {
  const [kind = '', name = ''] = part.split('\0');
  return key(kind, `${pathOf(table)}.${name}`);
}

function isLater(a: Touch, b: Touch): boolean {
  const place = ({ statement }: Touch) => [statement.migration.name, statement.span.start] as const;
  const [first, second] = [place(a), place(b)];
  return first[0] === second[0] ? first[1] > second[1] : first[0] > second[0];
}
