import type { Node } from 'libpg-query';
import type { Stretch } from '../migrations/clauses.ts';
import { as, strings } from '../migrations/nodes.ts';
import { parseStatements, SqlSyntaxError } from '../migrations/parser.ts';
import { isPostgresError, quoteIdentifier, type Database, type PostgresError } from './database.ts';
import { chainOf } from './tokens.ts';

/** What a name in a statement stands for, when no column has it. */
export interface Value {
  /** Undefined for what cannot be told. */
  readonly type: string | undefined;
  /** How many names of the chain it takes: 2 for the field of a record that nothing is known of. */
  readonly names: number;
  /** The parameter that it is, from 1: an argument of the function. */
  readonly parameter?: number | undefined;
  /** What is to follow it in place of the other names. */
  readonly rest?: string | undefined;
}

export interface Refusal {
  readonly code: string;
  /** Postgres's own words. */
  readonly message: string;
  /** Of what Postgres stumbled over, in the body; the whole statement where it does not say. */
  readonly place: Stretch;
  /** What stands there: a column or variable, a table, a function, … */
  readonly node: string;
  /** The tables that the statement names, as it does. */
  readonly tables: readonly string[];
  /** It was refused before, and what was put in its place is refused too. */
  readonly again: boolean;
  /** A type in it was not known, so what follows from types is not certain. */
  readonly guessed: boolean;
}

/** What a statement names. */
export interface Nodes {
  /** What stands where, by offset in the body. */
  readonly kinds: ReadonlyMap<number, string>;
  /** Tables and `WITH` queries, as they are called. */
  readonly tables: readonly string[];
  /** Aliases and names that it gives to what it selects. */
  readonly aliases: ReadonlySet<string>;
  /** Names that a SELECT list gives out as they are, by offset. */
  readonly outputs: ReadonlySet<number>;
  /** It reads the columns of a function's result. */
  readonly callsInFrom: boolean;
}

export interface CheckRequest {
  /** How many refusals may come; what is left then is not checked. */
  readonly budget: { left: number };
  readonly body: string;
  readonly parts: readonly (string | Stretch)[];
  /** The types of the function's arguments: `$1`, `$2`, …; undefined for one that depends on the call. */
  readonly arguments: readonly (string | undefined)[];
  /** Whether no column can have this name, so that it is a variable's for certain. */
  isVariable(names: readonly string[], nodes: Nodes, at: number): boolean;
  resolve(names: readonly string[], place: Stretch): Value | 'unreadable' | undefined;
  /** What to put in place of what Postgres refuses; undefined to stop there. */
  refused(refusal: Refusal): Promise<string | undefined>;
}

interface Replacement extends Stretch {
  readonly text: string;
}

/** No such table (or one that FROM does not have), or column. */
const absent = new Set(['42P01', '42703']);
let prepared = 0;

/**
 * Asks Postgres to analyse a statement of a body, without running it: PREPARE. A name that Postgres does not find is a variable if the
 * body has one of that name, as PL/pgSQL has it: it becomes a parameter of its type, and Postgres is asked again.
 */
export async function checkStatement(database: Database, request: CheckRequest): Promise<void> {
  const { body, parts } = request;
  const types = request.arguments.map(type => type ?? 'text');
  const parameters = new Map<string, number>();
  const replacements: Replacement[] = [];
  const nodes = readNodes(compose(body, parts, []));
  if (!nodes) return;
  // An argument whose type depends on the call.
  const open = request.arguments.flatMap((type, at) => (type === undefined ? [`\\$${String(at + 1)}\\b`] : []));
  let guessed = open.some(one => new RegExp(one).test(body));
  const substitute = (at: number): boolean | 'unreadable' => {
    const { text, names } = nameAt(body, at);
    const place = { start: at, end: at + text.length };
    const value = request.resolve(names, place);
    if (value === undefined || value === 'unreadable') return value ?? false;
    guessed ||= value.type === undefined;
    const output = nodes.outputs.has(at) && names.at(-1) !== '*' ? ` AS ${quoteIdentifier(names.at(-1) ?? '')}` : '';
    replacements.push({ ...place, text: parameterFor(value, text, names) + output });
    return true;
  };
  for (const [at, kind] of nodes.kinds) {
    const found = kind === 'ColumnRef' && request.isVariable(nameAt(body, at).names, nodes, at) && substitute(at);
    if (found === 'unreadable') return;
  }
  for (; request.budget.left > 0; request.budget.left -= 1) {
    const { sql, inBody } = compose(body, parts, replacements);
    const error = await prepare(database, types, sql);
    if (!error) return;
    const at = error.at === undefined ? undefined : inBody(error.at);
    const node = (at === undefined ? undefined : nodes.kinds.get(at)) ?? '';
    const again = replacements.some(({ start }) => start === at);
    if (at !== undefined && !again && node === 'ColumnRef' && absent.has(error.code)) {
      const found = substitute(at);
      if (found === 'unreadable') return;
      if (found) continue;
    }
    const place = at === undefined ? whole(parts) : { start: at, end: at + lengthAt(body, at) };
    const { code, message } = error;
    const { tables } = nodes;
    const text = await request.refused({ code, message, place, node, tables, again, guessed });
    if (text === undefined || again) {
      request.budget.left -= 1;
      return;
    }
    replacements.push({ ...place, text });
  }

  function parameterFor(
    { type, names: taken, parameter, rest }: Value,
    text: string,
    names: readonly string[],
  ): string {
    // Of what has no known type, each use has one of its own.
    const key = type === undefined ? String(types.length) : `${names.slice(0, taken).join('.')}:${type}`;
    const number = parameter ?? parameters.get(key) ?? types.push(type ?? 'unknown');
    parameters.set(key, number);
    const fields = (text.match(/"(?:[^"]|"")*"|[\w$\x80-\uffff]+|\*/g) ?? []).slice(taken);
    const path = rest ?? fields.join('.');
    return path === '' ? `$${String(number)}` : `($${String(number)}).${path}`;
  }
}

interface Composed {
  readonly sql: string;
  /** The offset in the body of an offset in the statement. */
  inBody(offset: number): number | undefined;
}

function compose(body: string, parts: CheckRequest['parts'], replacements: readonly Replacement[]): Composed {
  const sorted = [...replacements].sort((a, b) => a.start - b.start);
  const runs: { readonly from: number; readonly to: number | undefined; readonly copied: boolean }[] = [];
  let sql = '';
  const add = (text: string, to: number | undefined, copied: boolean): void => {
    runs.push({ from: sql.length, to, copied });
    sql += text;
  };
  for (const part of parts) {
    if (typeof part === 'string') {
      add(part, undefined, false);
      continue;
    }
    let at = part.start;
    for (const { start, end, text } of sorted.filter(one => one.start >= part.start && one.end <= part.end)) {
      add(body.slice(at, start), at, true);
      add(text, start, false);
      at = end;
    }
    add(body.slice(at, part.end), at, true);
  }
  return {
    sql,
    inBody: offset => {
      const run = runs.findLast(({ from }) => from <= offset);
      return run?.to === undefined || !run.copied ? run?.to : run.to + offset - run.from;
    },
  };
}

async function prepare(
  database: Database,
  types: readonly string[],
  sql: string,
): Promise<(Pick<PostgresError, 'code' | 'message'> & { readonly at: number | undefined }) | undefined> {
  prepared += 1;
  const name = `migrate_lint_${String(prepared)}`;
  const head = `PREPARE ${name}${types.length > 0 ? ` (${types.join(', ')})` : ''} AS `;
  try {
    await database.execute(head + sql);
    await database.execute(`DEALLOCATE ${name}`);
    return undefined;
  } catch (error) {
    if (!isPostgresError(error)) throw error;
    const { code, message, position } = error;
    const characters = position === undefined ? 0 : Number(position) - 1 - head.length;
    // Postgres counts characters, JavaScript UTF-16 units.
    const at =
      position === undefined || characters < 0 ? undefined : Array.from(sql).slice(0, characters).join('').length;
    return { code, message, at };
  }
}

function readNodes({ sql, inBody }: Composed): Nodes | undefined {
  const kinds = new Map<number, string>();
  const tables: string[] = [];
  const aliases = new Set<string>();
  const outputs = new Set<number>();
  let callsInFrom = false;
  const visit = (key: string, node: unknown, offset: (byte: number) => number): void => {
    if (typeof node !== 'object' || node === null) return;
    const { location, relname, name, val, aliasname, ctename, colnames } = node as Partial<Record<string, unknown>>;
    const kind = { relation: 'RangeVar', typeName: 'TypeName' }[key] ?? key;
    if (kind === 'RangeVar') tables.push(String(relname));
    if (kind === 'RangeFunction') callsInFrom = true;
    for (const each of [aliasname, ctename, kind === 'ResTarget' ? name : undefined]) {
      if (typeof each === 'string') aliases.add(each);
    }
    for (const each of Array.isArray(colnames) ? strings(colnames as Node[]) : []) aliases.add(each);
    const at = typeof location === 'number' ? inBody(offset(location)) : undefined;
    if (at !== undefined && /^[A-Z]/.test(kind) && kinds.get(at) !== 'ColumnRef') kinds.set(at, kind);
    if (at !== undefined && kind === 'ResTarget' && name === undefined && as('ColumnRef', val as Node)) outputs.add(at);
    for (const [inner, value] of Object.entries(node)) visit(Array.isArray(node) ? key : inner, value, offset);
  };
  try {
    for (const { node, offset } of parseStatements(sql)) visit('', node, offset);
    return { kinds, tables, aliases, outputs, callsInFrom };
  } catch (error) {
    if (error instanceof SqlSyntaxError) return undefined;
    throw error;
  }
}

const chain =
  /(?:"(?:[^"]|"")*"|[a-z_\x80-\uffff][\w$\x80-\uffff]*)(?:\s*\.\s*(?:"(?:[^"]|"")*"|[a-z_\x80-\uffff][\w$\x80-\uffff]*|\*))*/iy;

/** The possibly qualified name that starts there. */
export function nameAt(text: string, at: number): { readonly text: string; readonly names: readonly string[] } {
  chain.lastIndex = at;
  const found = chain.exec(text)?.[0] ?? '';
  return { text: found, names: [...chainOf(found), ...(found.endsWith('*') ? ['*'] : [])] };
}

function lengthAt(body: string, at: number): number {
  const literal = /e?'(?:[^'\\]|''|\\[^])*'|\d[\d.]*/iy;
  literal.lastIndex = at;
  return literal.exec(body)?.[0].length ?? Math.max(1, nameAt(body, at).text.length);
}

function whole(parts: CheckRequest['parts']): Stretch {
  const [first, ...rest] = parts.filter(part => typeof part !== 'string');
  return { start: first?.start ?? 0, end: (rest.at(-1) ?? first)?.end ?? 0 };
}
