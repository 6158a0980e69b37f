import type { CreateStmt, Node } from 'libpg-query';
import { flatMap } from '@migrate-lint/core';
import { loadPostgres } from './postgres-parser.ts';

export interface ParsedStatement {
  readonly node: Node;
  readonly start: number;
  readonly end: number;
  /** Turns the parser's byte offsets (`location`) into UTF-16 offsets of the text. */
  readonly offset: (byte: number) => number;
  /** Of another dialect: the script as Postgres would write it, with every place where it was. */
  readonly text?: string;
  /** Of a database that names indexes within their table. */
  readonly indexesOfTable?: boolean;
  /** Of a database to which `user` and `User` are one name. */
  readonly ignoresCase?: boolean;
  /** Of another dialect: what the statement says, as several nodes; `node` is the first of them. */
  readonly parts?: readonly ParsedPart[];
  /** Its part in a block that makes a table anew, where the table is known. */
  readonly redefinition?: RedefinitionStep;
}

/** A clause of a statement as a node of its own. */
export interface ParsedPart {
  readonly start: number;
  readonly end: number;
  readonly node: Node;
  /** It says all of a column again, so that what it was already is no change. */
  readonly restates?: boolean;
}

/** A statement of a block that makes a table anew; `clear` drops what an earlier attempt has left, `other` is one between those that make the block. */
export interface RedefinitionStep {
  readonly of: Redefinition;
  readonly does: 'clear' | 'make' | 'copy' | 'drop' | 'rename' | 'other';
}

/**
 * How SQLite changes most of a table: a new one is made, the rows are copied, the old one is dropped, and one of the two is renamed, so that the
 * new one has the name of the old.
 */
export interface Redefinition {
  /** The name before and behind the block. */
  readonly table: string;
  /** The name that one of the two has in the block: `new_User`, `User_old`. */
  readonly standIn: string;
  readonly create: CreateStmt;
  /** The start of the CREATE TABLE with the name, and all of it. */
  readonly head: { readonly start: number; readonly end: number };
  readonly whole: { readonly start: number; readonly end: number };
  /** The columns that the INSERT fills, each with the column that it copies; undefined for what is made of others, which `value` says. */
  readonly copies: readonly CopiedColumn[];
  /** SELECT *: every column is copied. */
  readonly copiesAll: boolean;
  /** Not every row is copied: WHERE, LIMIT, DISTINCT, a join, OR IGNORE and the like. */
  readonly isFiltered: boolean;
  /** What the INSERT reads besides. */
  readonly reads: readonly Node[];
  /** The columns that decide which rows are. */
  readonly decidedBy: readonly string[];
  /** Whether foreign keys are on, so that the INSERT looks every row up. */
  readonly looksUpKeys: boolean;
}

export interface CopiedColumn {
  readonly to: string;
  readonly from: string | undefined;
  readonly value: Node | undefined;
}

/** The parser's refusal, in Postgres's words, with the UTF-16 offset of what it stumbled over. */
export class SqlSyntaxError extends Error {
  override readonly name = 'SqlSyntaxError';
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

let parse: Awaited<ReturnType<typeof loadPostgres>> | undefined;
let loading: ReturnType<typeof loadPostgres> | undefined;

/** Loads Postgres's parser; `parseStatements` works from then on. */
export async function loadParser(): Promise<void> {
  parse = await (loading ??= loadPostgres());
}

/**
 * The statements of a script, split by Postgres's own parser, each without leading blanks and comments.
 * Throws `SqlSyntaxError`.
 */
export function parseStatements(text: string): readonly ParsedStatement[] {
  if (!parse) throw new Error('loadParser() comes first');
  // A byte order mark would be read as a part of the first word; a blank keeps the offsets.
  const script = text.startsWith('\uFEFF') ? ` ${text.slice(1)}` : text;
  // The parser calls an empty string an error of its own.
  if (script.trim() === '') return [];
  const offset = byteOffsets(script);
  const tree = parse(script);
  // Postgres counts this position in characters, unlike the `location`s, which are bytes.
  if ('refusal' in tree) throw new SqlSyntaxError(tree.refusal, characterOffset(script, tree.character));
  return flatMap(tree.stmts ?? [], ({ stmt, stmt_location = 0, stmt_len }) => {
    if (!stmt) return [];
    const end = stmt_len === undefined ? script.length : offset(stmt_location + stmt_len);
    return [{ node: stmt, start: skipBlanks(script, offset(stmt_location)), end: trimEnd(script, end), offset }];
  });
}

/** UTF-8 byte offset → UTF-16 offset. Most migrations are ASCII, where both are one; for others a table is made once. */
function byteOffsets(text: string): (byte: number) => number {
  if (/^[\x00-\x7f]*$/.test(text)) return byte => byte;
  const table = new Uint32Array(Buffer.byteLength(text) + 1);
  let byte = 0;
  for (let at = 0; at < text.length;) {
    const point = text.codePointAt(at) ?? 0;
    const bytes = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    table.fill(at, byte, byte + bytes);
    byte += bytes;
    at += point < 0x10000 ? 1 : 2;
  }
  table[byte] = text.length;
  return wanted => table[wanted] ?? text.length;
}

function characterOffset(text: string, characters: number): number {
  let at = 0;
  for (let left = characters; left > 0 && at < text.length; left -= 1) {
    at += (text.codePointAt(at) ?? 0) < 0x10000 ? 1 : 2;
  }
  return at;
}

/** Skips white space and comments: `--` to the end of the line, and nested block comments. */
export function skipBlanks(text: string, from: number): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (isBlank(code)) at += 1;
    else if (code === dash && text.startsWith('--', at)) at = endOfLine(text, at);
    else if (code === slash && text.startsWith('/*', at)) at = endOfBlockComment(text, at);
    else return at;
  }
}

const dash = 45;
const slash = 47;

function endOfLine(text: string, start: number): number {
  let at = start;
  while (at < text.length && !isLineEnd(text.charCodeAt(at))) at += 1;
  return at;
}

/** Postgres ends a line at a lone carriage return, too. */
function isLineEnd(code: number): boolean {
  return code === 10 || code === 13;
}

function endOfBlockComment(text: string, start: number): number {
  let depth = 0;
  const token = /\/\*|\*\//g;
  token.lastIndex = start;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    depth += match[0] === '/*' ? 1 : -1;
    if (depth === 0) return token.lastIndex;
  }
  return text.length;
}

function trimEnd(text: string, end: number): number {
  let at = end;
  while (at > 0 && isBlank(text.charCodeAt(at - 1))) at -= 1;
  return at;
}

/** White space as Postgres has it: a space and `\t\n\v\f\r`. A no-break space is a letter to it. */
function isBlank(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}
