import type { Constraint, IndexStmt, Node, RangeVar } from 'libpg-query';
import { clausesFrom, type Stretch } from '../clauses.ts';
import { Cursor, Unread } from './cursor.ts';
import type { Dialect } from './dialect.ts';
import { opaque, readExpression } from './expressions.ts';
import { namesIn, readReference } from './columns.ts';
import { strings } from './names.ts';

/** A key, index, foreign key or check of a table: of CREATE TABLE, or behind ADD. */
export type TableElement = { readonly constraint: Constraint } | { readonly index: IndexStmt };

/** Whether a key, and no column, comes next. */
export function seesKey(cursor: Cursor, dialect: Dialect): boolean {
  if (cursor.sees('primary', 'key') || cursor.sees('foreign', 'key') || cursor.sees('check', '(')) return true;
  if (cursor.sees('constraint') || cursor.sees('unique')) return true;
  return dialect === 'mysql' && ['index', 'key', 'fulltext', 'spatial'].includes(cursor.word);
}

export function readKey(cursor: Cursor, relation: RangeVar, dialect: Dialect): TableElement {
  const location = cursor.at;
  const named = cursor.takes('constraint');
  const isNamed = named && !['primary', 'unique', 'foreign', 'check'].includes(cursor.word);
  const conname = isNamed ? cursor.name() : undefined;
  const head = { location, ...(conname === undefined ? {} : { conname }) };
  if (cursor.takes('primary', 'key')) {
    passMethod(cursor);
    const keys = keysOf(columnsIn(cursor, dialect));
    passOptions(cursor);
    // MySQL calls every primary key so.
    const name = dialect === 'mysql' ? { conname: 'PRIMARY' } : {};
    return { constraint: { contype: 'CONSTR_PRIMARY', ...head, ...name, keys: strings(keys) } };
  }
  if (cursor.takes('foreign', 'key')) {
    const name = cursor.sees('(') ? conname : cursor.name();
    const fk_attrs = strings(namesIn(cursor));
    cursor.expects('references');
    const reference = readReference(cursor);
    cursor.expectsEnd();
    return {
      constraint: {
        ...reference,
        ...head,
        ...(conname === undefined && name !== undefined && { conname: name }),
        fk_attrs,
      },
    };
  }
  if (cursor.takes('check')) {
    const raw_expr = readExpression(cursor.text, cursor.brackets());
    if (!cursor.takes('enforced')) cursor.takes('not', 'enforced');
    cursor.expectsEnd();
    return { constraint: { contype: 'CONSTR_CHECK', ...head, raw_expr, initially_valid: true } };
  }
  if (dialect === 'sqlite') {
    cursor.expects('unique');
    const keys = keysOf(columnsIn(cursor, dialect));
    passOptions(cursor);
    return { constraint: { contype: 'CONSTR_UNIQUE', ...head, keys: strings(keys) } };
  }
  const kind = cursor.takesOne('unique', 'fulltext', 'spatial');
  const isKey = cursor.takesOne('index', 'key') !== undefined;
  if (kind === undefined && !isKey) throw new Unread(`\`${cursor.word}\` is not known`);
  const name = cursor.sees('(') || cursor.sees('using') ? conname : cursor.name();
  return { index: readIndexBody(cursor, relation, name, kind, dialect) };
}

/** CREATE INDEX, from the word behind CREATE on. */
export function readIndex(cursor: Cursor, dialect: Dialect): IndexStmt {
  const kind = cursor.takesOne('unique', 'fulltext', 'spatial');
  cursor.expects('index');
  const if_not_exists = cursor.takes('if', 'not', 'exists');
  const name = cursor.relation().relname;
  passMethod(cursor);
  cursor.expects('on');
  const relation = cursor.relation();
  const index = readIndexBody(cursor, relation, name, kind, dialect);
  return { ...index, if_not_exists };
}

function readIndexBody(
  cursor: Cursor,
  relation: RangeVar,
  name: string | undefined,
  kind: string | undefined,
  dialect: Dialect,
): IndexStmt {
  passMethod(cursor);
  const indexParams = columnsIn(cursor, dialect);
  const whereClause = cursor.takes('where') ? readExpression(cursor.text, cursor.rest) : undefined;
  if (!whereClause) passOptions(cursor);
  const accessMethod = kind === 'fulltext' || kind === 'spatial' ? kind : 'btree';
  // MySQL gives an index without a name that of its first column.
  const [first] = keysOf(indexParams);
  const idxname = name ?? (dialect === 'mysql' ? first : undefined);
  return {
    ...(idxname === undefined ? {} : { idxname }),
    relation,
    accessMethod,
    indexParams: [...indexParams],
    ...(whereClause && { whereClause }),
    unique: kind === 'unique',
  };
}

function columnsIn(cursor: Cursor, dialect: Dialect): readonly Node[] {
  const { start, end } = cursor.brackets();
  return clausesFrom(cursor.text, start, end).map(clause => readColumnOfKey(cursor.text, clause, dialect));
}

/** A column, with a length or an order, or an expression. */
function readColumnOfKey(text: string, clause: Stretch, dialect: Dialect): Node {
  const cursor = new Cursor(text, clause);
  if (cursor.word === '(') return { IndexElem: { expr: opaque } };
  const name = cursor.name();
  // `name(10)` is a prefix to MySQL and a call to SQLite.
  if (cursor.word === '(' && dialect === 'sqlite') return { IndexElem: { expr: opaque } };
  if (cursor.word === '(') cursor.pass();
  if (cursor.takes('collate')) cursor.name();
  cursor.takesOne('asc', 'desc');
  return { IndexElem: cursor.done ? { name } : { expr: opaque } };
}

function keysOf(elements: readonly Node[]): readonly string[] {
  return elements.flatMap(element => ('IndexElem' in element ? (element.IndexElem.name ?? []) : []));
}

function passMethod(cursor: Cursor): void {
  if (cursor.takes('using')) cursor.name();
}

/** USING, COMMENT, KEY_BLOCK_SIZE, WITH PARSER, VISIBLE, ON CONFLICT, ALGORITHM, LOCK: none of them changes what the index holds. */
function passOptions(cursor: Cursor): void {
  const options = [
    'using',
    'comment',
    'key_block_size',
    'with',
    'visible',
    'invisible',
    'on',
    'algorithm',
    'lock',
    'asc',
    'desc',
  ];
  while (!cursor.done) {
    if (!cursor.takesOne(...options)) throw new Unread(`\`${cursor.word}\` of an index is not known`);
    while (cursor.word !== '' && !options.includes(cursor.word)) cursor.pass();
  }
}
