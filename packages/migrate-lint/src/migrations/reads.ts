import type { Node, SelectStmt } from 'libpg-query';
import { functionNamed } from './addresses.ts';
import { all, as, strings, type Body } from './nodes.ts';
import { builtinVolatility } from './past/builtin-functions.ts';
import type { Step } from './step.ts';
import type { Thing } from './thing.ts';
import { flatMap } from '@migrate-lint/core';

/** What an expression can name in a FROM. */
interface Range {
  readonly name: string;
  /** Undefined for what is no table: a sub-SELECT, a function, a name of WITH. */
  readonly thing: Thing | undefined;
}

/** The ranges that can be named, the innermost query first. */
type Scopes = readonly (readonly Range[])[];

/**
 * The tables, columns and functions that a query or the expression of a policy reads. A column is found as Postgres finds it: in the query
 * in which it is named, then in those around it. Where something that is not known may have it, it counts as that.
 */
export function readBy(step: Step, tree: unknown, table?: Thing): readonly Thing[] {
  const reader = new Reader(step);
  reader.read(tree, table ? [[{ name: table.name, thing: table }]] : []);
  return [...reader.found];
}

/** Nodes in which nothing is read. */
const leaves: ReadonlySet<string> = new Set(['ColumnRef', 'RangeVar', 'TypeName', 'A_Const', 'String']);

class Reader {
  readonly found = new Set<Thing>();
  readonly #step: Step;
  readonly #common = new Set<string>();

  constructor(step: Step) {
    this.#step = step;
  }

  /** A sum of thousands is as deep as it is long, so nothing here calls itself. */
  read(tree: unknown, scopes: Scopes): void {
    const open: { readonly name: string; readonly body: unknown; readonly scopes: Scopes }[] = [
      { name: '', body: tree, scopes },
    ];
    for (let next = open.pop(); next; next = open.pop()) {
      const { name, body } = next;
      if (typeof body !== 'object' || body === null) continue;
      // The sides of a UNION are written without the name of their kind.
      const select = name === 'SelectStmt' || name === 'larg' || name === 'rarg' ? queryIn(body) : undefined;
      const inner = select ? [this.#ranges(select), ...next.scopes] : next.scopes;
      this.#readNode(name, body, inner);
      if (leaves.has(name)) continue;
      for (const [key, value] of Object.entries(body))
        if (typeof value === 'object') open.push({ name: key, body: value as unknown, scopes: inner });
    }
  }

  #readNode(name: string, body: unknown, scopes: Scopes): void {
    if (name === 'ColumnRef') this.#column((body as Body<'ColumnRef'>).fields ?? [], scopes);
    if (name === 'FuncCall') this.#function(strings((body as Body<'FuncCall'>).funcname));
    if (name === 'JoinExpr')
      for (const shared of strings((body as Body<'JoinExpr'>).usingClause)) this.#named(shared, scopes, true);
    if (name !== 'RangeVar') return;
    const { schemaname, relname = '' } = body as Body<'RangeVar'>;
    this.#add(this.#table(schemaname, relname));
  }

  #ranges(select: SelectStmt): readonly Range[] {
    for (const { ctename } of all('CommonTableExpr', select.withClause?.ctes))
      if (ctename !== undefined) this.#common.add(ctename);
    return this.#rangesOf(select.fromClause);
  }

  #rangesOf(from: readonly Node[] | undefined): readonly Range[] {
    return flatMap(from ?? [], (item): readonly Range[] => {
      const join = as('JoinExpr', item);
      if (join) return this.#rangesOf(flatMap([join.larg, join.rarg], side => side ?? []));
      const relation = as('RangeVar', item);
      if (!relation) return [{ name: aliasOf(item), thing: undefined }];
      const { schemaname, relname = '', alias } = relation;
      return [{ name: alias?.aliasname ?? relname, thing: this.#table(schemaname, relname) }];
    });
  }

  #table(schema: string | undefined, name: string): Thing | undefined {
    if (schema === undefined && this.#common.has(name)) return undefined;
    return this.#step.objects.find('relation', schema, name);
  }

  #column(fields: readonly Node[], scopes: Scopes): void {
    const names = strings(fields);
    const star = fields.some(field => as('A_Star', field));
    if (star && names.length === 0) {
      for (const { thing } of scopes[0] ?? []) this.#addColumns(thing);
      return;
    }
    const qualifier = star ? names.at(-1) : names.at(-2);
    if (qualifier === undefined) {
      this.#named(names.at(-1) ?? '', scopes, false);
      return;
    }
    const range = scopes.flat().find(({ name }) => name === qualifier);
    if (star) this.#addColumns(range?.thing);
    else this.#add(range?.thing && this.#part(range.thing, names.at(-1) ?? ''));
  }

  /** A column without its table; with `both`, of each table that has it. */
  #named(name: string, scopes: Scopes, both: boolean): void {
    for (const ranges of scopes) {
      const having = flatMap(ranges, ({ thing }) => (thing && this.#part(thing, name)) ?? []);
      for (const part of both ? having : having.slice(0, 1)) this.#add(part);
      const row = ranges.find(range => range.name === name);
      if (having.length === 0) this.#addColumns(row?.thing);
      if (having.length > 0 || row || ranges.some(({ thing }) => !thing || thing.open || thing.kind === 'view')) return;
    }
  }

  #part(thing: Thing, name: string): Thing | undefined {
    return this.#step.objects.part(thing, 'column', name);
  }

  #function(names: readonly string[]): void {
    const name = names.at(-1) ?? '';
    const schema = names.at(-2);
    if (schema === 'pg_catalog' || (schema === undefined && builtinVolatility(name))) return;
    this.#add(functionNamed(this.#step, schema, name));
  }

  #addColumns(thing: Thing | undefined): void {
    for (const part of thing?.parts.values() ?? []) if (part.kind === 'column') this.#add(part);
  }

  #add(thing: Thing | undefined): void {
    if (thing) this.found.add(thing);
  }
}

function queryIn(body: unknown): SelectStmt | undefined {
  const query = body as SelectStmt | undefined;
  return query?.op === undefined ? undefined : query;
}

function aliasOf(item: Node): string {
  return (as('RangeSubselect', item) ?? as('RangeFunction', item))?.alias?.aliasname ?? '';
}
