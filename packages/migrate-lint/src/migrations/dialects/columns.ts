import type { ColumnDef, Constraint, Node, TypeName } from 'libpg-query';
import { nextToken, type Stretch } from '../clauses.ts';
import { strings as textsOf } from '../nodes.ts';
import { written as asWritten } from '../past/types.ts';
import { Cursor, Unread } from './cursor.ts';
import type { Dialect } from './dialect.ts';
import { readExpression } from './expressions.ts';
import { string, strings } from './names.ts';

/** The words with which a clause of a column starts. */
const starts: ReadonlySet<string> = new Set(
  `not null default primary unique key auto_increment autoincrement comment collate references check generated as on constraint first after
  invisible visible character charset storage column_format virtual stored`.split(/\s+/),
);

/** A column as it is defined, with its name in front. What stands behind it at the end (FIRST, AFTER) is passed. */
export function readColumn(cursor: Cursor, dialect: Dialect): ColumnDef {
  const location = cursor.at;
  const colname = cursor.name();
  return { ...readDefinition(cursor, dialect), colname, location };
}

/** What stands behind the name of a column. */
export function readDefinition(cursor: Cursor, dialect: Dialect): ColumnDef {
  const typeName = readType(cursor, dialect);
  const constraints: Constraint[] = [];
  let collation: string | undefined;
  while (!cursor.done) {
    const location = cursor.at;
    const named = cursor.takes('constraint') ? { conname: cursor.name() } : {};
    if (cursor.takes('collate')) {
      collation = cursor.name();
      constraints.push({ ...nothing, location });
    } else constraints.push({ location, ...named, ...readClause(cursor, dialect) });
  }
  if (dialect === 'sqlite' && isRowNumber(typeName, constraints)) constraints.push(numbered);
  return {
    typeName,
    is_local: true,
    constraints: constraints.map((constraint): Node => ({ Constraint: constraint })),
    ...(collation === undefined ? {} : { collClause: { collname: [string(collation)] } }),
  };
}

const numbered: Constraint = { contype: 'CONSTR_IDENTITY', generated_when: 'd' };

/** INTEGER PRIMARY KEY of SQLite is the number of the row, which a row that names none gets, without AUTOINCREMENT too. */
function isRowNumber({ names }: TypeName, constraints: readonly Constraint[]): boolean {
  const has = (contype: string): boolean => constraints.some(each => each.contype === contype);
  return textsOf(names).at(-1) === 'integer' && has('CONSTR_PRIMARY') && !has('CONSTR_IDENTITY');
}

/** For what changes nothing here: the clause in front ends with it. */
const nothing: Constraint = { contype: 'CONSTR_NULL' };

function readClause(cursor: Cursor, dialect: Dialect): Constraint {
  if (cursor.takes('not', 'null')) return { contype: 'CONSTR_NOTNULL' };
  if (cursor.takes('null')) return nothing;
  if (cursor.takes('default'))
    return { contype: 'CONSTR_DEFAULT', raw_expr: readExpression(cursor.text, passValue(cursor)) };
  if (cursor.takes('primary', 'key') || cursor.takes('key')) {
    cursor.takesOne('asc', 'desc');
    return { contype: 'CONSTR_PRIMARY', ...(dialect === 'mysql' ? { conname: 'PRIMARY' } : {}) };
  }
  if (cursor.takes('unique')) {
    cursor.takes('key');
    return { contype: 'CONSTR_UNIQUE' };
  }
  if (cursor.takesOne('auto_increment', 'autoincrement')) return numbered;
  if (cursor.takes('check'))
    return { contype: 'CONSTR_CHECK', raw_expr: readExpression(cursor.text, cursor.brackets()) };
  if (cursor.takes('references')) return readReference(cursor);
  if (cursor.takes('generated', 'always', 'as') || cursor.takes('as')) {
    const raw_expr = readExpression(cursor.text, cursor.brackets());
    const kind = cursor.takesOne('stored', 'persistent', 'virtual');
    return { contype: 'CONSTR_GENERATED', raw_expr, generated_kind: kind === 'virtual' || !kind ? 'v' : 's' };
  }
  passOther(cursor);
  return nothing;
}

function passOther(cursor: Cursor): void {
  if (cursor.takes('on', 'update') || cursor.takes('on', 'conflict')) passValue(cursor);
  else if (cursor.takes('character', 'set') || cursor.takesOne('charset', 'comment') !== undefined) cursor.pass();
  else if (cursor.takes('after')) cursor.name();
  else if (!cursor.takesOne('first', 'visible', 'invisible'))
    throw new Unread(`\`${cursor.word}\` in a column is not known`);
}

/** REFERENCES table (columns) ON DELETE …, as a foreign key. */
export function readReference(cursor: Cursor): Constraint {
  const pktable = cursor.relation();
  const pk_attrs = cursor.sees('(') ? strings(namesIn(cursor)) : [];
  const actions = { delete: 'a', update: 'a' };
  let deferrable = false;
  for (;;) {
    const event = cursor.takes('on', 'delete') ? 'delete' : cursor.takes('on', 'update') ? 'update' : undefined;
    if (event) actions[event] = readAction(cursor);
    else if (cursor.takes('match')) cursor.pass();
    else if (cursor.takes('not', 'deferrable')) deferrable = false;
    else if (cursor.takes('deferrable')) deferrable = true;
    else if (!cursor.takes('initially', 'deferred') && !cursor.takes('initially', 'immediate')) break;
  }
  return {
    contype: 'CONSTR_FOREIGN',
    pktable,
    pk_attrs: [...pk_attrs],
    fk_del_action: actions.delete,
    fk_upd_action: actions.update,
    deferrable,
    initially_valid: true,
  };
}

function readAction(cursor: Cursor): string {
  if (cursor.takes('no', 'action')) return 'a';
  if (cursor.takes('restrict')) return 'r';
  if (cursor.takes('cascade')) return 'c';
  if (cursor.takes('set', 'null')) return 'n';
  cursor.expects('set', 'default');
  return 'd';
}

/** The names in brackets. */
export function namesIn(cursor: Cursor): readonly string[] {
  const inside = new Cursor(cursor.text, cursor.brackets());
  const found: string[] = [];
  while (!inside.done) {
    found.push(inside.name());
    inside.takes(',');
  }
  return found;
}

/** A value up to the next clause: a literal, a call, what stands in brackets. */
function passValue(cursor: Cursor): Stretch {
  const start = cursor.at;
  let { end } = cursor.pass();
  while (!cursor.done && !starts.has(cursor.word)) ({ end } = cursor.pass());
  return { start, end };
}

/** The type as it is written, in lower case; SQLite asks for none. */
function readType(cursor: Cursor, dialect: Dialect): TypeName {
  const words: string[] = [];
  while (!cursor.done && (words.length === 0 || !starts.has(cursor.word))) {
    if (words.length === 0 && dialect === 'sqlite' && starts.has(cursor.word)) break;
    if (words.length > 0 && cursor.word === '(')
      words.push(`${words.pop() ?? ''}(${tokensIn(cursor.text, cursor.brackets()).join('')})`);
    else words.push(cursor.written(cursor.pass()).toLowerCase());
  }
  return asWritten(normal(words.join(' '), dialect));
}

const synonyms: Readonly<Record<string, string>> = {
  integer: 'int',
  bool: 'tinyint(1)',
  boolean: 'tinyint(1)',
  'double precision': 'double',
  real: 'double',
  dec: 'decimal',
  numeric: 'decimal',
};

/** One name for one type: MySQL forgets the width of an integer, and has several words for most types. */
function normal(type: string, dialect: Dialect): string {
  if (dialect === 'sqlite') return type;
  const [, word = '', rest = ''] = /^([a-z ]+?)((?:\(| unsigned| zerofill).*)?$/s.exec(type) ?? [];
  const name = synonyms[word] ?? word;
  if (name === '') return type;
  const width = /^(?:int|bigint|smallint|mediumint)$/.test(name) || (name === 'tinyint' && !rest.startsWith('(1)'));
  return `${name}${width ? rest.replace(/^\(\d+\)/, '') : rest}`;
}

function tokensIn(text: string, { start, end }: Stretch): readonly string[] {
  const found: string[] = [];
  for (let token = nextToken(text, start, end); token; token = nextToken(text, token.end, end))
    found.push(text.slice(token.start, token.end));
  return found;
}
