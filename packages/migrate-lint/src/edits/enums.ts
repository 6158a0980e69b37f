import type { Column, Comparison, EnumType, Extension } from '@migrate-lint/core';
import { quoteIdentifier, quoteLiteral } from '../database/database.ts';
import { qualified } from './names.ts';
import { comment, type Step } from './step.ts';
import { renamed } from './tables.ts';

export function createEnum(type: EnumType): Step {
  return { phase: 'create enum', sql: createType(type) };
}

export function dropEnum(type: EnumType): Step {
  return { phase: 'drop enum', sql: `DROP TYPE ${qualified(type)};` };
}

export function renameEnum(actual: EnumType, expected: EnumType): Step {
  return { phase: 'rename enum', sql: `ALTER TYPE ${qualified(actual)} RENAME TO ${quoteIdentifier(expected.name)};` };
}

/** Adds a value where the schema has it: before the next one that is there, so that several come in order. */
export function addEnumValue(value: string, expected: EnumType, actual: EnumType): Step {
  const next = expected.values.slice(expected.values.indexOf(value) + 1).find(other => actual.values.includes(other));
  const place = next === undefined ? '' : ` BEFORE ${quoteLiteral(next)}`;
  return { phase: 'add enum value', sql: `ALTER TYPE ${qualified(actual)} ADD VALUE ${quoteLiteral(value)}${place};` };
}

/** Postgres cannot take a value out of an enum: a new type takes the old one's place, in every column and every list. */
export function recreateEnum(expected: EnumType, actual: EnumType, comparison: Comparison): Step {
  const old = { schema: actual.schema, name: oldName(actual, comparison) };
  const gone = actual.values.filter(value => !expected.values.includes(value)).map(quoteLiteral);
  const users = comparison.actual.columns.filter(column => typeNames(actual).includes(column.type));
  return {
    phase: 'recreate enum',
    sql: [
      comment(`Fails while rows hold ${gone.join(' or ')}`),
      `ALTER TYPE ${qualified(actual)} RENAME TO ${quoteIdentifier(old.name)};`,
      createType(expected),
      ...users.flatMap(column => retype(column, expected, comparison)),
      `DROP TYPE ${qualified(old)};`,
    ].join('\n'),
  };
}

function createType(type: EnumType): string {
  return `CREATE TYPE ${qualified(type)} AS ENUM (${type.values.map(quoteLiteral).join(', ')});`;
}

function retype(column: Column, type: EnumType, comparison: Comparison): readonly string[] {
  const pair = comparison.columns.find(one => one.actual === column);
  const name = quoteIdentifier((pair?.expected ?? column).name);
  const list = column.type.endsWith('[]') ? '[]' : '';
  const alter = `ALTER TABLE ${qualified(renamed(column.table, comparison))} ALTER COLUMN ${name}`;
  // A column whose type changes as well gets the new type's default with it.
  const byDefault = pair?.expected && !pair.typeChanged ? pair.expected.default : keptDefault(column, type);
  return [
    ...(column.default === null ? [] : [`${alter} DROP DEFAULT;`]),
    `${alter} TYPE ${qualified(type)}${list} USING (${name}::text${list}::${qualified(type)}${list});`,
    ...(byDefault === null ? [] : [`${alter} SET DEFAULT ${byDefault};`]),
  ];
}

/** The default of a column that the schema does not have, unless it is a value that is gone. */
function keptDefault(column: Column, type: EnumType): string | null {
  const value = /^'((?:[^']|'')*)'::/.exec(column.default ?? '')?.[1]?.replaceAll("''", "'");
  return value !== undefined && type.values.includes(value) ? column.default : null;
}

/** As `format_type` writes it: quoted only where it has to be. */
export function typeNames({ schema, name }: EnumType): readonly string[] {
  const word = (text: string): string[] =>
    /^[a-z_][a-z0-9_$]*$/.test(text) ? [text, quoteIdentifier(text)] : [quoteIdentifier(text)];
  const names = [...word(name), ...word(schema).flatMap(prefix => word(name).map(part => `${prefix}.${part}`))];
  return names.flatMap(text => [text, `${text}[]`]);
}

/** A free name of at most 63 bytes. */
function oldName({ name }: EnumType, { actual }: Comparison): string {
  let cut = name;
  while (Buffer.byteLength(cut) > 57) cut = cut.slice(0, -1);
  const taken = new Set(actual.enums.map(type => type.name));
  let candidate = `${cut}_old`;
  for (let number = 2; taken.has(candidate); number += 1) candidate = `${cut}_old${String(number)}`;
  return candidate;
}

export function createExtension({ name }: Extension): Step {
  return { phase: 'create extension', sql: `CREATE EXTENSION IF NOT EXISTS ${quoteIdentifier(name)};` };
}
