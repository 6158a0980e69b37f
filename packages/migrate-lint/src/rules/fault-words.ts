import type { Fault, Schema } from '@migrate-lint/core';
import { code } from './places.ts';

/** What a body does wrong, as the second half of a sentence. */
export function faultWords({ kind, name, of, message }: Fault): string {
  switch (kind) {
    case 'column':
      return of === null
        ? `names a column ${code(name)} that is not there`
        : `names a column ${code(name)} that ${code(of)} does not have`;
    case 'value':
      return of === null
        ? `compares with ${code(name)}, which no value can be`
        : `names a value ${code(name)} that the enum ${code(of)} does not have`;
    case 'statement':
      return `holds a statement that Postgres refuses with ${code(message)}`;
    case 'table':
    case 'function':
    case 'type':
    case 'constraint':
      return `names a ${kind} ${code(name)} that is not there`;
  }
}

/** Whether the schema promises what is missing: then drift speaks of it, and the body is right. */
export function isPromised({ kind, name, of }: Fault, schema: Schema | undefined): boolean {
  if (kind === 'table') return schema?.models.some(({ dbName }) => dbName === name) === true;
  if (kind === 'column')
    return schema?.columns.some(field => field.dbName === name && (of === null || field.model.dbName === of)) === true;
  if (kind !== 'value') return false;
  return schema?.enums.some(type => type.dbName === of && type.values.some(value => value.dbName === name)) === true;
}
