import { isText } from './casts.ts';
import { typeName, type TypeName } from './type-names.ts';

/** What a cast cannot do with some values: it stops at the first of them. */
export interface Misfit {
  /** As the end of “fails when a value …”. */
  readonly what: string;
  /** True of the values that do not fit. The name is quoted. */
  condition(name: string): string;
}

/**
 * The values on which a cast fails; undefined where all fit, or where those that do not are cut or rounded in silence. Measured on Postgres.
 * `explicit` is a cast that is written, which cuts a text that is too long. `valuesOf` are those of an enum.
 */
export function misfitOf(
  from: string,
  to: string,
  explicit: boolean,
  valuesOf: (type: string) => readonly string[] | undefined,
): Misfit | undefined {
  const [old, wanted] = [typeName(from), typeName(to)];
  if (isText(wanted)) return explicit ? undefined : longer(old, wanted, valuesOf(old.base));
  if (old.array || wanted.array) return ofArrays(old, wanted, to);
  const values = valuesOf(wanted.base);
  if (values) return isText(old) ? unknownTo(to, values) : undefined;
  if (isText(old)) return unreadable(wanted.base, to);
  if (old.base === 'jsonb' && wanted.base !== 'json') return otherJson(wanted.base);
  return outOfRange(old, wanted);
}

/** A text in an enum of these values. */
export function unknownTo(type: string, values: readonly string[]): Misfit {
  const list = values.map(value => `'${value.replaceAll("'", "''")}'`).join(', ');
  return {
    what: `is none of the values of \`${type}\``,
    condition: name => (list === '' ? `${name} IS NOT NULL` : `${name}::text NOT IN (${list})`),
  };
}

function ofArrays(old: TypeName, wanted: TypeName, to: string): Misfit | undefined {
  // Within arrays only what is read from texts is looked at.
  const isRead = isText(old) || (old.array && isText({ ...old, array: false }) && !isText({ ...wanted, array: false }));
  return isRead && wanted.array ? notInput(to) : undefined;
}

const lengths: Readonly<Record<string, number>> = { smallint: 6, integer: 11, bigint: 20, boolean: 5, uuid: 36 };

function longer(
  old: TypeName,
  { base, modifiers: [size] }: TypeName,
  values: readonly string[] = [],
): Misfit | undefined {
  const limit = size ?? (base === 'character' ? 1 : Infinity);
  // A name that is too long is cut in silence.
  if (base === 'name' || limit >= longest(old, values)) return undefined;
  return {
    what: `is longer than ${limit} character${limit === 1 ? '' : 's'}`,
    // Blanks at the end are cut without a word.
    condition: name => `length(rtrim(${name}::text, ' ')) > ${limit}`,
  };
}

/** How long a value can be as a text. */
function longest(type: TypeName, values: readonly string[]): number {
  if (type.array) return Infinity;
  if (isText(type)) return type.modifiers[0] ?? (type.base === 'character' ? 1 : Infinity);
  if (values.length > 0) return Math.max(...values.map(value => Array.from(value).length));
  return lengths[type.base] ?? Infinity;
}

const ranges: Readonly<Record<string, readonly [string, string]>> = {
  smallint: ['-32768', '32767'],
  integer: ['-2147483648', '2147483647'],
  bigint: ['-9223372036854775808', '9223372036854775807'],
};
const digits: Readonly<Record<string, number>> = { smallint: 5, integer: 10, bigint: 19, money: 17 };

function outOfRange(old: TypeName, wanted: TypeName): Misfit | undefined {
  const whole = digitsOf(old);
  if (wanted.base === 'numeric') return tooManyDigits(old, wanted, whole);
  const range = ranges[wanted.base];
  // Of a fraction the greater harm is that it is rounded: `migration/narrowing-type`.
  const isWhole =
    old.base in ranges || (old.base === 'numeric' && old.modifiers.length > 0 && (old.modifiers[1] ?? 0) === 0);
  if (!range || !isWhole || whole < (digits[wanted.base] ?? 0) || old.base === wanted.base) return undefined;
  if (old.base in ranges && whole <= (digits[wanted.base] ?? 0)) return undefined;
  return {
    what: `is out of the range of \`${wanted.base}\``,
    condition: name => `${name} NOT BETWEEN ${range[0]} AND ${range[1]}`,
  };
}

function tooManyDigits(
  old: TypeName,
  { modifiers: [precision, scale = 0] }: TypeName,
  whole: number,
): Misfit | undefined {
  if (precision === undefined || whole <= precision - scale) return undefined;
  const room = precision - scale;
  return {
    what: `has more than ${room} digit${room === 1 ? '' : 's'} before the point`,
    condition: name =>
      `${['money', 'smallint', 'integer', 'bigint'].includes(old.base) ? '' : `${name} <> 'NaN' AND `}abs(round(${name}::numeric, ${scale})) >= 1e${room}`,
  };
}

/** Digits before the point. */
function digitsOf({ base, modifiers: [precision = Infinity, scale = 0] }: TypeName): number {
  return base === 'numeric' ? precision - scale : (digits[base] ?? Infinity);
}

function unreadable(base: string, to: string): Misfit {
  const range = ranges[base];
  const what = `cannot be read as \`${to}\``;
  if (range)
    return {
      what,
      condition: name =>
        `CASE WHEN ${name} ~ '^\\s*[-+]?\\d+\\s*$' THEN ${name}::numeric NOT BETWEEN ${range[0]} AND ${range[1]} ELSE ${name} IS NOT NULL END`,
    };
  if (base === 'uuid')
    return {
      what,
      condition: name => `${name} !~* '^(\\{[0-9a-f]{4}(-?[0-9a-f]{4}){7}\\}|[0-9a-f]{4}(-?[0-9a-f]{4}){7})$'`,
    };
  if (base === 'boolean')
    return {
      what,
      condition: name =>
        `lower(btrim(${name}, E' \\t\\n\\r\\f\\v')) NOT IN ('t', 'tr', 'tru', 'true', 'f', 'fa', 'fal', 'fals', 'false', 'y', 'ye', 'yes', 'n', 'no', 'on', 'of', 'off', '1', '0')`,
    };
  if (/^(?:numeric|real|double precision)$/.test(base) && base === to)
    return {
      what,
      condition: name => `${name} !~* '^\\s*([-+]?(\\d+\\.?\\d*|\\.\\d+)(e[-+]?\\d+)?|nan|[-+]?inf(inity)?)\\s*$'`,
    };
  return notInput(to);
}

/** Postgres 16 can ask the type itself. */
function notInput(to: string): Misfit {
  return {
    what: `cannot be read as \`${to}\``,
    condition: name => `NOT pg_input_is_valid(${name}::text, '${to.replaceAll("'", "''")}')`,
  };
}

function otherJson(base: string): Misfit {
  const wanted = base === 'boolean' ? 'boolean' : 'number';
  return { what: `is no JSON ${wanted}`, condition: name => `jsonb_typeof(${name}) <> '${wanted}'` };
}
