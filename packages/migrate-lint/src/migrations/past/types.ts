import type { Node, TypeName } from 'libpg-query';
import { all, as, qualified, strings } from '../nodes.ts';
import type { Thing } from '../thing.ts';
import type { TypeDetail } from './details.ts';
import { bareName } from './keywords.ts';

/** The types of Postgres that `format_type` calls otherwise than `pg_type` does. */
const renamed: Readonly<Record<string, string>> = {
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
  float4: 'real',
  float8: 'double precision',
  bool: 'boolean',
  varchar: 'character varying',
  varbit: 'bit varying',
  serial: 'integer',
  serial2: 'smallint',
  serial4: 'integer',
  serial8: 'bigint',
  smallserial: 'smallint',
  bigserial: 'bigint',
  char: '"char"',
};

const plain = new Set(
  `aclitem bytea box cid cidr circle date datemultirange daterange inet int4multirange int4range int8multirange int8range json
  jsonb jsonpath line lseg macaddr macaddr8 money name nummultirange numrange oid path point polygon refcursor regclass regcollation
  regconfig regdictionary regnamespace regoper regoperator regproc regprocedure regrole regtype text tid tsmultirange tsquery tsrange
  tstzmultirange tstzrange tsvector txid_snapshot uuid xid xid8 xml pg_lsn pg_snapshot`.split(/\s+/),
);

const zones: Readonly<Record<string, readonly [string, string]>> = {
  timestamp: ['timestamp', ' without time zone'],
  timestamptz: ['timestamp', ' with time zone'],
  time: ['time', ' without time zone'],
  timetz: ['time', ' with time zone'],
};

/** A type as `format_type` has it. `own` is the type or table of the project that the name means, if it means one. */
export function typeDetail(type: TypeName | undefined, own: Thing | undefined): TypeDetail | undefined {
  const { schema, name } = qualified(strings(type?.names));
  if (!type || name === '') return undefined;
  if (schema === asWritten) return { type: name, suffix: '' };
  const suffix = type.arrayBounds && type.arrayBounds.length > 0 ? '[]' : '';
  const builtin = schema === undefined || schema === 'pg_catalog' ? builtinType(name, type.typmods) : undefined;
  if (builtin !== undefined) return { type: builtin, suffix };
  if (own) return { type: own, suffix };
  const prefix = schema === undefined || schema === 'public' ? '' : `${bareName(schema)}.`;
  return { type: `${prefix}${bareName(name)}${modifiers(type.typmods)}`, suffix };
}

/** The type of Postgres itself that goes by this name; they come before those of the project. */
export function isBuiltinType(name: string): boolean {
  return builtinType(name, undefined) !== undefined;
}

function builtinType(name: string, typmods: readonly Node[] | undefined): string | undefined {
  const zone = zones[name];
  if (zone) return `${zone[0]}${modifiers(typmods)}${zone[1]}`;
  if (name === 'bpchar') return typmods ? `character${modifiers(typmods)}` : 'bpchar';
  if (name === 'bit') return typmods ? `bit${modifiers(typmods)}` : '"bit"';
  if (name === 'numeric') return `numeric${modifiers(typmods?.length === 1 ? [...typmods, zero] : typmods)}`;
  if (name === 'interval') return intervalType(typmods);
  const known = renamed[name] ?? (plain.has(name) ? name : undefined);
  if (known !== undefined) return `${known}${modifiers(typmods)}`;
  const element = name.startsWith('_') ? builtinType(name.slice(1), undefined) : undefined;
  return element === undefined ? undefined : `${element}[]`;
}

const zero: Node = { A_Const: { ival: { ival: 0 } } };

/** `(10,2)`, or nothing. */
function modifiers(typmods: readonly Node[] | undefined): string {
  if (!typmods || typmods.length === 0) return '';
  return `(${typmods.map(modifier).join(',')})`;
}

function modifier(node: Node): string {
  const constant = as('A_Const', node);
  const word = strings(as('ColumnRef', node)?.fields).at(-1);
  return word ?? constant?.sval?.sval ?? constant?.fval?.fval ?? String(constant?.ival?.ival ?? 0);
}

/** The fields of an interval by the bits with which the parser writes them (INTERVAL_MASK in utils/timestamp.h). */
const fields: Readonly<Record<number, string>> = {
  4: ' year',
  2: ' month',
  8: ' day',
  1024: ' hour',
  2048: ' minute',
  4096: ' second',
  6: ' year to month',
  1032: ' day to hour',
  3080: ' day to minute',
  7176: ' day to second',
  3072: ' hour to minute',
  7168: ' hour to second',
  6144: ' minute to second',
};

function intervalType(typmods: readonly Node[] | undefined): string {
  const [range, precision] = all('A_Const', typmods).map(({ ival }) => ival?.ival ?? 0);
  return `interval${fields[range ?? 0] ?? ''}${precision === undefined ? '' : `(${String(precision)})`}`;
}

/** What a type is called now. */
export function typeText({ type, suffix }: TypeDetail): string {
  if (typeof type === 'string') return `${type}${suffix}`;
  return `${type.schema === 'public' ? '' : `${bareName(type.schema)}.`}${bareName(type.name)}${suffix}`;
}

/** A type of a database that is not Postgres: it is called as it is written. */
export function written(type: string): TypeName {
  return { names: [asWritten, type].map(sval => ({ String: { sval } })), typemod: -1 };
}

const asWritten = '\0';
