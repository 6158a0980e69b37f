import { plural, singular, words } from '@migrate-lint/core';
import * as z from 'zod';

/** A name, or a regular expression: `/Id$/` in JSON, or a RegExp where the configuration is code. */
export type Pattern = string | RegExp;

const isExpression = (pattern: string): boolean =>
  pattern.length > 2 && pattern.startsWith('/') && pattern.endsWith('/');

/** The option schema of a `Pattern`. */
export const pattern = z.union([
  z.string().refine(isValid, { error: 'it must be a name, or a regular expression between slashes' }),
  z.instanceof(RegExp).meta({ type: 'RegExp' }),
]);

/** The option schema of one pattern or several. */
export const patterns = z.union([pattern, z.array(pattern)]);

function isValid(text: string): boolean {
  if (!isExpression(text)) return true;
  try {
    return new RegExp(text.slice(1, -1)) instanceof RegExp;
  } catch {
    return false;
  }
}

function listed(wanted: Pattern | readonly Pattern[]): readonly Pattern[] {
  return typeof wanted === 'string' || wanted instanceof RegExp ? [wanted] : wanted;
}

/** The first of the patterns that the name fits: a name fits itself. */
export function fitting(name: string, wanted: Pattern | readonly Pattern[]): Pattern | undefined {
  return listed(wanted).find(each => {
    if (typeof each === 'string' && !isExpression(each)) return each === name;
    return name.search(typeof each === 'string' ? new RegExp(each.slice(1, -1)) : each) !== -1;
  });
}

/** The name without the first of these prefixes that it has. */
export function withoutPrefix(name: string, prefixes: Pattern | readonly Pattern[]): string {
  const all = listed(prefixes);
  if (all.length === 0) return name;
  for (const prefix of all) {
    if (typeof prefix === 'string' && !isExpression(prefix)) {
      if (prefix !== '' && name.startsWith(prefix)) return name.slice(prefix.length);
    } else if (fitting(name, prefix) !== undefined) {
      return name.replace(typeof prefix === 'string' ? new RegExp(prefix.slice(1, -1)) : prefix, '');
    }
  }
  return name;
}

export const styles = ['camel', 'pascal', 'snake', 'upper snake'] as const;
export type Style = (typeof styles)[number];

export const styleNames: Readonly<Record<Style, string>> = {
  camel: 'camelCase',
  pascal: 'PascalCase',
  snake: 'snake_case',
  'upper snake': 'UPPER_SNAKE_CASE',
};

const shapes: Readonly<Record<Style, RegExp>> = {
  camel: /^[a-z][a-zA-Z0-9]*$/,
  pascal: /^[A-Z][a-zA-Z0-9]*$/,
  snake: /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/,
  'upper snake': /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/,
};

/** Whether the name is written in this style; acronyms may be (`userID`). */
export function isIn(style: Style, name: string): boolean {
  return shapes[style].test(name);
}

/** The name in this style. A compound word (`GraphQL`) is one word, at the start of a name with a small letter too. */
export function inStyle(style: Style, name: string, compoundWords: readonly string[] = []): string {
  const whole = compoundWords.reduce((text, word) => {
    const small = word.charAt(0).toLowerCase() + word.slice(1);
    const one = `_${word.charAt(0).toUpperCase()}${word.slice(1).toLowerCase()}_`;
    return (text.startsWith(small) ? one + text.slice(word.length) : text).replaceAll(word, one);
  }, name);
  const parts = words(whole);
  if (style === 'snake') return parts.join('_');
  if (style === 'upper snake') return parts.join('_').toUpperCase();
  const capital = parts.map(part => part.charAt(0).toUpperCase() + part.slice(1)).join('');
  return style === 'pascal' ? capital : capital.charAt(0).toLowerCase() + capital.slice(1);
}

/** Words that are both, or that are said in the plural of one thing. */
const either: ReadonlySet<string> = new Set([
  ...[
    'data',
    'metadata',
    'media',
    'news',
    'series',
    'information',
    'info',
    'equipment',
    'staff',
    'feedback',
    'content',
    'software',
  ],
  ...[
    'inventory',
    'traffic',
    'money',
    'settings',
    'preferences',
    'credentials',
    'analytics',
    'statistics',
    'stats',
    'species',
    'following',
    'by',
    'for',
    'to',
    'from',
    'with',
    'in',
    'of',
    'at',
    'on',
    'cc',
    'bcc',
  ],
]);

/** Whether the last word of the name is in the singular or in the plural; `either` where it is both. */
export function numberOf(name: string): 'singular' | 'plural' | 'either' {
  const last = words(name).at(-1) ?? '';
  if (either.has(last) || !/[a-z]{2}/.test(last)) return 'either';
  return singular(last) === last ? 'singular' : 'plural';
}

/** The name with its last word in this number, for a message. */
export function inNumber(name: string, number: 'singular' | 'plural'): string {
  const last = /[A-Z]?[a-z]+$/.exec(name)?.[0] ?? '';
  const one = singular(last.toLowerCase());
  const word = number === 'plural' ? plural(one) : one;
  const written = /^[A-Z]/.test(last) ? word.charAt(0).toUpperCase() + word.slice(1) : word;
  return last === '' ? name : name.slice(0, -last.length) + written;
}
