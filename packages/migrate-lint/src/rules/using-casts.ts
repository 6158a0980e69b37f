import { typeName } from './type-names.ts';

/**
 * How a USING that only casts comes from its column to the type: `column` as it is, `direct` with `"age"::integer`, `through text` with
 * Prisma's `("role"::text::"Role_new")`, `to text` where the rest of the way is left to Postgres. Undefined where it computes anything
 * else, and values that do not fit are somebody's business already.
 */
export function castIn(
  using: string,
  column: string,
  to: string,
): 'column' | 'direct' | 'through text' | 'to text' | undefined {
  const [rest, types] = takenApart(using);
  if (folded(rest) !== column) return undefined;
  const [first, second, ...more] = types;
  if (more.length > 0) return undefined;
  if (first === undefined) return 'column';
  if (second === undefined) return isSame(first, to) ? 'direct' : isPlainText(first) ? 'to text' : undefined;
  return isPlainText(first) && isSame(second, to) ? 'through text' : undefined;
}

const written = /^(.*)::([^:]+)$/s;
const standard = /^CAST\s*\((.*)\s+AS\s+([^:]+)\)$/is;

/** What is cast, and to which types, the first one first. */
function takenApart(using: string): readonly [string, readonly string[]] {
  let rest = unwrapped(using);
  const types: string[] = [];
  for (;;) {
    const [, inner, type] = standard.exec(rest) ?? written.exec(rest) ?? [];
    if (inner === undefined || type === undefined) return [rest, types];
    types.unshift(type.trim());
    rest = unwrapped(inner);
  }
}

function unwrapped(text: string): string {
  let bare = text.trim();
  while (bare.startsWith('(') && isOneBracket(bare)) bare = bare.slice(1, -1).trim();
  return bare;
}

/** Whether the bracket at the start is closed at the end. */
function isOneBracket(text: string): boolean {
  let depth = 0;
  for (const { 0: part, index } of text.matchAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|[()]/g)) {
    if (part === '(') depth += 1;
    if (part === ')') depth -= 1;
    if (depth === 0) return index === text.length - 1;
  }
  return false;
}

/** The last part of a name, as Postgres folds it; undefined for what is no name. */
function folded(text: string): string | undefined {
  const [, name] = /^(?:(?:"(?:[^"]|"")+"|[\w$]+)\s*\.\s*)*("(?:[^"]|"")+"|[\w$]+)$/.exec(text) ?? [];
  return name?.startsWith('"') === true ? name.slice(1, -1).replaceAll('""', '"') : name?.toLowerCase();
}

function isPlainText(type: string): boolean {
  return /^(?:text|varchar|character\s+varying)$/i.test(type);
}

/** Whether a type is the one that `format_type` calls `to`, whatever its length and precision. */
function isSame(type: string, to: string): boolean {
  const wanted = typeName(to);
  const name = type.replace(/(?:\[\d*\])+$/, '');
  if ((name !== type) !== wanted.array) return false;
  const base = name.replace(/\s*\([^)]*\)/, '').replace(/\s+/g, ' ');
  return (aliases[base.toLowerCase()] ?? base.toLowerCase()) === wanted.base || folded(base) === folded(wanted.base);
}

const aliases: Readonly<Record<string, string>> = {
  int: 'integer',
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
  float: 'double precision',
  float4: 'real',
  float8: 'double precision',
  decimal: 'numeric',
  dec: 'numeric',
  bool: 'boolean',
  varchar: 'character varying',
  char: 'character',
  bpchar: 'character',
  varbit: 'bit varying',
  timestamp: 'timestamp without time zone',
  timestamptz: 'timestamp with time zone',
  time: 'time without time zone',
  timetz: 'time with time zone',
};
