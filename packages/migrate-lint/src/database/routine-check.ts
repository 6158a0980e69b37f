import type { Stretch } from '../migrations/clauses.ts';
import type { Database } from './database.ts';
import type { Corrections } from './corrections.ts';
import { isDoubtful, type BodyFault } from './doubts.ts';
import type { Body, Piece } from './body.ts';
import { readBody } from './plpgsql.ts';
import { parametersOf, sqlBody, tablesOfUtility } from './routine-body.ts';
import type { RoutineRow } from './routine-query.ts';
import { unknownType, type TypeReader, type VariableType } from './routine-types.ts';
import { nameRefused, spelling, withLast } from './refusals.ts';
import { checkStatement, type Nodes, type Refusal, type Value } from './statement-check.ts';
import { chainOf } from './tokens.ts';
import { flatMap } from '@migrate-lint/core';

export interface RoutineContext {
  readonly database: Database;
  /** Schemas of the project. */
  readonly schemas: readonly string[];
  readonly types: TypeReader;
  readonly corrections: Corrections;
  /** Tables that a body makes when it runs. */
  readonly made: ReadonlySet<string>;
  /** The columns of tables and views by their bare name, of all schemas. */
  readonly columns: ReadonlyMap<string, ReadonlySet<string>>;
  /** How many refusals may come: each takes a part of the embedded database's stack, and does not give it back. */
  readonly budget: { left: number };
  /** Tables that are in several schemas. */
  readonly ambiguous: ReadonlySet<string>;
}

/** By these a body that serves several tables tells them apart. */
const discerning = [
  'tg_table_name',
  'tg_relname',
  'tg_relid',
  'tg_name',
  'tg_argv',
  'tg_nargs',
  'to_jsonb',
  'row_to_json',
];
const mostTables = 50;

/** Checks the body of one function, in the search path that is set. */
export class RoutineCheck {
  readonly #row: RoutineRow;
  readonly #path: string;
  readonly #context: RoutineContext;
  readonly #body: Body;
  readonly #types = new Map<string, VariableType>();
  #faults = new Map<number, BodyFault>();
  /** Where Postgres has found no column, so that a variable is meant, whatever the table. */
  readonly #variables = new Set<number>();

  constructor(row: RoutineRow, path: string, context: RoutineContext) {
    this.#row = row;
    this.#path = path;
    this.#context = context;
    const scope = parametersOf(row);
    this.#body = row.language === 'plpgsql' ? readBody(row.body, scope) : sqlBody(row.body, scope);
  }

  /** For a trigger function once for each of its tables, as far as it looks at the row. */
  async run(): Promise<readonly BodyFault[]> {
    const tables = [...new Set(this.#row.triggers.map(({ table }) => table))].slice(0, mostTables);
    await this.#readTypes(tables);
    const declared = [...this.#faults.values()];
    const rounds: (readonly BodyFault[])[] = [];
    for (const table of tables.length > 0 ? tables : [undefined]) {
      this.#faults = new Map();
      for (const piece of this.#body.pieces) {
        if (table === tables[0] || this.#readsRow(piece)) await this.#check(piece, table);
      }
      rounds.push([...this.#faults.values()]);
    }
    return [...declared, ...this.#ofAll(rounds)].sort((a, b) => a.start - b.start);
  }

  /** A body that tells its tables apart may reach a statement for one of them only. */
  #ofAll(rounds: readonly (readonly BodyFault[])[]): readonly BodyFault[] {
    const discerns = rounds.length > 1 && discerning.some(word => this.#body.words.has(word));
    const all = new Map<number, BodyFault>();
    const [first = [], ...others] = rounds;
    for (const fault of [...first, ...(discerns ? [] : others.flat())]) {
      const rowless = !others.some(round => round.length > 0) && !this.#namesRow(fault);
      const everywhere = others.every(round => round.some(({ start }) => start === fault.start));
      if (!all.has(fault.start) && (!discerns || rowless || everywhere)) all.set(fault.start, fault);
    }
    return [...all.values()];
  }

  #namesRow({ start }: BodyFault): boolean {
    return this.#body.pieces.some(
      piece =>
        piece.parts.some(part => typeof part !== 'string' && part.start <= start && start < part.end) &&
        this.#readsRow(piece),
    );
  }

  #readsRow({ parts, target }: Piece): boolean {
    if (/^(?:new|old)$/.test(target[0] ?? '')) return true;
    return parts.some(
      part => typeof part !== 'string' && /\b(?:new|old)\b/i.test(this.#row.body.slice(part.start, part.end)),
    );
  }

  async #readTypes(tables: readonly string[]): Promise<void> {
    const { returns, parameters } = this.#row;
    const scopes = new Set(this.#body.pieces.map(({ scope }) => scope));
    const declared = flatMap([...scopes], scope => scope.declared);
    for (const type of new Set([...declared, ...tables, returns, ...parameters.map(one => one.type)])) {
      const found = await this.#context.types.read(type, this.#path);
      this.#types.set(type, found ?? unknownType);
      for (const field of found?.fields.values() ?? []) {
        this.#types.set(field, (await this.#context.types.read(field, this.#path)) ?? unknownType);
      }
      if (!found) this.#missingType(type);
    }
  }

  #missingType(declared: string): void {
    const start = this.#row.body.indexOf(declared);
    if (start === -1) return;
    const place = { start, end: start + declared.length };
    const column = /%\s*type$/i.test(declared);
    const names = chainOf(declared.replace(/%\s*(?:row)?type$/i, ''));
    const [name = '', table] = [names.at(-1), names.at(-2)];
    const message = `${column ? 'column' : 'type'} "${names.join('.')}" does not exist`;
    const correction = column ? undefined : this.#context.corrections.type(name, this.#path);
    const kind = column ? 'column' : /%\s*rowtype$/i.test(declared) ? 'table' : 'type';
    this.#add(
      { kind, name, of: column ? (table ?? null) : null, message, ...place, correction: correction ?? null },
      [],
      column ? names.at(-3) : table,
    );
  }

  async #check(piece: Piece, table: string | undefined): Promise<void> {
    const { body, parameters } = this.#row;
    const { target, targetPlace } = piece;
    if (targetPlace && target.length > 1) this.#resolve(target, targetPlace, piece, table);
    const parts = piece.kind === 'utility' ? tablesOfUtility(body, piece) : [this.#partsOf(piece, table)];
    for (const one of parts) {
      if (this.#isOpen(one)) continue;
      await checkStatement(this.#context.database, {
        body,
        parts: one,
        arguments: parameters.map(({ type }) => this.#types.get(type)?.sql),
        budget: this.#context.budget,
        isVariable: (names, nodes, at) => this.#variables.has(at) || this.#isVariable(names, nodes, piece),
        resolve: (names, place) => this.#resolve(names, place, piece, table),
        refused: refusal => this.#refused(refusal, piece),
      });
    }
  }

  /** A statement on tables that a body makes, that a trigger hands over, or that are in several schemas. */
  #isOpen(parts: Piece['parts']): boolean {
    const text = parts
      .map(part => (typeof part === 'string' ? part : this.#row.body.slice(part.start, part.end)))
      .join('');
    const handed = flatMap(this.#row.triggers, ({ transitions }) => transitions);
    const { made, ambiguous } = this.#context;
    return (text.match(/[\w\x80-\uffff]+/g) ?? []).some(
      word =>
        made.has(word.toLowerCase()) ||
        handed.includes(word.toLowerCase()) ||
        (this.#row.path === null && ambiguous.has(word)),
    );
  }

  /** A literal alone is converted to what it is assigned to when it runs; for an enum it is known now whether that can be done. */
  #partsOf({ parts, target, scope }: Piece, table: string | undefined): Piece['parts'] {
    const [head, value, ...more] = parts;
    if (head !== 'SELECT ' || typeof value !== 'object' || more.length > 0) return parts;
    if (!/^'(?:[^']|'')*'$/.test(this.#row.body.slice(value.start, value.end).trim())) return parts;
    const [variable = '', field] = target;
    const type =
      variable === 'return' ? this.#types.get(this.#row.returns) : this.#typeOf(scope.type(variable), variable, table);
    const final = field === undefined ? type : this.#types.get(type?.fields.get(field) ?? '');
    return final?.kind === 'enum' && final.sql !== undefined ? ['SELECT CAST(', value, ` AS ${final.sql})`] : parts;
  }

  #typeOf(declared: string | undefined, variable: string, table: string | undefined): VariableType | undefined {
    const row = (variable === 'new' || variable === 'old') && table !== undefined && declared === 'record';
    return this.#types.get(row ? table : (declared ?? ''));
  }

  #resolve(
    names: readonly string[],
    place: Stretch,
    { scope, handled }: Piece,
    table: string | undefined,
  ): Value | 'unreadable' | undefined {
    const [first = '', second = ''] = names;
    const labelled =
      names.length > 1 && !scope.has(first) && (this.#body.labels.has(first) || first === this.#row.name);
    const at = labelled ? 1 : 0;
    const name = labelled ? second : first;
    if (!scope.has(name)) return undefined;
    this.#variables.add(place.start);
    const type = this.#typeOf(scope.type(name), name, table) ?? unknownType;
    const field = names[at + 1];
    const parameter = this.#row.parameters.findIndex(one => one.name === name) + 1 || undefined;
    if (field === undefined)
      return { type: type.sql, names: at + 1, parameter: type.sql === undefined ? undefined : parameter };
    if (type.kind !== 'composite') return field === '*' ? 'unreadable' : { type: undefined, names: names.length };
    if (field === '*' || type.fields.has(field)) return { type: type.sql, names: at + 1, parameter };
    const said = this.#row.body.slice(place.start, place.end);
    const correction = this.#context.corrections.field(spelling(said), type.fields.keys());
    const of = type.sql?.replaceAll('"', '').replace(/^public\./, '') ?? null;
    const message = `record "${name}" has no field "${field}"`;
    this.#add(
      {
        kind: 'column',
        name: field,
        of,
        message,
        ...place,
        correction: correction === undefined ? null : withLast(said, correction),
      },
      handled,
      undefined,
    );
    return correction === undefined ? 'unreadable' : { type: type.sql, names: at + 1, parameter, rest: correction };
  }

  #isVariable([name = '', ...fields]: readonly string[], nodes: Nodes, { scope }: Piece): boolean {
    if (!scope.has(name) || nodes.aliases.has(name) || nodes.tables.includes(name)) return false;
    if (fields.length > 0) return true;
    const { columns } = this.#context;
    return !nodes.callsInFrom && nodes.tables.every(table => columns.get(table)?.has(name) === false);
  }

  async #refused(refusal: Refusal, { scope, handled }: Piece): Promise<string | undefined> {
    const { place, again, node } = refusal;
    const known = this.#faults.get(place.start);
    if (again && known) this.#faults.set(place.start, { ...known, correction: null });
    if (again) return undefined;
    const read = await nameRefused(refusal, this.#row.body, this.#path, this.#context);
    // A sub-SELECT that gives a variable out under its name lost that name when the variable became a parameter.
    if (!read || (read.kind === 'column' && node === 'ColumnRef' && scope.has(read.name))) return undefined;
    const { schema, ...fault } = read;
    return this.#add({ ...fault, ...place }, handled, schema) ? (fault.correction ?? undefined) : undefined;
  }

  #add(fault: BodyFault, handled: readonly string[], schema: string | undefined): boolean {
    const { body, returns, triggers } = this.#row;
    const isTrigger = returns === 'trigger' && triggers.length === 0;
    const doubtful = isDoubtful(fault, { body, handled, schema, schemas: this.#context.schemas, isTrigger });
    if (!doubtful && !this.#faults.has(fault.start)) this.#faults.set(fault.start, fault);
    return !doubtful;
  }
}
