import type { Node, RangeVar } from 'libpg-query';
import { clausesFrom } from '../clauses.ts';
import type { ParsedPart } from '../parser.ts';
import { readColumn } from './columns.ts';
import { Cursor, Unread } from './cursor.ts';
import type { Dialect } from './dialect.ts';
import { readQuery } from './queries.ts';
import { readKey, seesKey } from './keys.ts';

/** CREATE TABLE, from the word behind CREATE on: the table, and the indexes that MySQL writes in it. */
export function readTable(cursor: Cursor, dialect: Dialect): readonly ParsedPart[] {
  const start = cursor.at;
  const temporary = cursor.takesOne('temporary', 'temp') !== undefined;
  cursor.expects('table');
  const if_not_exists = cursor.takes('if', 'not', 'exists');
  const relation: RangeVar = { ...cursor.relation(), relpersistence: temporary ? 't' : 'p' };
  const whole = { start, end: cursor.end };
  if (cursor.takes('as') || cursor.sees('select'))
    return [{ ...whole, node: asQuery(cursor, relation, if_not_exists) }];
  if (cursor.takes('like')) return [{ ...whole, node: like(relation, cursor.relation(), if_not_exists) }];
  const list = cursor.brackets();
  const elements: Node[] = [];
  const indexes: ParsedPart[] = [];
  for (const clause of clausesFrom(cursor.text, list.start, list.end)) {
    const inner = new Cursor(cursor.text, clause);
    if (!seesKey(inner, dialect)) elements.push({ ColumnDef: readColumn(inner, dialect) });
    else {
      const element = readKey(inner, relation, dialect);
      if ('constraint' in element) elements.push({ Constraint: element.constraint });
      else indexes.push({ ...clause, node: { IndexStmt: element.index } });
    }
  }
  passTableOptions(cursor);
  return [{ ...whole, node: { CreateStmt: { relation, tableElts: elements, if_not_exists } } }, ...indexes];
}

function asQuery(cursor: Cursor, rel: RangeVar, if_not_exists: boolean): Node {
  const query = readQuery(cursor.text, cursor.rest);
  return { CreateTableAsStmt: { query, into: { rel }, objtype: 'OBJECT_TABLE', if_not_exists } };
}

/** LIKE of MySQL copies all. */
function like(relation: RangeVar, source: RangeVar, if_not_exists: boolean): Node {
  const everything = 0x7fffffff;
  return {
    CreateStmt: {
      relation,
      tableElts: [{ TableLikeClause: { relation: source, options: everything } }],
      if_not_exists,
    },
  };
}

/** ENGINE, CHARSET, WITHOUT ROWID: the table is the same to everybody who asks. */
function passTableOptions(cursor: Cursor): void {
  while (!cursor.done) {
    if (cursor.sees('as') || cursor.sees('select')) throw new Unread('A table of columns and a query is not read');
    cursor.pass();
  }
}
