import type { Span, Statement, Touch } from '@migrate-lint/core';
import type { Node, RangeVar } from 'libpg-query';
import { clauseAt, clausesFrom, endOfName, type Stretch } from './clauses.ts';
import type { QualifiedName } from './nodes.ts';
import type { Detail } from './past/details.ts';
import type { Objects } from './objects.ts';
import { spaces, type Thing, type ThingKind } from './thing.ts';
import type { ParsedPart, ParsedStatement } from './parser.ts';

/** ALTER DEFAULT PRIVILEGES: what is made from then on carries grants. */
export interface DefaultGrant {
  /** In any schema when undefined. */
  readonly schema: string | undefined;
  readonly kinds: readonly ThingKind[];
  readonly touch: Touch;
}

/** The text that a step was parsed from: that of its migration, or what a DO block holds. */
export interface StepSource {
  readonly text: string;
  readonly parsed: ParsedStatement;
  /** The clause of it that the step is for; all of it when undefined. */
  readonly part?: ParsedPart;
}

/** One statement on its way through the history: it finds and changes objects, and says where it did so. */
export class Step {
  readonly objects: Objects;
  readonly statement: Statement;
  readonly node: Node;
  /** It stands in a DO block, behind conditions that nobody evaluates here: what it does not find it leaves alone. */
  readonly conditional: boolean;
  readonly defaultGrants: DefaultGrant[];
  readonly #source: StepSource;
  #clauses: { readonly location: number; readonly found: readonly Stretch[] } | undefined;

  constructor(
    objects: Objects,
    statement: Statement,
    source: StepSource,
    defaultGrants: DefaultGrant[],
    inner: { readonly node?: Node; readonly conditional?: boolean } = {},
  ) {
    this.objects = objects;
    this.statement = statement;
    this.#source = source;
    this.defaultGrants = defaultGrants;
    this.node = inner.node ?? source.parsed.node;
    this.conditional = inner.conditional ?? false;
  }

  /** The same statement, for a node inside of it. */
  inside(node: Node): Step {
    const { objects, statement, conditional } = this;
    return new Step(objects, statement, this.#source, this.defaultGrants, { node, conditional });
  }

  /** The same statement, for a clause of it. */
  ofPart(part: ParsedPart): Step {
    const { objects, statement, text } = this;
    const { start, end, node } = part;
    const source = { text, parsed: { ...this.#source.parsed, start, end }, part };
    return new Step(objects, statement, source, this.defaultGrants, { node });
  }

  /** Whether it says all of a column again. */
  get restates(): boolean {
    return this.#source.part?.restates ?? false;
  }

  /** The same statement, for one that its DO block holds: that has no place of its own in the file. */
  inBlock(source: StepSource): Step {
    return new Step(this.objects, this.statement, source, this.defaultGrants, { conditional: true });
  }

  touch(action: Touch['action'], stretch?: Stretch): Touch {
    return { action, statement: this.statement, span: this.span(stretch) };
  }

  /** The place of a clause in the file; of the statement where it has none. */
  span(stretch?: Stretch): Span {
    const { span } = this.statement;
    const place = stretch ?? this.#source.part;
    return place && !this.conditional ? { file: span.file, start: place.start, end: place.end } : span;
  }

  /** The clause at a `location` of the parser; it ends at `next` at the latest. */
  clause(location: number | undefined, next?: number): Stretch | undefined {
    if (location === undefined) return undefined;
    const { offset, end } = this.#source.parsed;
    return clauseAt(this.text, offset(location), next === undefined ? end : offset(next));
  }

  /** The comma-separated clauses behind a table's name; nothing when they are not as many as the parser's. */
  clausesBehind(location: number | undefined, count: number): readonly Stretch[] {
    const { part } = this.#source;
    if (part) return [part];
    if (location === undefined) return [];
    // Who tells what the step does asks first, and who does it asks again.
    if (this.#clauses?.location !== location) {
      const start = endOfName(this.text, this.#source.parsed.offset(location));
      this.#clauses = { location, found: clausesFrom(this.text, start, this.#source.parsed.end) };
    }
    const { found } = this.#clauses;
    return found.length === count ? found : [];
  }

  /** All of the statement. */
  get whole(): Stretch {
    return this.#source.parsed;
  }

  /** What the offsets of a `Stretch` are offsets of. */
  get text(): string {
    return this.#source.text;
  }

  /** Says what a thing is like, where anybody wants to know; it is not put together for those who do not. */
  describe(thing: Thing | undefined, detail: (old: Detail | undefined) => Detail | undefined, node?: object): void {
    const { changes } = this.objects;
    if (!changes || !thing) return;
    const described = detail(thing.detail);
    if (described) changes.describe(thing, described);
    if (node) changes.made.set(node, thing);
  }

  find(relation: RangeVar | undefined): Thing | undefined {
    return relation && this.objects.find('relation', relation.schemaname, relation.relname ?? '');
  }

  /** A table that is there, though no statement made it: a hosting platform has it, or dynamic SQL did. */
  findOrAssume(relation: RangeVar | undefined, missingOk = false): Thing | undefined {
    const found = this.find(relation);
    if (found || !relation || missingOk || this.conditional) return found;
    const assumed = this.objects.create(
      'table',
      this.objects.schemaFor(relation.schemaname),
      relation.relname ?? '',
      this.touch('altered'),
    );
    assumed.open = true;
    return assumed;
  }

  /** Makes what has a schema, unless it is there already. */
  create(kind: ThingKind, name: QualifiedName, needs: readonly Thing[] = []): Thing | undefined {
    const schema = this.objects.schemaFor(name.schema);
    const space = spaces[kind];
    if (space && this.objects.find(space, schema, name.name)) return undefined;
    const thing = this.objects.create(kind, schema, name.name, this.touch('created'), needs);
    const given = this.defaultGrants.findLast(
      grant => grant.kinds.includes(kind) && (grant.schema ?? schema) === schema,
    );
    thing.grant = given?.touch;
    return thing;
  }

  /** `create` for what the parser names as a relation; temporary ones stand in a schema of the session. */
  createRelation(kind: ThingKind, relation: RangeVar | undefined, needs: readonly Thing[] = []): Thing | undefined {
    const schema = relation?.relpersistence === 't' ? 'pg_temp' : relation?.schemaname;
    return this.create(kind, { schema, name: relation?.relname ?? '' }, needs);
  }

  alter(thing: Thing | undefined, stretch?: Stretch): void {
    if (thing) thing.touch = this.touch('altered', stretch);
  }

  /** A part of a table; one that no statement made is assumed to be there, unless it may be missing. */
  part(table: Thing, kind: ThingKind, name: string, missingOk = false): Thing | undefined {
    const found = this.objects.part(table, kind, name);
    const holdsParts = table.kind === 'table' || table.kind === 'view';
    if (found || missingOk || this.conditional || !holdsParts) return found;
    return this.objects.createPart(table, kind, name, this.touch('altered'));
  }
}
