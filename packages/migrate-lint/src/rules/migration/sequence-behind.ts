import {
  defineRule,
  quoteIdentifier,
  type Migrations,
  type PastTable,
  type Statement,
  type Write,
} from '@migrate-lint/core';
import { sqlFix } from '../../edits.ts';
import { operationsOf } from '../operations.ts';
import { tableSql } from '../past-names.ts';
import { code } from '../places.ts';
import { speaksOf } from '../same-migration.ts';

export default defineRule({
  id: 'migration/sequence-behind',
  level: 'high',
  category: 'integrity',
  needs: ['postgresMigrations'],
  docs: {
    summary:
      'Rows are inserted with ids of their own, and the sequence that makes the next ids does not learn of them.',
    why: `A serial or identity column takes its next value from a sequence, and an INSERT that says the id does not touch that sequence. So the first rows
that the application creates get ids that are taken, and each of them fails with a duplicate key (P2002) until the sequence has counted past them. Clients
break at the first INSERT, so the level is high. \`setval\` behind the INSERT puts the sequence where it belongs; leaving the id out, or DEFAULT, does
without.`,
    bad: `CREATE TABLE "Plan" ("id" SERIAL PRIMARY KEY, "name" text NOT NULL);
INSERT INTO "Plan" ("id", "name") VALUES (1, 'free'), (2, 'paid');`,
    good: `CREATE TABLE "Plan" ("id" SERIAL PRIMARY KEY, "name" text NOT NULL);
INSERT INTO "Plan" ("id", "name") VALUES (1, 'free'), (2, 'paid');
SELECT setval(pg_get_serial_sequence('"Plan"', 'id'), (SELECT max("id") FROM "Plan"));`,
    guards: [
      'The id is left out, is DEFAULT or `nextval(…)`, or OVERRIDING USER VALUE ignores it.',
      'A `setval`, or a RESTART of the sequence, for the table in this migration or a later one.',
      'A column that no sequence belongs to: a uuid, a text, an integer that is filled by hand.',
      'A table or column that a later statement drops, or a table that is emptied.',
    ],
  },

  subjects: ({ postgresMigrations: migrations }) => operationsOf(migrations, ['insert']),
  check: ({ operation, statement, path }, { postgresMigrations: migrations }) => {
    const [table] = operation.tables;
    const column = table?.columns.find(each => (each.serial || each.identity) && operation.columns.includes(each.name));
    if (!table || !column || operation.conditional || !saysIds(operation, statement)) return undefined;
    const later = laterStatements(statement, migrations);
    const sequence = `${table.name}_${column.name}_seq`;
    if (later.some(each => isSet(each, table, sequence) || isGone(each, table, column.id))) return undefined;
    // A row that was there before stays, and the INSERT does nothing.
    const perhaps = operation.existedBefore && /\bON\s+CONFLICT\b/i.test(statement.sql);
    return {
      span: operation.span,
      message: `The rows get their ${code(column.name)} from the INSERT and the sequence of ${code(`${table.path}.${column.name}`)} stays behind, so rows without one fail with a duplicate key when it gets there.`,
      level: perhaps ? 'medium' : undefined,
      fix: fixOf(table, column.name, later, path),
    };
  },
});

/** Whether the rows bring ids, as far as that can be read off. */
function saysIds({ rows }: Write, { sql }: Statement): boolean {
  if (rows === 0 || /\bOVERRIDING\s+USER\s+VALUE\b/i.test(sql)) return false;
  return !/\bnextval\s*\(|\bDEFAULT\b/i.test(sql);
}

/** The statements of the same migration and of all behind it. */
function laterStatements({ migration }: Statement, { migrations }: Migrations): readonly Statement[] {
  return migrations
    .slice(migrations.indexOf(migration))
    .flatMap(({ statements, syntaxError }) => (syntaxError ? [] : statements));
}

function isSet({ sql, operations }: Statement, { name }: PastTable, sequence: string): boolean {
  if (!/\bsetval\s*\(|\bRESTART\b/i.test(sql)) return false;
  // A block goes over all sequences.
  return speaksOf(sql, name) || speaksOf(sql, sequence) || operations.some(({ kind }) => kind === 'block');
}

function isGone({ operations }: Statement, { id }: PastTable, column: number): boolean {
  return operations.some(operation => {
    if (operation.kind === 'drop table') return operation.table.id === id;
    if (operation.kind === 'drop column' || operation.kind === 'drop default' || operation.kind === 'drop identity')
      return operation.column.id === column;
    return operation.kind === 'truncate' && operation.tables.some(table => table.id === id);
  });
}

function fixOf(table: PastTable, column: string, later: readonly Statement[], _path: string) {
  const title = 'Put the sequence behind the largest id with `setval`';
  const renamed = later.some(({ operations }) =>
    operations.some(
      ({ kind, ...rest }) =>
        (kind === 'rename table' || kind === 'rename column' || kind === 'set schema') &&
        'table' in rest &&
        rest.table?.id === table.id,
    ),
  );
  if (renamed) return { title, safety: 'unsafe' as const };
  const name = tableSql(table);
  const sequence = `pg_get_serial_sequence('${name.replaceAll("'", "''")}', '${column.replaceAll("'", "''")}')`;
  const sql = `SELECT setval(${sequence}, GREATEST((SELECT max(${quoteIdentifier(column)}) FROM ${name}), nextval(${sequence})));`;
  return sqlFix(title, 'safe', [{ phase: 'change default', sql }]);
}
