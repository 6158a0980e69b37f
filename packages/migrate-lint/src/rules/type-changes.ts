import { typeName, type TypeName } from './type-names.ts';

/** What ALTER COLUMN … TYPE has to do, beside the change in the catalog that takes a moment. */
export interface TypeChange {
  /** Whether every row is written anew. `unless UTC`: only if the TimeZone of the session is another one. */
  readonly rewrites: 'always' | 'unless UTC' | 'never';
  /** Whether every index on the column is built anew where the rows stay as they are. */
  readonly reindexes: boolean;
}

const inPlace: TypeChange = { rewrites: 'never', reindexes: false };
const reindexes: TypeChange = { rewrites: 'never', reindexes: true };
const rewrites: TypeChange = { rewrites: 'always', reindexes: true };

/**
 * What the change from one type to another costs, both as `format_type` writes them. Undefined where Postgres's own types do not tell:
 * types of extensions, domains, composite types. `isEnum` knows the enums. Each pair of the built-in types was tried on Postgres.
 */
export function typeChange(from: string, to: string, isEnum: (type: string) => boolean): TypeChange | undefined {
  if (from === to) return inPlace;
  const [old, wanted] = [typeName(from), typeName(to)];
  if (![old, wanted].every(({ base }) => isKnown(base, isEnum))) return undefined;
  if (old.array || wanted.array) return ofArrays(old, wanted);
  if (old.base === 'citext' || wanted.base === 'citext') return ofCitext(old, wanted);
  if (old.base === wanted.base) return isWider(old, wanted) ? inPlace : rewrites;
  return ofBases(old, wanted);
}

function ofBases(old: TypeName, wanted: TypeName): TypeChange {
  const unlimited = wanted.modifiers.length === 0;
  const pair = `${old.base} → ${wanted.base}`;
  if (unlimited && coercible.has(pair)) return inPlace;
  if (unlimited && sameBytes.has(pair)) return reindexes;
  // Both are microseconds of UTC; another precision rounds them, and 6 digits are all that there are.
  if (zones.has(pair) && (unlimited || wanted.modifiers[0] === 6)) return { rewrites: 'unless UTC', reindexes: true };
  return rewrites;
}

/** Of one type with other modifiers: whether all values are as they have to be. */
function isWider({ base, modifiers: old }: TypeName, { modifiers: wanted }: TypeName): boolean {
  if (!widening.has(base)) return false;
  if (wanted.length === 0) return true;
  const [size = Infinity, scale = 0] = old;
  const [wantedSize = Infinity, wantedScale = 0] = wanted;
  if (base === 'numeric') return wantedSize >= size && wantedScale === scale;
  // No fraction of a second has more than six digits.
  const digits = fractions.has(base) ? 6 : Infinity;
  return wantedSize >= Math.min(size, digits);
}

/** Postgres looks at the elements one by one, unless only a limit of their length goes. */
function ofArrays(old: TypeName, wanted: TypeName): TypeChange {
  const sameElements = old.array && wanted.array && old.base === wanted.base;
  return sameElements && wanted.modifiers.length === 0 && widening.has(old.base) ? inPlace : rewrites;
}

function ofCitext(old: TypeName, wanted: TypeName): TypeChange {
  const texts = ['text', 'character varying', 'citext'];
  const alike = [old, wanted].every(({ base }) => texts.includes(base)) && wanted.modifiers.length === 0;
  return alike ? reindexes : rewrites;
}

function isKnown(base: string, isEnum: (type: string) => boolean): boolean {
  return base === 'citext' || builtIn.has(base) || isEnum(base);
}

/** The value stays as it is, and so does the operator class of its indexes. */
const coercible = new Set([
  'character varying → text',
  'text → character varying',
  'cidr → inet',
  'oid → regclass',
  'regclass → oid',
  'xml → text',
  'xml → character varying',
]);

/** The value stays as it is, and is compared otherwise. */
const sameBytes = new Set([
  'bit → bit varying',
  'integer → oid',
  'oid → integer',
  'integer → regclass',
  'regclass → integer',
]);

const [plainTime, zonedTime] = ['timestamp without time zone', 'timestamp with time zone'];
const zones = new Set([`${plainTime} → ${zonedTime}`, `${zonedTime} → ${plainTime}`]);
const fractions = new Set(['interval', 'time without time zone', 'time with time zone', plainTime, zonedTime]);

/** Types that have a limit which can be widened without looking at the values. */
const widening = new Set(['character varying', 'bit varying', 'numeric', ...fractions]);

const builtIn = new Set([
  ...widening,
  ...['smallint', 'integer', 'bigint', 'real', 'double precision', 'money', 'boolean', 'oid', 'regclass'],
  ...['text', 'character', '"char"', 'name', 'uuid', 'json', 'jsonb', 'bytea', 'xml', 'bit', 'date'],
  ...['inet', 'cidr', 'macaddr', 'macaddr8', 'tsvector', 'tsquery', 'point', 'line', 'lseg', 'box', 'path', 'polygon'],
  ...['circle', 'int4range', 'int8range', 'numrange', 'tsrange', 'tstzrange', 'daterange', 'pg_lsn', 'jsonpath'],
]);
