/** How values of one type become another. */
export interface Conversion {
  /** The USING expression; undefined where Postgres converts on assignment, and refuses what does not fit in place of cutting it off. */
  readonly using: string | undefined;
  /** No value changes, and none is refused. */
  readonly lossless: boolean;
  /** A foreign key can tie a column of the one type to one of the other. */
  readonly comparable: boolean;
}

const text = /^(?:text|character varying(?:\(\d+\))?|character(?:\(\d+\))?|citext)$/;
const families: readonly RegExp[] = [
  text,
  /^(?:smallint|integer|bigint|numeric(?:\(.*\))?|real|double precision)$/,
  /^(?:timestamp(?:\(\d\))? without time zone|timestamp(?:\(\d\))? with time zone|date)$/,
  /^jsonb?$/,
];

/** How to convert a column, given as SQL, from one type to another, both as `format_type` writes them. */
export function conversion(from: string, to: string, column: string): Conversion {
  const lossless = isWidening(from, to);
  const [base, target] = [from.replace(/(\[\])+$/, ''), to.replace(/(\[\])+$/, '')];
  const family = families.findIndex(one => one.test(base));
  const comparable =
    from.endsWith('[]') === to.endsWith('[]') && family !== -1 && families[family]?.test(target) === true;
  return { using: using(from, to, base, target, column, comparable), lossless, comparable };
}

function using(
  from: string,
  to: string,
  base: string,
  target: string,
  column: string,
  sameFamily: boolean,
): string | undefined {
  if (!from.endsWith('[]') && to.endsWith('[]'))
    return `CASE WHEN ${column} IS NULL THEN NULL ELSE ARRAY[${cast(base, target, column, '')}] END`;
  if (from.endsWith('[]') && !to.endsWith('[]'))
    return base === target ? `${column}[1]` : cast(base, target, `(${column}[1])`, '');
  // Prisma writes UTC into timestamps; the server's own zone would shift them.
  if (
    base.endsWith('with time zone') !== target.endsWith('with time zone') &&
    base.startsWith('timestamp') &&
    target.startsWith('timestamp')
  )
    return `${column} AT TIME ZONE 'UTC'`;
  if (sameFamily || text.test(target)) return undefined;
  return cast(base, target, column, from.endsWith('[]') ? '[]' : '');
}

/** Two enums, or a number and a uuid, have no cast between them, but both can be written as text. */
function cast(base: string, target: string, column: string, list: string): string {
  const direct = text.test(base) || text.test(target) || casts.has(`${base} ${target}`) || sameFamilyOf(base, target);
  return direct ? `${column}::${target}${list}` : `${column}::text${list}::${target}${list}`;
}

const casts = new Set(['boolean integer', 'integer boolean']);

function sameFamilyOf(base: string, target: string): boolean {
  return families.some(family => family.test(base) && family.test(target));
}

const integers = ['smallint', 'integer', 'bigint'];

function isWidening(from: string, to: string): boolean {
  if (integers.includes(from) && integers.includes(to)) return integers.indexOf(from) < integers.indexOf(to);
  if (from === 'real' && to === 'double precision') return true;
  const [old, wanted] = [sized(from), sized(to)];
  if (old.name === 'character varying') {
    if (wanted.name === 'text') return true;
    return wanted.name === old.name && (wanted.size ?? Infinity) >= (old.size ?? Infinity);
  }
  // An array's or numeric's typmod is not a length: whoever changes it looks first.
  return old.name === wanted.name && old.name.startsWith('timestamp') && (wanted.size ?? 6) >= (old.size ?? 6);
}

function sized(type: string): { name: string; size: number | undefined } {
  const match = /^([a-z ]+)\((\d+)\)([a-z ]*)$/.exec(type);
  return match
    ? { name: `${match[1] ?? ''}${match[3] ?? ''}`, size: Number(match[2]) }
    : { name: type, size: undefined };
}
