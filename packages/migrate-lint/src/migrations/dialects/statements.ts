import type { Node, RangeVar } from 'libpg-query';
import type { Stretch } from '../clauses.ts';
import { parseStatements, type ParsedPart } from '../parser.ts';
import { dropIndex, readAlter, renameTable } from './alter.ts';
import { Cursor, Unread } from './cursor.ts';
import type { Dialect } from './dialect.ts';
import { readIndex } from './keys.ts';
import { string } from './names.ts';
import { readWrite } from './queries.ts';
import { readTable } from './tables.ts';

/** What a statement says, in Postgres's nodes; undefined for kinds that touch no table. Throws `Unread`. */
export function readStatement(text: string, stretch: Stretch, dialect: Dialect): readonly ParsedPart[] | undefined {
  const cursor = new Cursor(text, stretch);
  const whole = (node: Node): readonly ParsedPart[] => [{ ...stretch, node }];
  switch (cursor.word) {
    case 'create':
      cursor.pass();
      return readCreate(cursor, dialect, whole);
    case 'alter':
      cursor.pass();
      return /^(?:table|online|ignore)$/.test(cursor.word) ? readAlter(cursor, dialect) : undefined;
    case 'drop':
      cursor.pass();
      return readDrop(cursor, dialect);
    case 'rename':
      cursor.expects('rename', 'table');
      return readRenames(cursor);
    case 'truncate':
      cursor.pass();
      cursor.takes('table');
      return whole({ TruncateStmt: { relations: [{ RangeVar: cursor.relation() }], behavior: 'DROP_RESTRICT' } });
    case 'insert':
    case 'replace':
    case 'update':
    case 'delete':
    case 'select':
    case 'with': {
      const node = readWrite(text, stretch);
      return node && whole(node);
    }
    case 'set':
      return readSet(cursor, whole);
    case 'pragma':
      return readPragma(cursor, whole);
    default:
      return transaction(cursor.written(stretch), whole);
  }
}

type Whole = (node: Node) => readonly ParsedPart[];

function readCreate(cursor: Cursor, dialect: Dialect, whole: Whole): readonly ParsedPart[] | undefined {
  if (/^(?:unique|fulltext|spatial|index)$/.test(cursor.word)) return whole({ IndexStmt: readIndex(cursor, dialect) });
  if (cursor.sees('table') || cursor.sees('temporary', 'table') || cursor.sees('temp', 'table'))
    return readTable(cursor, dialect);
  if (!cursor.sees('view') && !cursor.sees('or', 'replace', 'view')) return undefined;
  const replace = cursor.takes('or', 'replace');
  cursor.expects('view');
  cursor.takes('if', 'not', 'exists');
  const view = cursor.relation();
  if (cursor.word === '(') cursor.pass();
  cursor.expects('as');
  return whole({ ViewStmt: { view, replace, query: readWrite(cursor.text, cursor.rest) ?? { SelectStmt: {} } } });
}

const dropped = { table: 'OBJECT_TABLE', view: 'OBJECT_VIEW' } as const;

function readDrop(cursor: Cursor, dialect: Dialect): readonly ParsedPart[] | undefined {
  const start = cursor.at;
  const whole = { start, end: cursor.end };
  if (cursor.takes('index')) {
    const missing_ok = cursor.takes('if', 'exists');
    const name = cursor.relation();
    if (dialect === 'sqlite') return [{ ...whole, node: drop('OBJECT_INDEX', [name], missing_ok) }];
    cursor.expects('on');
    return [{ ...whole, node: dropIndex(cursor.relation(), name.relname ?? '', missing_ok) }];
  }
  if (/^(?:database|schema)$/.test(cursor.word)) {
    cursor.pass();
    const missing_ok = cursor.takes('if', 'exists');
    return [{ ...whole, node: { DropdbStmt: { dbname: cursor.name(), missing_ok } } }];
  }
  cursor.takes('temporary');
  const kind = cursor.takesOne('table', 'view');
  if (kind !== 'table' && kind !== 'view') return undefined;
  const missing_ok = cursor.takes('if', 'exists');
  const names = [cursor.relation()];
  while (cursor.takes(',')) names.push(cursor.relation());
  cursor.takesOne('restrict', 'cascade');
  cursor.expectsEnd();
  return [{ ...whole, node: drop(dropped[kind], names, missing_ok) }];
}

/** CASCADE is a word without a meaning to MySQL. */
function drop(
  removeType: 'OBJECT_TABLE' | 'OBJECT_VIEW' | 'OBJECT_INDEX',
  names: readonly RangeVar[],
  missing_ok: boolean,
): Node {
  const objects = names.map(({ schemaname, relname = '' }): Node => ({
    List: { items: [...(schemaname === undefined ? [] : [schemaname]), relname].map(string) },
  }));
  return { DropStmt: { removeType, objects, missing_ok, behavior: 'DROP_RESTRICT' } };
}

function readRenames(cursor: Cursor): readonly ParsedPart[] {
  const found: ParsedPart[] = [];
  do {
    const start = cursor.at;
    const from = cursor.relation();
    cursor.expects('to');
    const node = renameTable(from, cursor.relation());
    found.push({ start, end: cursor.at, node });
  } while (cursor.takes(','));
  cursor.expectsEnd();
  return found;
}

/** SET name = value; variables of the session's own (`@x`) touch nothing. */
function readSet(cursor: Cursor, whole: Whole): readonly ParsedPart[] | undefined {
  cursor.pass();
  cursor.takesOne('session', 'global', 'local');
  if (cursor.word === '@') return undefined;
  const name = cursor.name().toLowerCase();
  if (!cursor.takes('=')) return undefined;
  return whole(setting(name, cursor.written(cursor.rest)));
}

/** PRAGMA name = value is SQLite's SET; without a value it asks. */
function readPragma(cursor: Cursor, whole: Whole): readonly ParsedPart[] {
  cursor.pass();
  const name = cursor.name().toLowerCase();
  if (cursor.done) return whole(string(`pragma ${name}`));
  if (cursor.word === '(') return whole(setting(name, cursor.written(cursor.brackets())));
  cursor.expects('=');
  return whole(setting(name, cursor.written(cursor.rest)));
}

function setting(name: string, value: string): Node {
  const sval = value.replace(/^'(.*)'$/s, '$1').toLowerCase();
  return { VariableSetStmt: { kind: 'VAR_SET_VALUE', name, args: [{ A_Const: { sval: { sval } } }] } };
}

/** BEGIN, COMMIT and their like. */
function transaction(sql: string, whole: Whole): readonly ParsedPart[] | undefined {
  if (!/^(?:begin|start|commit|rollback|savepoint|release|end)\b/i.test(sql)) return undefined;
  const common = sql.replace(/^begin\s+(?:deferred|immediate|exclusive)/i, 'BEGIN');
  try {
    const [first] = parseStatements(common);
    return first && whole(first.node);
  } catch {
    throw new Unread('The transaction is not known');
  }
}
