import type { Span, Statement, Touch } from '@migrate-lint/core';
import type { Node, RangeVar } from 'libpg-query';
import { clauseAt, clausesFrom, endOfName, type Stretch } from './clauses.ts';
import type { QualifiedName } from './nodes.ts';
import { spaces, type Objects, type Thing, type ThingKind } from './objects.ts';
import type { ParsedStatement } from './parser.ts';

/** ALTER DEFAULT PRIVILEGES: what is made from then on carries grants. */
export interface DefaultGrant {
  /** In any schema when undefined. */
  readonly schema: string | undefined;
  readonly kinds: readonly ThingKind[];
  readonly touch: Touch;
}

/** One statement on its way through the history: it finds and changes objects, and says where it did so. */
export class Step {
  readonly objects: Objects;
  readonly statement: Statement;
  readonly node: Node;
  /** It stands in a DO block, behind conditions that nobody evaluates here: what it does not find it leaves alone. */
  readonly conditional: boolean;
  readonly defaultGrants: DefaultGrant[];
  readonly #parsed: ParsedStatement;

  constructor(
    objects: Objects,
    statement: Statement,
    parsed: ParsedStatement,
    defaultGrants: DefaultGrant[],
    inner?: Node,
  ) {
    this.objects = objects;
    this.statement = statement;
    this.#parsed = parsed;
    this.defaultGrants = defaultGrants;
    this.node = inner ?? parsed.node;
    this.conditional = inner !== undefined;
  }

  /** The same statement, for a node inside of it that has no place of its own. */
  inside(node: Node): Step {
    return new Step(this.objects, this.statement, this.#parsed, this.defaultGrants, node);
  }

  touch(action: Touch['action'], stretch?: Stretch): Touch {
    const { statement } = this;
    const span: Span = stretch ? { file: statement.span.file, start: stretch.start, end: stretch.end } : statement.span;
    return { action, statement, span };
  }

  /** The clause at a `location` of the parser; it ends at `next` at the latest. */
  clause(location: number | undefined, next?: number): Stretch | undefined {
    if (this.conditional || location === undefined) return undefined;
    const { offset, end } = this.#parsed;
    return clauseAt(this.#text, offset(location), next === undefined ? end : offset(next));
  }

  /** The comma-separated clauses behind a table's name; nothing when they are not as many as the parser's. */
  clausesBehind(location: number | undefined, count: number): readonly Stretch[] {
    if (this.conditional || location === undefined) return [];
    const start = endOfName(this.#text, this.#parsed.offset(location));
    const clauses = clausesFrom(this.#text, start, this.#parsed.end);
    return clauses.length === count ? clauses : [];
  }

  get #text(): string {
    return this.statement.migration.text;
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
