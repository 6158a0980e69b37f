import { remembered, rememberedFor } from './remembered.ts';
import { flatMap } from './lists.ts';

/** One word of an identifier: an acronym (`API`, `IDs`), a word in any case with its digits (`oauth2`), or digits. */
const word = /\p{Lu}{2,}s(?!\p{Ll})|\p{Lu}+(?!\p{Ll})\d*|\p{Lu}?\p{Ll}+(?:\d+\p{Ll}*)*|\d+/gu;

/** The words of a name, lower case: `totpBackupCodes`, `totp_backup_codes` and `TOTPBackupCodes` are totp, backup, codes. */
export const words = remembered((name): readonly string[] =>
  (name.replace(/OAuth/g, 'Oauth').match(word) ?? []).map(part => part.toLowerCase()),
);

const irregular: ReadonlyMap<string, string> = new Map([
  ['people', 'person'],
  ['children', 'child'],
  ['men', 'man'],
  ['women', 'woman'],
  ['indices', 'index'],
  ['series', 'series'],
  ['gas', 'gas'],
  ['news', 'news'],
  ['movies', 'movie'],
  ['cookies', 'cookie'],
  ['caches', 'cache'],
]);

/** An English word in the singular: `categories` → category, `statuses` → status. What has no plural stays as it is. */
export const singular = remembered((word): string => {
  const exception = irregular.get(word);
  // `ms`, `us` and `os` are one of their kind.
  if (exception !== undefined || word.length < 3 || !word.endsWith('s')) return exception ?? word;
  if (/[^aeiou]ies$/.test(word)) return `${word.slice(0, -3)}y`;
  if (/(?:ss|x|ch|sh|zz|[^aeou]us)es$/.test(word)) return word.slice(0, -2);
  return /[^aius]s$/.test(word) || /[^i]as$/.test(word) ? word.slice(0, -1) : word;
});

/** The plural of an English word in the singular: `category` → categories. */
export const plural = remembered((word): string => {
  const exception = irregularPlurals.get(word);
  if (exception !== undefined) return exception;
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return /(?:s|x|z|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
});

const irregularPlurals: ReadonlyMap<string, string> = new Map([...irregular].map(([many, one]) => [one, many]));

/** Equal for names that differ only in case style and in singular or plural: `user_profiles` and `UserProfile`. */
export function nameKey(name: string | readonly string[]): string {
  return typeof name === 'string' ? keyOfName(name) : keyOfWords(name);
}

const keyOfName = remembered(name => keyOfWords(words(name)));

function keyOfWords(parts: readonly string[]): string {
  return [...parts.slice(0, -1), singular(parts.at(-1) ?? '')].join('');
}

/** A list of phrases for `mentions`, written as lines with commas. */
export function phrases(...lines: readonly string[]): readonly string[] {
  return flatMap(lines, line => line.split(', '));
}

/**
 * Whether one of these phrases stands in the name as whole words, in the singular or the plural: `api key` stands in
 * `stripeApiKeys` and in `apikey`, `pin` does not stand in `pinned`. Digits behind a word do not count: `percent24h`.
 */
export function mentions(name: string | readonly string[], wanted: readonly string[]): boolean {
  const spellings = spellingsOf(wanted);
  return typeof name === 'string' ? spellings.standIn(name) : spellings.areIn(name.map(bare));
}

/** Whether the name ends in one of these phrases: `api key` ends `stripeApiKeys`, and not `apiKeyId`. */
export function endsIn(name: string | readonly string[], wanted: readonly string[]): boolean {
  const spellings = spellingsOf(wanted);
  return typeof name === 'string' ? spellings.endName(name) : spellings.end(name.map(bare));
}

const bareWords = remembered(name => words(name).map(bare));

/** In the singular and without digits behind it. */
const bare = remembered(word => singular(word.replace(/(?<=[a-z])\d.*/, '')));

/** The phrases of one list in all their spellings: `api key` and `apikey`. */
class Spellings {
  readonly #spellings = new Set<string>();
  readonly #beginnings = new Set<string>();
  #longest = 0;

  constructor(phrases: readonly string[]) {
    for (const phrase of phrases) {
      const parts = phrase.split(' ');
      const [first = ''] = parts;
      this.#longest = Math.max(this.#longest, parts.length);
      this.#spellings.add(phrase);
      this.#beginnings.add(first);
      if (parts.length === 1) continue;
      const joined = parts.join('');
      this.#spellings.add(joined);
      this.#beginnings.add(joined);
    }
  }

  readonly standIn = remembered(name => this.areIn(bareWords(name)));

  readonly endName = remembered(name => this.end(bareWords(name)));

  end(parts: readonly string[]): boolean {
    let text = '';
    for (let from = parts.length - 1; from >= Math.max(0, parts.length - this.#longest); from -= 1) {
      text = from === parts.length - 1 ? (parts[from] ?? '') : `${parts[from] ?? ''} ${text}`;
      if (this.#spellings.has(text)) return true;
    }
    return false;
  }

  areIn(parts: readonly string[]): boolean {
    for (let from = 0; from < parts.length; from += 1) {
      if (!this.#beginnings.has(parts[from] ?? '')) continue;
      let text = '';
      for (let to = from; to < Math.min(parts.length, from + this.#longest); to += 1) {
        text = to === from ? (parts[to] ?? '') : `${text} ${parts[to] ?? ''}`;
        if (this.#spellings.has(text)) return true;
      }
    }
    return false;
  }
}

const spellingsOf = rememberedFor((wanted: readonly string[]) => new Spellings(wanted));
