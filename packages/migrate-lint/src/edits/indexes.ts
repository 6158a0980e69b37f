import type { IndexKey, Table, TableIndex } from '@migrate-lint/core';
import { quoteIdentifier } from '../database/database.ts';
import { qualified, quotedList } from './names.ts';
import { comment, type Step } from './step.ts';

/** `CREATE [UNIQUE] INDEX` of an index of the schema, under its own name or another. */
export function createIndex(index: TableIndex): Step {
  const method = index.method === 'btree' ? '' : ` USING ${quoteIdentifier(index.method)} `;
  const include = index.include.length === 0 ? '' : ` INCLUDE (${quotedList(index.include)})`;
  const nulls = index.nullsNotDistinct ? ' NULLS NOT DISTINCT' : '';
  const where = index.predicate === null ? '' : ` WHERE ${index.predicate}`;
  const keys = index.keys.map(indexKey).join(', ');
  const statement = `CREATE ${index.unique ? 'UNIQUE ' : ''}INDEX ${quoteIdentifier(index.name)} ON ${qualified(index.table)}${method}(${keys})${include}${nulls}${where};`;
  return { phase: 'create index', sql: index.unique ? `${duplicatesQuery(index)}\n${statement}` : statement };
}

/** A comment with the query that finds the rows which a new unique or primary key would refuse. */
export function duplicatesQuery(index: TableIndex): string {
  const columns = quotedList(index.columns);
  return comment(
    `Fails while this finds rows: SELECT ${columns}, count(*) FROM ${qualified(index.table)} GROUP BY ${columns} HAVING count(*) > 1`,
  );
}

function indexKey(key: IndexKey): string {
  const name = key.column === null ? key.definition : quoteIdentifier(key.column);
  const operatorClass = key.operatorClass === null ? '' : ` ${quoteIdentifier(key.operatorClass)}`;
  const nulls = key.nullsFirst === key.descending ? '' : key.nullsFirst ? ' NULLS FIRST' : ' NULLS LAST';
  return `${name}${operatorClass}${key.descending ? ' DESC' : ''}${nulls}`;
}

/** Drops an index, or the unique constraint that it belongs to. */
export function dropIndex(index: TableIndex): Step {
  const sql =
    index.constraint === null
      ? `DROP INDEX ${qualified({ schema: index.table.schema, name: index.name })};`
      : dropConstraint(index.table, index.name);
  return { phase: 'drop index', sql };
}

/** Drops the primary key of a table, under the name that the table has before any rename. */
export function dropPrimaryKey(key: TableIndex): Step {
  return { phase: 'drop index', sql: dropConstraint(key.table, key.name) };
}

export function addPrimaryKey(key: TableIndex): Step {
  const constraint = `CONSTRAINT ${quoteIdentifier(key.name)} PRIMARY KEY (${quotedList(key.columns)})`;
  return {
    phase: 'add primary key',
    sql: `${duplicatesQuery(key)}\nALTER TABLE ${qualified(key.table)} ADD ${constraint};`,
  };
}

/** Renames an index, and with it the constraint that it belongs to. */
export function renameIndex(actual: TableIndex, to: string, from = actual.name): Step {
  const { schema } = actual.table;
  return {
    phase: 'rename constraint',
    sql: `ALTER INDEX ${qualified({ schema, name: from })} RENAME TO ${quoteIdentifier(to)};`,
    constraint: actual.path,
    rename: { scope: `schema ${schema}`, from, to },
  };
}

export function dropConstraint(table: Table, name: string): string {
  return `ALTER TABLE ${qualified(table)} DROP CONSTRAINT ${quoteIdentifier(name)};`;
}
