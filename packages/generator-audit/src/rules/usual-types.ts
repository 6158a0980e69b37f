import { groupBy, mentions, phrases, remembered, words, type Field, type Provider } from '@migrate-lint/core';
import { familyOf, typeOf } from './native-types.ts';

/** Names that say nothing of what they are of: each model has a value, a rate and a weight of its own. */
const vague = phrases('value, rate, score, factor, weight, number, result, data, size');
/** They go from table to table. */
const flows = phrases('amount, balance, total, subtotal, fee');
/** A Float of one of these is a finding of `schema/money-as-float`. */
const money = phrases(
  'amount, balance, price, cost, fee, rate, total, budget, salary, revenue, payment, income, expense',
);

export type Trait = (field: Field) => string | undefined;

/** What most columns of a name have in common, and one of them. */
export interface Usual {
  readonly trait: Trait;
  readonly value: string | undefined;
  readonly field: Field;
  readonly count: number;
}

/** What most of the columns of one name agree on; of two amounts that differ, the one that holds the other. */
export function usualTypes(fields: readonly Field[], provider: Provider): readonly Usual[] {
  const [first, second] = fields;
  if (!first || !second || areAlike(fields, typeOf(first, provider), provider)) return [];
  if (mentions(words(first.name).slice(-1), vague)) return [];
  const wide =
    mentions(first.name, flows) && [first, second].find(one => [first, second].some(other => holds(one, other)));
  if (fields.length === 2) return wide ? [{ trait: digits, value: digits(wide), field: wide, count: 1 }] : [];
  const isTelling = words(first.name).length > 1 || first.name === 'metadata';
  return [
    ...usualOf(fields, digits, 0.5),
    ...usualOf(fields, exactness, 0.5),
    ...(isTelling ? usualOf(fields, field => familyIn(field, provider), 0.75) : []),
  ];
}

function areAlike(fields: readonly Field[], type: string, provider: Provider): boolean {
  return fields.every(field => typeOf(field, provider) === type);
}

/** The value on which more than this part of the columns that have the trait agree. */
function usualOf(fields: readonly Field[], trait: Trait, share: number): readonly Usual[] {
  const groups = groupsBy(fields, trait);
  const total = groups.reduce((sum, { length }) => sum + length, 0);
  return groups.flatMap(([field, ...more]) =>
    field && more.length > 0 && more.length + 1 > share * total
      ? [{ trait, value: trait(field), field, count: more.length + 1 }]
      : [],
  );
}

/** The columns that are the same in this, in their order. */
export function groupsBy(fields: readonly Field[], trait: Trait): readonly (readonly Field[])[] {
  const groups = groupBy(fields, trait);
  groups.delete(undefined);
  return [...groups.values()];
}

function digits({ nativeType }: Field): string | undefined {
  return nativeType?.name === 'Decimal' && nativeType.args.length > 0 ? nativeType.args.join() : undefined;
}

function exactness({ type, name }: Field): string | undefined {
  return type === 'Decimal' || (type === 'Float' && !mentions(name, money)) ? type : undefined;
}

/** What differs by more than a size: a text has its limit, an integer no width. */
function familyIn(field: Field, provider: Provider): string {
  return familyAmongAll(typeOf(field, provider));
}

const familyAmongAll = remembered((type): string => {
  const [family] = familyOf(type);
  return family === 'text' ? type : family.replace('integer', 'number').replace('JsonB', 'Json');
});

/** Whether one Decimal holds all that the other does, and more. */
export function holds(one: Field, other: Field): boolean {
  const [wide = 0, scale = 0] = digits(one)?.split(',').map(Number) ?? [];
  const [narrow = 0, narrowScale = 0] = digits(other)?.split(',').map(Number) ?? [];
  return narrow > 0 && digits(one) !== digits(other) && scale >= narrowScale && wide - scale >= narrow - narrowScale;
}
