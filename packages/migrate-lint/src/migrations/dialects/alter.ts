import type { AlterTableCmd, ColumnDef, Constraint, Node, RangeVar } from 'libpg-query';
import { clausesFrom, type Stretch } from '../clauses.ts';
import { all, as } from '../nodes.ts';
import type { ParsedPart } from '../parser.ts';
import { readColumn, readDefinition } from './columns.ts';
import { Cursor, Unread } from './cursor.ts';
import type { Dialect } from './dialect.ts';
import { readExpression } from './expressions.ts';
import { readKey, seesKey } from './keys.ts';
import { string } from './names.ts';

/** ALTER TABLE: one part for each clause, and for each change that a clause says. */
export function readAlter(cursor: Cursor, dialect: Dialect): readonly ParsedPart[] {
  cursor.takesOne('online', 'ignore');
  cursor.expects('table');
  cursor.takes('if', 'exists');
  const relation = cursor.relation();
  const { start, end } = cursor.rest;
  return clausesFrom(cursor.text, start, end).flatMap(clause => {
    const inner = new Cursor(cursor.text, clause);
    const found = readClause({ cursor: inner, relation, dialect, clause });
    inner.expectsEnd();
    return found;
  });
}

interface Context {
  readonly cursor: Cursor;
  readonly relation: RangeVar;
  readonly dialect: Dialect;
  readonly clause: Stretch;
}

function readClause(context: Context): readonly ParsedPart[] {
  const { cursor, relation, clause } = context;
  if (cursor.takes('add')) return added(context);
  if (cursor.takes('drop')) return dropped(context);
  if (cursor.takes('modify')) {
    cursor.takes('column');
    cursor.takes('if', 'exists');
    return restated(context, cursor.name());
  }
  if (cursor.takes('change')) {
    cursor.takes('column');
    cursor.takes('if', 'exists');
    const [from, to] = [cursor.name(), cursor.name()];
    return [...(from === to ? [] : [renameColumn(context, from, to)]), ...restated(context, to)];
  }
  if (cursor.takes('alter')) return altered(context);
  if (cursor.takes('rename')) return renamed(context);
  if (cursor.takes('convert', 'to')) {
    const words = cursor.written(cursor.rest);
    passAll(cursor);
    return [tableChange(context, 'convert character set', words.replace(/^(?:character\s+set|charset)\s+/i, ''))];
  }
  if (cursor.takes('algorithm') || cursor.takes('lock')) {
    const words = cursor
      .written(clause)
      .replace(/\s*=\s*/, ' ')
      .toLowerCase();
    passAll(cursor);
    return [tableChange(context, 'set online', words)];
  }
  if (cursor.takes('engine')) {
    cursor.takes('=');
    return [tableChange(context, 'set engine', cursor.name())];
  }
  const options = [
    'auto_increment',
    'comment',
    'row_format',
    'default',
    'charset',
    'character',
    'collate',
    'key_block_size',
    'force',
  ];
  if (options.includes(cursor.word)) {
    const words = cursor.word;
    passAll(cursor);
    return [{ ...clause, node: command(relation, { subtype: 'AT_SetRelOptions', name: words }) }];
  }
  throw new Unread(`\`${cursor.word.toUpperCase()}\` of ALTER TABLE is not known`);
}

function added(context: Context): readonly ParsedPart[] {
  const { cursor, relation, dialect, clause } = context;
  if (seesKey(cursor, dialect)) {
    const element = readKey(cursor, relation, dialect);
    if ('index' in element) return [{ ...clause, node: { IndexStmt: element.index } }];
    return [
      { ...clause, node: command(relation, { subtype: 'AT_AddConstraint', def: { Constraint: element.constraint } }) },
    ];
  }
  cursor.takes('column');
  const missing_ok = cursor.takes('if', 'not', 'exists');
  const places = cursor.word === '(' ? clausesIn(cursor) : [cursor.rest];
  passAll(cursor);
  return places.map(place => {
    const definition = readColumn(new Cursor(cursor.text, place), dialect);
    return {
      ...clause,
      node: command(relation, { subtype: 'AT_AddColumn', def: { ColumnDef: definition }, missing_ok }),
    };
  });
}

function clausesIn(cursor: Cursor): readonly Stretch[] {
  const { start, end } = cursor.brackets();
  return clausesFrom(cursor.text, start, end);
}

function dropped({ cursor, relation, dialect, clause }: Context): readonly ParsedPart[] {
  const drop = (subtype: AlterTableCmd['subtype'], missing_ok: boolean, name: string): ParsedPart => ({
    ...clause,
    node: command(relation, { ...(subtype && { subtype }), name, missing_ok }),
  });
  if (cursor.takes('primary', 'key')) return [drop('AT_DropConstraint', false, 'PRIMARY')];
  if (cursor.takesOne('constraint', 'check') || cursor.takes('foreign', 'key'))
    return [drop('AT_DropConstraint', cursor.takes('if', 'exists'), cursor.name())];
  if (dialect === 'mysql' && cursor.takesOne('index', 'key')) {
    const missing_ok = cursor.takes('if', 'exists');
    return [{ ...clause, node: dropIndex(relation, cursor.name(), missing_ok) }];
  }
  cursor.takes('column');
  const missing_ok = cursor.takes('if', 'exists');
  const name = cursor.name();
  cursor.takesOne('restrict', 'cascade');
  return [drop('AT_DropColumn', missing_ok, name)];
}

/** DROP INDEX of MySQL, whose indexes are named within their table. */
export function dropIndex(relation: RangeVar, name: string, missing_ok: boolean): Node {
  return { DropStmt: { removeType: 'OBJECT_INDEX', objects: [indexOf(relation, name)], missing_ok } };
}

function indexOf({ schemaname, relname = '' }: RangeVar, name: string): Node {
  const names = [...(schemaname === undefined ? [] : [schemaname]), relname, name];
  return { List: { items: names.map(string) } };
}

/** MODIFY and CHANGE say all of a column again: what it was already is no change. */
function restated({ cursor, relation, dialect, clause }: Context, name: string): readonly ParsedPart[] {
  const definition = readDefinition(cursor, dialect);
  const constraints = all('Constraint', definition.constraints);
  const has = (contype: string): boolean => constraints.some(each => each.contype === contype);
  const at = constraints.findIndex(({ contype }) => contype === 'CONSTR_DEFAULT');
  const value = constraints[at]?.raw_expr;
  const isNull = as('A_Const', value)?.isnull === true;
  const start = constraints[at]?.location ?? clause.start;
  const end = constraints[at + 1]?.location ?? clause.end;
  const place = at === -1 ? clause : { start, end: start + cursor.text.slice(start, end).trimEnd().length };
  const part = (each: AlterTableCmd, where = clause): ParsedPart => ({
    ...where,
    node: command(relation, { ...each, name }),
    restates: true,
  });
  const identity: Constraint = { contype: 'CONSTR_IDENTITY', generated_when: 'd' };
  return [
    part({ subtype: 'AT_AlterColumnType', def: { ColumnDef: typeOnly(definition) } }),
    part({ subtype: has('CONSTR_NOTNULL') || has('CONSTR_PRIMARY') ? 'AT_SetNotNull' : 'AT_DropNotNull' }),
    part({ subtype: 'AT_ColumnDefault', ...(value && !isNull && { def: value }) }, place),
    ...(has('CONSTR_IDENTITY') ? [part({ subtype: 'AT_AddIdentity', def: { Constraint: identity } })] : []),
  ];
}

function typeOnly({ typeName, collClause }: ColumnDef): ColumnDef {
  return { ...(typeName && { typeName }), ...(collClause && { collClause }) };
}

function altered(context: Context): readonly ParsedPart[] {
  const { cursor, relation, clause } = context;
  if (cursor.takesOne('index', 'key')) {
    const name = cursor.name();
    const hides = cursor.takesOne('invisible', 'ignored') !== undefined || cursor.takes('not', 'visible');
    if (!hides && !cursor.takes('visible')) cursor.expects('not', 'ignored');
    return [tableChange(context, hides ? 'hide index' : 'show index', name)];
  }
  cursor.takes('column');
  const name = cursor.name();
  if (cursor.takes('drop', 'default'))
    return [{ ...clause, node: command(relation, { subtype: 'AT_ColumnDefault', name }) }];
  cursor.expects('set', 'default');
  const def = readExpression(cursor.text, cursor.rest);
  passAll(cursor);
  return [{ ...clause, node: command(relation, { subtype: 'AT_ColumnDefault', name, def }) }];
}

function renamed(context: Context): readonly ParsedPart[] {
  const { cursor, relation, clause, dialect } = context;
  if (dialect === 'mysql' && cursor.takesOne('index', 'key')) {
    const from = cursor.name();
    cursor.expects('to');
    const object = indexOf(relation, from);
    return [{ ...clause, node: { RenameStmt: { renameType: 'OBJECT_INDEX', object, newname: cursor.name() } } }];
  }
  const isColumn = cursor.takes('column');
  if (!isColumn && (cursor.takesOne('to', 'as', '=') !== undefined || dialect === 'mysql'))
    return [{ ...clause, node: renameTable(relation, cursor.relation()) }];
  const from = cursor.name();
  cursor.expects('to');
  return [renameColumn(context, from, cursor.name())];
}

export function renameTable(relation: RangeVar, to: RangeVar): Node {
  return { RenameStmt: { renameType: 'OBJECT_TABLE', relation, newname: to.relname ?? '' } };
}

function renameColumn({ relation, clause }: Context, from: string, to: string): ParsedPart {
  return { ...clause, node: { RenameStmt: { renameType: 'OBJECT_COLUMN', relation, subname: from, newname: to } } };
}

/** What Postgres has no word for, in the words of `TableChange`. */
function tableChange({ relation, clause }: Context, kind: string, name: string): ParsedPart {
  return { ...clause, node: command(relation, { subtype: 'AT_GenericOptions', name, def: string(kind) }) };
}

/** ALTER TABLE with one subcommand. */
export function command(relation: RangeVar, each: AlterTableCmd): Node {
  return { AlterTableStmt: { relation, objtype: 'OBJECT_TABLE', cmds: [{ AlterTableCmd: each }] } };
}

function passAll(cursor: Cursor): void {
  while (!cursor.done) cursor.pass();
}
