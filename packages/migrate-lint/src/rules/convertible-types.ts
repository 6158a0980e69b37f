import { typeName } from './type-names.ts';

const numbers = new Set(['smallint', 'integer', 'bigint', 'numeric', 'real', 'double precision']);
const moments = new Set(['timestamp without time zone', 'timestamp with time zone', 'date']);
const texts = new Set(['text', 'character varying', 'character', 'citext']);
const alone =
  /^(?:boolean|time\b.*|interval|bytea|uuid|inet|cidr|macaddr8?|bit.*|money|oid|point|jsonb?|ts[a-z]+|vector|[a-z0-9]+range)$/;

/** What casts keep the meaning within: numbers, moments, and what is written as text, enums too. */
function familyOf(base: string): string {
  if (numbers.has(base)) return 'number';
  if (moments.has(base)) return 'moment';
  if (/^jsonb?$/.test(base)) return 'json';
  return alone.test(base) ? base : 'text';
}

/** Whether text becomes a type of its own, as an enum: of a free text nobody knows whether its values are among those. */
export function isFromFreeText(from: string, to: string): boolean {
  const [old, wanted] = [typeName(from).base, typeName(to).base];
  return texts.has(old) && !texts.has(wanted) && familyOf(wanted) === 'text';
}

/** Whether the values of the one type, as `format_type` writes it, mean the same in the other one. */
export function keepsMeaning(from: string, to: string): boolean {
  if (from === to) return true;
  const [old, wanted] = [typeName(from), typeName(to)];
  if (old.array || wanted.array) return old.array && wanted.array && familyOf(old.base) === familyOf(wanted.base);
  return texts.has(wanted.base) || familyOf(old.base) === familyOf(wanted.base);
}
