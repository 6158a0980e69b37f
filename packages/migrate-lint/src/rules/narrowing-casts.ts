import type { Level } from '@migrate-lint/core';
import { typeName, type TypeName } from './type-names.ts';

export interface Narrowing {
  /** What happens to a value, as the second half of a sentence: `is rounded to 2 decimals`. */
  readonly does: string;
  readonly level: Level;
  /** Whether the value can be cast back, so that a query finds what changes. */
  readonly back: boolean;
}

type Judge = (old: TypeName, wanted: TypeName, explicit: boolean) => Narrowing | undefined;

/**
 * What Postgres cuts or rounds without a word when a column changes its type. `explicit`: by USING with a plain cast, which cuts where
 * the cast of an assignment refuses. Measured on Postgres: what does not fit in size is refused, what does not fit in precision is not.
 */
export function narrowing(from: string, to: string, explicit: boolean): Narrowing | undefined {
  const [old, wanted] = [typeName(from), typeName(to)];
  if (old.array !== wanted.array) return undefined;
  for (const judge of [ofNumbers, ofMoments, ofTexts, ofOthers]) {
    const found = judge(old, wanted, explicit);
    if (found) return found;
  }
  return undefined;
}

const whole = new Set(['smallint', 'integer', 'bigint']);
const floats = new Map([
  ['real', 6],
  ['double precision', 15],
]);

const ofNumbers: Judge = (old, wanted) => {
  const decimals = decimalsOf(old);
  if (decimals === undefined) return undefined;
  if (whole.has(wanted.base)) return decimals > 0 ? lossy('is rounded to a whole number') : undefined;
  if (wanted.base === 'money') return decimals > 2 ? lossy('is rounded to cents') : undefined;
  const digits = floats.get(wanted.base);
  if (digits !== undefined) return digitsOf(old) > digits ? lossy(`keeps about ${String(digits)} digits`) : undefined;
  const scale = decimalsOf(wanted);
  if (wanted.base !== 'numeric' || scale === undefined || scale >= Math.min(decimals, 10)) return undefined;
  // From a float this is the way to exact money, and what goes is mostly its noise.
  return lossy(`is rounded to ${decimalWords(scale)}`, floats.has(old.base) ? 'low' : 'medium');
};

/** How many decimals a value can have. */
function decimalsOf({ base, modifiers: [size, scale = 0] }: TypeName): number | undefined {
  if (whole.has(base)) return 0;
  if (floats.has(base)) return Infinity;
  if (base === 'money') return 2;
  if (base !== 'numeric') return undefined;
  return size === undefined ? Infinity : scale;
}

function digitsOf({ base, modifiers: [size = Infinity] }: TypeName): number {
  const sizes: Readonly<Record<string, number>> = { smallint: 5, integer: 10, bigint: 19, money: 19 };
  return floats.get(base) ?? sizes[base] ?? size;
}

function decimalWords(scale: number): string {
  if (scale === 0) return 'a whole number';
  return scale === 1 ? '1 decimal' : `${String(scale)} decimals`;
}

const zoned = 'timestamp with time zone';
const moments = new Set([zoned, 'timestamp without time zone']);
const times = new Set(['time without time zone', 'time with time zone']);

const ofMoments: Judge = (old, wanted) => {
  const [digits, wantedDigits] = [old.modifiers[0] ?? 6, wanted.modifiers[0] ?? 6];
  if (moments.has(old.base)) {
    if (wanted.base === 'date') return lossy('loses its time of day');
    if (times.has(wanted.base)) return { ...lossy('loses its day'), back: false };
  }
  if (old.base === 'interval' && times.has(wanted.base)) return lossy('loses its days');
  if (old.base === 'time with time zone' && wanted.base === 'time without time zone')
    return { ...lossy('loses its offset'), back: false };
  const alike = [moments, times, new Set(['interval'])].some(kind => kind.has(old.base) && kind.has(wanted.base));
  if (!alike || wantedDigits >= digits) return undefined;
  // A Date of JavaScript has three digits.
  return lossy(
    `is rounded to ${wantedDigits === 0 ? 'seconds' : `${String(wantedDigits)} digits of a second`}`,
    wantedDigits >= 3 ? 'low' : 'medium',
  );
};

const texts = new Set(['text', 'character varying', 'character', 'name', 'citext']);

const ofTexts: Judge = (old, wanted, explicit) => {
  if (!texts.has(old.base) && old.base !== 'bit' && old.base !== 'bit varying') return undefined;
  if (wanted.base === '"char"') return lossy('is cut to its first byte');
  if (wanted.base === 'name' && old.base !== 'name') return lossy('is cut to 63 bytes');
  const [size] = wanted.modifiers;
  const [oldSize = Infinity] = old.modifiers;
  const isSized = ['character varying', 'character', 'bit', 'bit varying'].includes(wanted.base) && size !== undefined;
  if (!explicit || !isSized || oldSize <= size) return undefined;
  return lossy(`is cut to ${String(size)} ${wanted.base.startsWith('bit') ? 'bits' : 'characters'}`);
};

const ofOthers: Judge = (old, wanted) =>
  old.base === 'inet' && wanted.base === 'cidr' ? lossy('loses the bits of its host') : undefined;

function lossy(does: string, level: Level = 'medium'): Narrowing {
  return { does, level, back: true };
}
