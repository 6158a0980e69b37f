// What type a column probably has, where a script only names it.

const byName = [
  [/^id$|_id$|[a-z]Id$/, 'bigint'],
  [/_at$|[a-z]At$|_on$|date|time/i, 'timestamp with time zone'],
  [/(?:^|_)(?:price|amount|total|count|quantity|cents|age|num|number|answer|score)s?(?:_|$)/i, 'integer'],
  [/^is_|_flag$|enabled$|active$|deleted$/i, 'boolean'],
  [/range$|^during$|period$/i, 'tstzrange'],
  [/json|payload|meta/i, 'jsonb'],
];

export const typeByName = name => byName.find(([pattern]) => pattern.test(name))?.[1] ?? 'text';

const shown = new Map(
  Object.entries({
    int2: 'smallint',
    int4: 'integer',
    int8: 'bigint',
    serial: 'integer',
    serial4: 'integer',
    bigserial: 'bigint',
    serial8: 'bigint',
    smallserial: 'smallint',
    bool: 'boolean',
    varchar: 'character varying',
    bpchar: 'character',
    timestamptz: 'timestamp with time zone',
    float8: 'double precision',
    float4: 'real',
  }),
);

const builtIn = new Set(
  (
    'text json jsonb uuid date time timetz timestamp interval numeric decimal money bytea inet cidr xml tsvector tsquery point box bit varbit ' +
    'tsrange tstzrange int4range int8range daterange name oid regclass char record void trigger vector'
  ).split(' '),
);

/** A type of the parse tree as SQL, and whether somebody has to make it. */
export function typeOf({ names = [], typmods = [], arrayBounds = [] }) {
  const parts = names.map(({ String: { sval } }) => sval).filter(part => part !== 'pg_catalog');
  const name = parts.at(-1) ?? 'text';
  const known = shown.get(name) ?? (builtIn.has(name) ? name : undefined);
  const numbers = typmods.flatMap(({ A_Const }) => (A_Const?.ival ? [A_Const.ival.ival ?? 0] : []));
  const modified = numbers.length > 0 && known !== 'interval' ? `(${numbers.join(',')})` : '';
  const base = known ?? parts.map(part => `"${part.replaceAll('"', '""')}"`).join('.');
  return {
    sql: `${base}${modified}${arrayBounds.length > 0 ? '[]' : ''}`,
    name,
    numbers,
    made: known !== undefined,
    parts,
  };
}

/**
 * What a column was before `ALTER COLUMN … TYPE target`: the nearest smaller type, from which Postgres casts by itself, or text where USING
 * says how.
 */
export function typeBefore(column, { name, numbers, sql }, using) {
  const [length = 0, scale = 0] = numbers;
  // A key is not a shorter text.
  if (name === 'text' && typeByName(column) === 'bigint') return 'bigint';
  const nearest = {
    int8: 'integer',
    int4: using ? 'text' : 'smallint',
    int2: 'integer',
    text: 'character varying(50)',
    varchar: length > 0 ? `character varying(${Math.max(1, Math.floor(length / 2))})` : 'character varying(50)',
    bpchar: 'text',
    numeric: length > 0 ? `numeric(${Math.max(scale + 1, length - 2)},${scale})` : 'numeric(10,2)',
    timestamptz: 'timestamp without time zone',
    timestamp: 'timestamp with time zone',
    date: 'timestamp with time zone',
    float8: 'real',
    json: 'jsonb',
    jsonb: 'json',
  }[name];
  if (sql.endsWith('[]')) return using ? 'text' : 'text[]';
  return nearest ?? 'text';
}

/** The type of a constant; strings that are a date say so. */
export function typeOfConstant({ ival, fval, boolval, sval }) {
  if (ival) return 'integer';
  if (fval) return 'numeric';
  if (boolval) return 'boolean';
  if (sval && /^\d{4}-\d\d-\d\d/.test(sval.sval ?? '')) return 'timestamp with time zone';
  return sval ? 'text' : undefined;
}
