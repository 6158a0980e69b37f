import type { Column, ColumnPair, Comparison } from '@migrate-lint/core';
import { quoteIdentifier, quoteLiteral } from '../database/database.ts';
import { conversion } from './conversion.ts';
import { dropForeignKeysTo } from './foreign-keys.ts';
import { qualified } from './names.ts';
import { comment, type Step } from './step.ts';
import { giveUpNames } from './wanted-names.ts';

const serials: Readonly<Record<string, string>> = { smallint: 'smallserial', integer: 'serial', bigint: 'bigserial' };

/** The column as `CREATE TABLE` wants it: name, type, default, NOT NULL. */
export function columnDefinition(column: Column): string {
  const notNull = column.notNull ? ' NOT NULL' : '';
  const serial = isSerial(column) ? serials[column.type] : undefined;
  if (serial !== undefined) return `${quoteIdentifier(column.name)} ${serial}${notNull}`;
  const byDefault = column.default === null ? '' : ` DEFAULT ${column.default}`;
  return `${quoteIdentifier(column.name)} ${column.type}${notNull}${byDefault}`;
}

function isSerial(column: Column): boolean {
  return column.ownedSequence !== null && column.default?.startsWith('nextval(') === true;
}

/** Whether an INSERT that does not name the column fails. */
export function mustBeGiven(column: Column): boolean {
  return column.notNull && column.default === null && column.identity === null && column.generated === null;
}

/** Adds a column of the schema. One that must be given comes in three steps, with room to fill the rows that are there. */
export function addColumn(column: Column): readonly Step[] {
  const add = `ALTER TABLE ${qualified(column.table)} ADD COLUMN`;
  if (!mustBeGiven(column)) return [{ phase: 'add column', sql: `${add} ${columnDefinition(column)};` }];
  return [
    { phase: 'add column', sql: `${add} ${columnDefinition({ ...column, notNull: false })};` },
    setNotNull(column),
  ];
}

/** Drops a column of the database; foreign keys that refer to it would keep it. */
export function dropColumn(actual: Column, comparison: Comparison, table = actual.table): readonly Step[] {
  const sql = `ALTER TABLE ${qualified(table)} DROP COLUMN ${quoteIdentifier(actual.name)};`;
  return [
    ...dropForeignKeysTo(actual.table, comparison, actual.name),
    ...giveUpNames(actual.table, comparison, actual.name),
    { phase: 'drop column', sql },
  ];
}

export function renameColumn(actual: Column, expected: Column): Step {
  const [from, to] = [quoteIdentifier(actual.name), quoteIdentifier(expected.name)];
  return { phase: 'rename column', sql: `ALTER TABLE ${qualified(expected.table)} RENAME COLUMN ${from} TO ${to};` };
}

/** Gives a column the type that the schema says, and its default with it: an old default may have no cast to the new type. */
export function changeType(actual: Column, expected: Column): Step {
  const { using } = conversion(actual.type, expected.type, quoteIdentifier(expected.name));
  const counts = isSerial(actual) && isSerial(expected);
  return {
    phase: 'change type',
    sql: [
      ...(counts ? [] : takeDefault(actual, expected)),
      alter(expected, `TYPE ${expected.type}${using === undefined ? '' : ` USING (${using})`}`),
      ...(counts ? [] : giveDefault(expected)),
    ].join('\n'),
  };
}

/** Fails while a row holds NULL: the comment leaves room to fill it. */
export function setNotNull(column: Column): Step {
  const name = quoteIdentifier(column.name);
  const room = comment(
    `Fails while rows hold NULL; fill them first: UPDATE ${qualified(column.table)} SET ${name} = … WHERE ${name} IS NULL`,
  );
  return { phase: 'change nullability', sql: `${room}\n${alter(column, 'SET NOT NULL')}` };
}

export function dropNotNull(column: Column): Step {
  return { phase: 'change nullability', sql: alter(column, 'DROP NOT NULL') };
}

/** Gives a column the default that the schema says, or takes the one that it has. */
export function changeDefault({ expected, actual }: ColumnPair): readonly Step[] {
  if (!expected || !actual) return [];
  const replaced = actual.identity === null && !isSerial(actual) && expected.default !== null;
  const statements = [...(replaced ? [] : takeDefault(actual, expected)), ...giveDefault(expected)];
  return [{ phase: 'change default', sql: statements.join('\n') }];
}

function takeDefault(actual: Column, expected: Column): readonly string[] {
  const sequence = { schema: actual.table.schema, name: actual.ownedSequence ?? '' };
  return [
    ...(actual.identity === null ? [] : [alter(expected, 'DROP IDENTITY')]),
    ...(actual.default === null ? [] : [alter(expected, 'DROP DEFAULT')]),
    // A serial column that is none any more leaves its sequence behind.
    ...(isSerial(actual) ? [`DROP SEQUENCE ${qualified(sequence)};`] : []),
  ];
}

function giveDefault(expected: Column): readonly string[] {
  if (isSerial(expected)) return [addSequence(expected)];
  return expected.default === null ? [] : [alter(expected, `SET DEFAULT ${expected.default}`)];
}

/** What `serial` would have made, counting on behind the rows that are there. */
function addSequence(column: Column): string {
  const { table } = column;
  const sequence = qualified({ schema: table.schema, name: column.ownedSequence ?? '' });
  const name = quoteIdentifier(column.name);
  return [
    `CREATE SEQUENCE ${sequence} AS ${column.type} OWNED BY ${qualified(table)}.${name};`,
    `SELECT setval(${quoteLiteral(sequence)}, coalesce((SELECT max(${name}) FROM ${qualified(table)}), 0) + 1, false);`,
    alter(column, `SET DEFAULT nextval(${quoteLiteral(sequence)})`),
  ].join('\n');
}

function alter(column: Column, change: string): string {
  return `ALTER TABLE ${qualified(column.table)} ALTER COLUMN ${quoteIdentifier(column.name)} ${change};`;
}
