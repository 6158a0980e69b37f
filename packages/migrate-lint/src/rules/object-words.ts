import { firstOf, type PastConstraint, type PastIndex, type PastObject, type Statement } from '@migrate-lint/core';
import { code } from './places.ts';

/** The index that an object of the catalog before a statement is. */
export function indexOf({ kind, id }: PastObject, { before }: Statement): PastIndex | undefined {
  if (kind !== 'index') return undefined;
  return firstOf(before.tables, ({ indexes }) => indexes.find(index => index.id === id));
}

/** The constraint that it is. */
export function constraintOf({ kind, id }: PastObject, { before }: Statement): PastConstraint | undefined {
  if (kind !== 'constraint') return undefined;
  return firstOf(before.tables, ({ constraints }) => constraints.find(constraint => constraint.id === id));
}

const constraintWords: Readonly<Record<PastConstraint['type'], string>> = {
  primary: 'primary key',
  unique: 'unique constraint',
  foreign: 'foreign key',
  check: 'CHECK',
  exclusion: 'exclusion constraint',
};

/** An object as words of a sentence: what it is, its name, and the table of a foreign key. */
export function describe(thing: PastObject, statement: Statement): string {
  const constraint = constraintOf(thing, statement);
  if (constraint) {
    const of = constraint.type === 'foreign' ? ` of ${code(constraint.table)}` : '';
    return `the ${constraintWords[constraint.type]} ${code(thing.name)}${of}`;
  }
  const unique = indexOf(thing, statement)?.unique === true ? 'unique ' : '';
  const name = thing.kind === 'column' ? thing.path : thing.name;
  return `the ${unique}${thing.kind} ${code(name)}`;
}

/** `a, b and c`; of more than five the number of the others. */
export function listed(parts: readonly string[]): string {
  const shown = parts.length > 5 ? [...parts.slice(0, 4), `${String(parts.length - 4)} more`] : parts;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1) ?? ''}`;
}
