import { isOutsideKey, mentions, phrases, words } from '@migrate-lint/core';

/** Names of what has a few values that are known beforehand. */
const states = phrases('status, state, type, level, severity, role, kind, priority, tier, stage, phase, mode');
/** With a list of values beside them these are such names too. */
const choices = phrases(
  'source, channel, category, scope, frequency, period, visibility, format, relationship, reason, action, method',
  'strategy, direction, unit, policy, interval, gender, result, outcome, provider, variant, adapter, platform',
);
/** The values come from a standard, a person or another system. */
const open = phrases(
  'locale, language, lang, country, region, currency, timezone, time zone, tz, name, title, label, slug, description',
  'text, message, note, content, comment, url, uri, path, email, phone, color, colour, icon, emoji, id, key, code, version',
  'format string, model, mime, mime type, content type, media type, file type, token type, theme, font, size',
);

/** Whether a column of this name holds one of a few words (`grantTypes` may hold several), so that a default such as `pending` is one of them. */
export function isStateName(name: string): boolean {
  return isOwnName(name) && states.includes(words(name).at(-1) ?? '');
}

/** Whether a column of this name may be what a list of words in its comment is of. */
export function isChoiceName(name: string): boolean {
  return isOwnName(name) && [...states, ...choices].includes(words(name).at(-1) ?? '');
}

/** Whether this project may say which values there are. */
export function isOwnName(name: string): boolean {
  return !mentions(name, open) && !isOutsideKey(words(name));
}

export interface ListedValues {
  readonly values: readonly string[];
  /** Written as a choice (`a | b`) and not as a mere row of words. */
  readonly choice: boolean;
  /** No `etc.` and no `e.g.`: these are all. */
  readonly complete: boolean;
}

const quoted = String.raw`(?:'[\w-]+'|"[\w-]+"|\`[\w-]+\`)`;
const value = String.raw`(?:${quoted}|[\w-]+)(?:\s*\([^)]*\))?`;
const lists = [
  // `draft | published`, also behind words that end in a colon.
  {
    choice: true,
    form: new RegExp(`(?:^|: ?|\\()(${value}(?:\\s*\\|\\s*${value})+)(?!\\s*(?:\\|\\s*[^.…\\s]|[\\w<[]))`),
  },
  // `"google" or "microsoft"`, whatever follows.
  { choice: true, form: new RegExp(`^(${quoted}(?:(?:,|\\s*/)\\s*${quoted})*,?\\s+or\\s+${quoted})`) },
  { choice: false, form: new RegExp(`^(${value}(?:(?:,|\\s*/)\\s*(?:or\\s+|and\\s+)?${value})+)[\\s,.…]*$`) },
];

/** The values that a line of a comment lists, if it lists any. */
export function listedValues(comment: string): ListedValues | undefined {
  for (const line of comment.split('\n')) {
    if (line.length > 200 || !/[|,/]| or /.test(line)) continue;
    for (const { choice, form } of lists) {
      const [, list = ''] = form.exec(line.trim()) ?? [];
      const words = [...new Set(list.replace(/\([^)]*\)/g, '').match(/[\w-]+/g) ?? [])];
      const values = words.filter(word => !['or', 'and', 'etc'].includes(word));
      if (values.length < 2 || values.some(value => /^\d/.test(value))) continue;
      return { values, choice, complete: !words.includes('etc') && !/(?:\.\.\.|…)\W*$/.test(line) };
    }
  }
  return undefined;
}
