import type { Thing } from '../thing.ts';
import { detailOf, type Detail } from './details.ts';

/** What changed since the last version was kept. It is there only when somebody asks what was before a statement. */
export class Changes {
  #things: Thing[] = [];
  /** What a clause of the statement made, by its node in the syntax tree. */
  readonly made = new Map<object, Thing>();

  /** The columns whose default needs a thing. */
  readonly #defaults = new Map<Thing, Set<Thing>>();

  note(thing: Thing): void {
    thing.record = undefined;
    this.#add(thing);
    if (thing.table) this.#add(thing.table);
  }

  #add(thing: Thing): void {
    if (thing.noted) return;
    thing.noted = true;
    this.#things.push(thing);
  }

  /** The things that were noted since this was asked last, each once, in the order of their first change. */
  take(): readonly Thing[] {
    const things = this.#things;
    this.#things = [];
    things.forEach(thing => {
      thing.noted = false;
    });
    return things;
  }

  /** Its name is in what others say: the columns of an index, the table of a foreign key, the type of a column, the children of a table. */
  noteName(thing: Thing): void {
    this.note(thing);
    for (const needed of thing.needs) if (needed.children.has(thing)) this.note(needed);
    for (const dependent of thing.dependents ?? []) this.note(dependent);
  }

  describe(thing: Thing, detail: Detail): void {
    thing.detail = detail;
    this.note(thing);
    const needs = detail.of === 'column' ? detail.default?.needs : undefined;
    needs?.forEach(need => {
      this.#defaults.set(need, (this.#defaults.get(need) ?? new Set()).add(thing));
    });
  }

  /** The defaults that need a thing go with it. */
  dropDefaults(thing: Thing): void {
    this.#defaults.get(thing)?.forEach(column => {
      const detail = detailOf('column', column);
      if (detail?.default?.needs.includes(thing) === true)
        this.describe(column, { ...detail, default: undefined, serial: false });
    });
    this.#defaults.delete(thing);
  }
}
