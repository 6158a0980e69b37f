import {
  objectPath,
  type PastCatalog,
  type PastEnum,
  type PastIndex,
  type PastObject,
  type PastTable,
} from '@migrate-lint/core';
import { Objects } from '../objects.ts';
import { pathOf, type Thing } from '../thing.ts';
import { Changes } from './changes.ts';
import { isTable, recordOf } from './records.ts';
import { Versions } from './versions.ts';

/** Every state of the objects through the history, each made once, when its statement has been read. */
export class Chronicle {
  readonly changes = new Changes();
  readonly objects = new Objects(this.changes);
  readonly #relations = new Versions<PastObject>();
  readonly #tables = new Versions<PastTable>();
  readonly #enums = new Versions<PastEnum>();
  #last = 0;

  /** Keeps what changed, from a statement on; what a statement assumes was there before it. */
  keep(statement: number): void {
    const things = this.changes.take();
    if (things.length === 0) return;
    // What a later part of one statement assumes comes behind what an earlier part changed.
    const from = (this.#last = Math.max(this.#last, statement));
    const present: Thing[] = [];
    things.forEach(thing => {
      if (thing.kind !== 'enum' && !(isTable(thing) || thing.kind === 'index' || thing.kind === 'sequence')) return;
      const path = this.objects.isLive(thing) ? placeOf(thing) : undefined;
      const { kept } = thing;
      if (kept && kept.path !== path) {
        this.#versions(thing).end(kept.path, from, thing.id);
        this.#tables.end(kept.path, from, thing.id);
        thing.kept = undefined;
      }
      if (path !== undefined) present.push(thing);
    });
    present.forEach(thing => {
      this.#keepOne(thing, from);
    });
  }

  #keepOne(thing: Thing, from: number): void {
    // A table whose parts changed is another state, though nothing else of it is.
    if (isTable(thing)) thing.record = undefined;
    const record = recordOf(thing);
    const path = placeOf(thing);
    if (thing.kept?.record === record) return;
    this.#versions(thing).set(path, from, record);
    if (isTableRecord(record) && !isView(record)) this.#tables.set(path, from, record);
    thing.kept = { path, record };
    if (!isTable(thing)) return;
    thing.parts.forEach(part => {
      // With the table's name that of its index changes.
      if (part.kind === 'index') this.#keepOne(part, from);
    });
  }

  /** Whether there was something of this path, and is nothing now. */
  isGone(path: string): boolean {
    return this.#relations.isGone(path);
  }

  #versions(thing: Thing): Versions<PastObject> {
    return thing.kind === 'enum' ? this.#enums : this.#relations;
  }

  /** The catalog before a statement. */
  before(statement: number): PastCatalog {
    const relation = (path: string): PastObject | undefined => this.#relations.at(path, statement);
    const tables = this.#tables;
    const enums = this.#enums;
    return {
      get tables() {
        return tables.all(statement);
      },
      get enums() {
        return enums.all(statement);
      },
      table: path => {
        const found = relation(path);
        return found && isTableRecord(found) ? found : undefined;
      },
      enum: path => this.#enums.at(path, statement),
      index: path => {
        const found = relation(path);
        return found && isIndexRecord(found) ? found : undefined;
      },
      relation,
    };
  }
}

/** Tables, views, sequences and indexes share their names in a schema. */
function placeOf(thing: Thing): string {
  return thing.table ? objectPath(thing.schema, thing.name) : pathOf(thing);
}

function isTableRecord(object: PastObject): object is PastTable {
  return 'rowSecurity' in object;
}

function isView({ kind }: PastObject): boolean {
  return kind === 'view' || kind === 'materialized view';
}

function isIndexRecord(object: PastObject): object is PastIndex {
  return object.kind === 'index';
}
