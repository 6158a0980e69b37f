import type { DeleteStmt, Node, RangeVar, UpdateStmt } from 'libpg-query';
import { nextToken, type Stretch } from '../clauses.ts';
import { before, behind, topTokens } from '../excerpts.ts';
import { parseStatements } from '../parser.ts';
import { Cursor, Unread } from './cursor.ts';
import { opaque, withoutPlaces } from './expressions.ts';

/** A SELECT as Postgres's parser has it, or one of which nothing is known. */
export function readQuery(text: string, stretch: Stretch): Node {
  return likePostgres(text.slice(stretch.start, stretch.end)) ?? { SelectStmt: {} };
}

/** INSERT, UPDATE, DELETE and SELECT: most of them are to Postgres's parser what they are to the database. */
export function readWrite(text: string, stretch: Stretch): Node | undefined {
  const { sql, isLimited } = withoutOwnWords(text, stretch);
  const node = likePostgres(sql);
  if (node) return isLimited ? limited(node) : node;
  const cursor = new Cursor(text, stretch);
  if (cursor.takes('update')) return { UpdateStmt: readUpdate(cursor) };
  if (cursor.takes('delete')) return { DeleteStmt: readDelete(cursor) };
  if (cursor.takesOne('insert', 'replace')) return readInsert(cursor);
  if (cursor.takes('select')) return { SelectStmt: {} };
  return undefined;
}

function likePostgres(written: string): Node | undefined {
  const sql = withQuotedUser(written);
  try {
    const [first, ...others] = parseStatements(sql);
    if (!first || others.length > 0) return undefined;
    inTheirCase(first.node, at => sql.slice(first.offset(at)));
    return withoutPlaces(first.node);
  } catch {
    return undefined;
  }
}

/** Many a table is called `user`, which to Postgres is a function unless it is quoted. */
function withQuotedUser(sql: string): string {
  if (!/\buser\b/i.test(sql)) return sql;
  let quoted = '';
  let end = 0;
  for (let token = nextToken(sql, 0); token; token = nextToken(sql, token.end)) {
    const word = sql.slice(token.start, token.end);
    const isName = /^user$/i.test(word) && nextToken(sql, token.end)?.first !== '(';
    quoted += sql.slice(end, token.start) + (isName ? `"${word}"` : word);
    ({ end } = token);
  }
  return quoted + sql.slice(end);
}

/** Postgres folds names that are not quoted; the others keep their case. */
function inTheirCase(tree: unknown, textAt: (location: number) => string): void {
  if (Array.isArray(tree)) {
    for (const item of tree) inTheirCase(item, textAt);
    return;
  }
  if (typeof tree !== 'object' || tree === null) return;
  const { location } = tree as { readonly location?: unknown };
  const names = typeof location === 'number' ? namesAt(textAt(location)) : [];
  const cased = (name: unknown): string | undefined => names.find(each => each.toLowerCase() === name && each !== name);
  for (const [key, value] of Object.entries(tree)) {
    if ((key === 'relname' || key === 'schemaname' || key === 'name') && cased(value) !== undefined)
      Object.assign(tree, { [key]: cased(value) });
    if (key === 'fields' && Array.isArray(value))
      for (const field of value as readonly { String?: { sval?: string } }[])
        if (field.String && cased(field.String.sval) !== undefined)
          Object.assign(field.String, { sval: cased(field.String.sval) });
    inTheirCase(value, textAt);
  }
}

function namesAt(text: string): readonly string[] {
  const names =
    /^\s*[A-Za-z_\x80-\uffff][\w$\x80-\uffff]*(?:\s*\.\s*[A-Za-z_\x80-\uffff][\w$\x80-\uffff]*)*/.exec(text)?.[0] ?? '';
  return names.split('.').map(name => name.trim());
}

/** The text without the words that only MySQL and SQLite have, each of them as so many blanks. */
function withoutOwnWords(text: string, stretch: Stretch): { readonly sql: string; readonly isLimited: boolean } {
  const tokens = [...topTokens(text, stretch)].map(({ start, end }) => ({
    start,
    end,
    word: text.slice(start, end).toLowerCase(),
  }));
  const gone: Stretch[] = [];
  const verb = tokens[0]?.word;
  let isLimited = false;
  for (const [at, { start, end, word }] of tokens.entries()) {
    const next = tokens[at + 1];
    if (at < 5 && /^(?:ignore|low_priority|high_priority|delayed|quick)$/.test(word)) gone.push({ start, end });
    if (at < 3 && word === 'or' && next) gone.push({ start, end: next.end });
    if (verb === 'insert' || verb === 'replace') {
      if (word === 'on' && next?.word === 'duplicate') gone.push({ start, end: stretch.end });
    } else if (verb !== 'select' && verb !== 'with' && (word === 'order' || word === 'limit')) {
      isLimited ||= word === 'limit' || tokens.slice(at).some(later => later.word === 'limit');
      gone.push({ start, end: stretch.end });
    }
    // SET t.a = 1
    if (
      verb === 'update' &&
      (word === 'set' || word === ',') &&
      tokens[at + 2]?.word === '.' &&
      next &&
      behindSet(tokens, at)
    )
      gone.push({ start: next.start, end: tokens[at + 2]?.end ?? next.end });
  }
  let sql = text.slice(stretch.start, stretch.end);
  for (const { start, end } of gone) {
    const from = start - stretch.start;
    sql = `${sql.slice(0, from)}${' '.repeat(end - start)}${sql.slice(end - stretch.start)}`;
  }
  if (verb === 'replace') sql = sql.replace(/^replace/i, 'INSERT ');
  return { sql, isLimited };
}

function behindSet(tokens: readonly { readonly word: string }[], at: number): boolean {
  const words = tokens.slice(0, at + 1).map(({ word }) => word);
  return words.includes('set') && !words.includes('where');
}

const someRows: Node = { SubLink: { subselect: { SelectStmt: { limitCount: opaque } } } };

/** LIMIT of UPDATE and DELETE, which Postgres has in a subquery. */
function limited(node: Node): Node {
  const both = (condition: Node | undefined): Node =>
    condition ? { BoolExpr: { boolop: 'AND_EXPR', args: [condition, someRows] } } : someRows;
  if ('UpdateStmt' in node)
    return { UpdateStmt: { ...node.UpdateStmt, whereClause: both(node.UpdateStmt.whereClause) } };
  if ('DeleteStmt' in node)
    return { DeleteStmt: { ...node.DeleteStmt, whereClause: both(node.DeleteStmt.whereClause) } };
  return node;
}

/** An UPDATE that Postgres would not read: of several tables, or with functions of its own. */
function readUpdate(cursor: Cursor): UpdateStmt {
  const relation = cursor.relation();
  const tables = before(cursor.text, cursor.rest, 'set');
  const joins = behind(cursor.text, tables, 'join') ?? behind(cursor.text, tables, ',');
  const set = behind(cursor.text, cursor.rest, 'set');
  if (!set) throw new Unread('SET was expected');
  const targetList = assignedIn(cursor.text, before(cursor.text, set, 'where', 'order', 'limit'));
  return { relation, targetList, ...conditionIn(cursor, joins !== undefined) };
}

function assignedIn(text: string, stretch: Stretch): Node[] {
  const found: Node[] = [];
  let names: string[] = [];
  let isName = true;
  for (const { start, end, first } of topTokens(text, stretch)) {
    if (first === ',') [isName, names] = [true, []];
    else if (first === '=' && isName) {
      found.push({ ResTarget: { name: names.at(-1) ?? '' } });
      isName = false;
    } else if (isName && first !== '.') names.push(new Cursor(text, { start, end }).name());
  }
  return found;
}

function readDelete(cursor: Cursor): DeleteStmt {
  const named = cursor.takes('from') ? undefined : cursor.relation();
  const from = named ? behind(cursor.text, cursor.rest, 'from') : cursor.rest;
  const relation = named ?? cursor.relation();
  const tables = from && before(cursor.text, from, 'where');
  const joins = tables && (behind(cursor.text, tables, 'join') ?? behind(cursor.text, tables, 'using'));
  return { relation, ...conditionIn(cursor, joins !== undefined) };
}

function conditionIn(cursor: Cursor, joins: boolean): { readonly whereClause?: Node } {
  const where = behind(cursor.text, cursor.rest, 'where');
  return where || joins || behind(cursor.text, cursor.rest, 'limit') ? { whereClause: opaque } : {};
}

function readInsert(cursor: Cursor): Node {
  while (
    cursor.takesOne(
      'ignore',
      'low_priority',
      'delayed',
      'high_priority',
      'or',
      'replace',
      'into',
      'rollback',
      'abort',
      'fail',
    )
  );
  const relation: RangeVar = cursor.relation();
  const names = cursor.word === '(' ? columnNames(cursor) : undefined;
  const values = cursor.takesOne('values', 'value') !== undefined;
  const rows = values ? [...topTokens(cursor.text, cursor.rest)].filter(({ first }) => first === ')').length : 1;
  const lists: Node[] = Array.from({ length: rows }, () => ({ List: { items: (names ?? []).map(() => opaque) } }));
  const isQuery =
    cursor.sees('select') || cursor.sees('with') || nextToken(cursor.text, cursor.at, cursor.end) === undefined;
  return {
    InsertStmt: {
      relation,
      ...(names && { cols: names.map(name => ({ ResTarget: { name } })) }),
      selectStmt: { SelectStmt: isQuery ? { whereClause: opaque } : { valuesLists: lists } },
    },
  };
}

function columnNames(cursor: Cursor): readonly string[] {
  return [...topTokens(cursor.text, cursor.brackets())]
    .filter(({ first }) => first !== ',')
    .map(({ start, end }) => new Cursor(cursor.text, { start, end }).name());
}
