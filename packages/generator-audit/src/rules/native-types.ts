import { remembered, type Field, type Provider } from '@migrate-lint/core';

const implied: Readonly<Partial<Record<Provider, Readonly<Record<string, string>>>>> = {
  postgresql: { String: 'Text', Int: 'Integer', Bytes: 'ByteA', DateTime: 'Timestamp(3)' },
  cockroachdb: { Int: 'Int4', BigInt: 'Int8', DateTime: 'Timestamp(3)' },
  mysql: { String: 'VarChar(191)', Bytes: 'LongBlob', DateTime: 'DateTime(3)' },
  sqlserver: { String: 'NVarChar(1000)', DateTime: 'DateTime2' },
};

/** The native type, said or implied. */
export function typeOf({ type, kind, nativeType }: Field, provider: Provider): string {
  if (nativeType) return nativeType.name + (nativeType.args.length > 0 ? `(${nativeType.args.join(', ')})` : '');
  return (kind === 'scalar' ? implied[provider]?.[type] : undefined) ?? type;
}

const bytes: Readonly<Record<string, number>> = {
  TinyInt: 1,
  Int2: 2,
  SmallInt: 2,
  MediumInt: 3,
  Int: 4,
  Int4: 4,
  Integer: 4,
  Int8: 8,
  BigInt: 8,
};

/** Types of one family compare with each other (measured on Postgres 17); the size tells what one can hold. */
export const familyOf = remembered((type): readonly [family: string, size: number] => {
  const [, name = '', length] = /^(\w+)(?:\((\d+))?/.exec(type) ?? [];
  const size = bytes[name.replace(/^Unsigned/, '')];
  if (size !== undefined) return ['integer', size];
  if (/^(?:Date|Timestamp)/.test(name)) return ['time', 0];
  if (/^(?:Decimal|Float|Double|Real)/.test(name)) return ['number', 0];
  if (!/^(?:N?(?:Var)?Char|Text|Citext|String)$/.test(name)) return [name, 0];
  const unsized = /^N?Char$/.test(name) ? 1 : Infinity;
  return ['text', length === undefined ? unsized : Number(length)];
});

/** How many characters the ids that Prisma makes for the key have. */
export function madeLength({ default: made }: Field): number {
  if (made?.kind !== 'function') return Infinity;
  const lengths: Readonly<Record<string, number>> = { uuid: 36, cuid: 25, ulid: 26, nanoid: 21 };
  const [said] = made.name === 'nanoid' ? made.args : [];
  return said === undefined ? (lengths[made.name] ?? Infinity) : Number(said);
}

/** The attribute that gives another field the same native type. */
export function attributeOf({ nativeType }: Field): string | undefined {
  if (!nativeType) return undefined;
  return `@db.${nativeType.name}${nativeType.args.length > 0 ? `(${nativeType.args.join(', ')})` : ''}`;
}
