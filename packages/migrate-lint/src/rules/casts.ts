import { typeName, type TypeName } from './type-names.ts';

/**
 * How Postgres casts one type to another: in ALTER COLUMN … TYPE an `assignment` cast needs no USING, an `explicit` one does, and with
 * `none` USING has to compute the value. Each pair of the built-in types was tried on Postgres.
 */
export type CastKind = 'assignment' | 'explicit' | 'none';

/**
 * Undefined where Postgres's own types do not tell: types of extensions, domains, composite types, and what only newer versions can.
 * `isEnum` knows the enums.
 */
export function castKind(from: string, to: string, isEnum: (type: string) => boolean): CastKind | undefined {
  const [old, wanted] = [typeName(from), typeName(to)];
  if (![old, wanted].every(({ base }) => isBuiltIn(base) || isEnum(base))) return undefined;
  if (old.array && wanted.array) return ofBases(old.base, wanted.base, isEnum);
  if (isText(wanted)) return 'assignment';
  if (isText(old)) return 'explicit';
  return old.array || wanted.array ? 'none' : ofBases(old.base, wanted.base, isEnum);
}

function ofBases(old: string, wanted: string, isEnum: (type: string) => boolean): CastKind | undefined {
  if (newer.has(`${old} → ${wanted}`)) return undefined;
  if (old === wanted || texts.has(wanted)) return 'assignment';
  if (texts.has(old)) return 'explicit';
  if (isEnum(old) || isEnum(wanted)) return 'none';
  if (numbers.has(old) && numbers.has(wanted)) return 'assignment';
  if (assignment.has(`${old} → ${wanted}`)) return 'assignment';
  return explicit.has(`${old} → ${wanted}`) ? 'explicit' : 'none';
}

/** Whether it is a text of whatever length, to which all is cast and from which all is read. */
export function isText({ base, array }: TypeName): boolean {
  return !array && texts.has(base);
}

/** Whether Postgres itself has the type, as far as it is one that databases use. */
export function isBuiltIn(base: string): boolean {
  return builtIn.has(base);
}

const texts: ReadonlySet<string> = new Set(['text', 'character varying', 'character', 'name', 'citext']);
const numbers: ReadonlySet<string> = new Set(['smallint', 'integer', 'bigint', 'numeric', 'real', 'double precision']);

const [timestamp, timestamptz] = ['timestamp without time zone', 'timestamp with time zone'];
const [time, timetz] = ['time without time zone', 'time with time zone'];

const assignment: ReadonlySet<string> = pairs(
  [['integer', 'bigint', 'numeric'], ['money']],
  [['money'], ['numeric']],
  [
    ['date', timestamp, timestamptz],
    ['date', timestamp, timestamptz],
  ],
  [[timestamp, timestamptz, timetz, 'interval'], [time]],
  [[timestamptz, time], [timetz]],
  [[time], ['interval']],
  [
    ['json', 'jsonb'],
    ['json', 'jsonb'],
  ],
  [
    ['inet', 'cidr'],
    ['inet', 'cidr'],
  ],
  [
    ['bit', 'bit varying'],
    ['bit', 'bit varying'],
  ],
  [['smallint', 'integer', 'bigint'], ['oid']],
  [['oid'], ['integer', 'bigint']],
);

const explicit: ReadonlySet<string> = pairs(
  [['integer'], ['boolean']],
  [['boolean'], ['integer']],
  [['integer', 'bigint'], ['bit']],
  [['bit'], ['integer', 'bigint']],
  [['jsonb'], [...numbers, 'boolean']],
);

/** Postgres 18 has explicit casts for them. */
const newer: ReadonlySet<string> = pairs(
  [['smallint', 'integer', 'bigint'], ['bytea']],
  [['bytea'], ['smallint', 'integer', 'bigint']],
);

function pairs(...lists: readonly (readonly [readonly string[], readonly string[]])[]): ReadonlySet<string> {
  return new Set(lists.flatMap(([from, to]) => from.flatMap(old => to.map(wanted => `${old} → ${wanted}`))));
}

const builtIn: ReadonlySet<string> = new Set([
  ...texts,
  ...numbers,
  ...['money', 'boolean', 'date', timestamp, timestamptz, time, timetz, 'interval', 'uuid', 'json', 'jsonb'],
  ...['bytea', 'inet', 'cidr', 'bit', 'bit varying', 'xml', 'oid'],
]);
