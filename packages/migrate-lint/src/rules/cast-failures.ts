import type { ColumnChange, Statement } from '@migrate-lint/core';
import { castKind } from './casts.ts';
import { isNull } from './column-values.ts';
import { misfitOf, unknownTo, type Misfit } from './misfits.ts';
import { enumOf } from './past-enums.ts';
import { castIn } from './using-casts.ts';

/** How a change of type fails. */
export interface CastFailure {
  /** Whatever is in the table. */
  readonly always?: 'no cast' | 'no using' | 'default';
  /** On these values. */
  readonly misfit?: Misfit;
}

/** Whether a column of single values becomes one of lists: `migration/scalar-to-list` speaks of it. */
export function isNewList(from: string, to: string): boolean {
  return to.endsWith('[]') && !from.endsWith('[]');
}

/** Undefined where it does not fail, or nothing is known of the types. */
export function castFailure(change: ColumnChange, statement: Statement): CastFailure | undefined {
  const { column, to, using } = change;
  if (column.type === undefined || to === undefined) return undefined;
  const valuesOf = (type: string): readonly string[] | undefined => enumOf(statement.before, type)?.values;
  const kind = castKind(column.type, to, type => valuesOf(type) !== undefined);
  if (kind === undefined) return undefined;
  if (kind !== 'assignment' && using === undefined) return { always: kind === 'explicit' ? 'no using' : 'no cast' };
  const way = using === undefined ? 'column' : castIn(using, column.name, to);
  if (kind === 'none' && (way === 'direct' || way === 'column')) return { always: 'no cast' };
  if (kind === 'explicit' && way === 'column') return { always: 'no using' };
  if (kind !== 'assignment' && keepsDefault(change, statement)) return { always: 'default' };
  if (way === undefined) return undefined;
  const misfit = misfitOn(way, column.type, to, valuesOf);
  return misfit && { misfit };
}

function misfitOn(
  way: 'column' | 'direct' | 'through text' | 'to text',
  from: string,
  to: string,
  valuesOf: (type: string) => readonly string[] | undefined,
): Misfit | undefined {
  if (way === 'column' || way === 'direct') return misfitOf(from, to, way === 'direct', valuesOf);
  const [old, wanted] = [valuesOf(from), valuesOf(to)];
  if (way === 'through text' && old && wanted) return removed(old, wanted, from, to);
  const misfit = to.endsWith('[]') ? undefined : misfitOf('text', to, way === 'through text', valuesOf);
  return misfit && { ...misfit, condition: name => misfit.condition(`${name}::text`) };
}

/** Of an enum that is put in the place of another one: the values that are gone. */
function removed(old: readonly string[], wanted: readonly string[], from: string, to: string): Misfit | undefined {
  const gone = old.filter(value => !wanted.includes(value));
  if (gone.length === 0) return undefined;
  const names = gone.map(value => `\`${value}\``).join(', ');
  const what = `is ${names}, which the new type does not have`;
  if (!from.endsWith('[]')) return { ...unknownTo(to, wanted), what };
  const list = gone.map(value => `'${value.replaceAll("'", "''")}'`).join(', ');
  return { what, condition: name => `${name}::text[] && ARRAY[${list}]` };
}

/** A default that is one literal, as SQL that fits another type too. */
export function literalDefault({ default: given }: ColumnChange['column']): string | undefined {
  return /^('(?:[^']|'')*'|-?\d+(?:\.\d+)?|true|false)(?:::[\w ."]+)?$/i.exec(given?.sql ?? '')?.[1];
}

/** Whether a default is there that the statement does not take away. Postgres takes it away first, wherever the clause stands. */
export function keepsDefault({ column }: ColumnChange, { operations }: Statement): boolean {
  if (!column.default || isNull(column.default.sql)) return false;
  return !operations.some(operation => operation.kind === 'drop default' && operation.column.name === column.name);
}
