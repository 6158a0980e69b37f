/** Values that SQLite keeps in a column, and Prisma Client does not read from it. */
export interface Unreadable {
  /** What a value does or is, for a sentence. */
  readonly what: string;
  /** Under the quoted name of the column. */
  condition(name: string): string;
}

const isInteger = /^(?:int|integer|bigint)$/;

/** The values of a type that another one does not read; undefined where it reads all, or where nobody knows. */
export function unreadable(from: string, to: string): Unreadable | undefined {
  if (from === 'bigint' && /^int(?:eger)?$/.test(to)) return beyond;
  if (from === 'datetime' && /^int(?:eger)?$/.test(to)) return moment;
  if (from !== 'text') return undefined;
  if (isInteger.test(to)) return noInteger;
  return ofText[to];
}

const beyond: Unreadable = {
  what: 'is beyond 2147483647',
  condition: name => `abs(${name}) > 2147483647`,
};

/** Milliseconds, or a text. */
const moment: Unreadable = { what: 'is a moment', condition: name => `${name} IS NOT NULL` };

const noInteger: Unreadable = {
  what: 'is no number',
  condition: name => `ltrim(${name}, '+-') = '' OR ltrim(${name}, '+-') GLOB '*[^0-9]*'`,
};

const noNumber: Unreadable = {
  what: 'is no number',
  condition: name => `${name} = '' OR ${name} GLOB '*[^0-9.eE+-]*'`,
};

const ofText: Readonly<Record<string, Unreadable>> = {
  real: noNumber,
  decimal: noNumber,
  boolean: { what: 'is neither 0 nor 1', condition: name => `${name} NOT IN ('0', '1')` },
  datetime: {
    what: 'is no date',
    // Digits alone become milliseconds.
    condition: name => `${name} = '' OR ${name} GLOB '*[^0-9]*' AND datetime(${name}) IS NULL`,
  },
};
