/** One word of an identifier: an acronym (`API`, `IDs`), a word in any case with its digits (`oauth2`), or digits. */
const word = /\p{Lu}{2,}s(?!\p{Ll})|\p{Lu}+(?!\p{Ll})\d*|\p{Lu}?\p{Ll}+(?:\d+\p{Ll}*)*|\d+/gu;

/** A schema says the same few names over and over. */
const known = new Map<string, readonly string[]>();

/** The words of a name, lower case: `totpBackupCodes`, `totp_backup_codes` and `TOTPBackupCodes` are totp, backup, codes. */
export function words(name: string): readonly string[] {
  let parts = known.get(name);
  if (!parts) {
    parts = (name.replace(/OAuth/g, 'Oauth').match(word) ?? []).map(part => part.toLowerCase());
    known.set(name, parts);
  }
  return parts;
}

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
export function singular(word: string): string {
  const exception = irregular.get(word);
  // `ms`, `us` and `os` are one of their kind.
  if (exception !== undefined || word.length < 3) return exception ?? word;
  if (/[^aeiou]ies$/.test(word)) return `${word.slice(0, -3)}y`;
  if (/(?:ss|x|ch|sh|zz|[^aeou]us)es$/.test(word)) return word.slice(0, -2);
  return /[^aius]s$/.test(word) || /[^i]as$/.test(word) ? word.slice(0, -1) : word;
}

/** The plural of an English word in the singular: `category` → categories. */
export function plural(word: string): string {
  for (const [many, one] of irregular) if (one === word) return many;
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return /(?:s|x|z|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
}

/** Equal for names that differ only in case style and in singular or plural: `user_profiles` and `UserProfile`. */
export function nameKey(name: string | readonly string[]): string {
  const parts = typeof name === 'string' ? words(name) : name;
  return [...parts.slice(0, -1), singular(parts.at(-1) ?? '')].join('');
}

/** A list of phrases for `mentions`, written as lines with commas. */
export function phrases(...lines: readonly string[]): readonly string[] {
  return lines.flatMap(line => line.split(', '));
}

/**
 * Whether one of these phrases stands in the name as whole words, in the singular or the plural: `api key` stands in
 * `stripeApiKeys` and in `apikey`, `pin` does not stand in `pinned`. Digits behind a word do not count: `percent24h`.
 */
export function mentions(name: string | readonly string[], wanted: readonly string[]): boolean {
  const { spellings, beginnings, longest } = spellingsOf(wanted);
  const parts = typeof name === 'string' ? bareWords(name) : name.map(bare);
  for (let from = 0; from < parts.length; from += 1) {
    if (!beginnings.has(parts[from] ?? '')) continue;
    let text = '';
    for (let to = from; to < Math.min(parts.length, from + longest); to += 1) {
      text = to === from ? (parts[to] ?? '') : `${text} ${parts[to] ?? ''}`;
      if (spellings.has(text)) return true;
    }
  }
  return false;
}

const bareNames = new Map<string, readonly string[]>();

function bareWords(name: string): readonly string[] {
  let parts = bareNames.get(name);
  if (!parts) {
    parts = words(name).map(bare);
    bareNames.set(name, parts);
  }
  return parts;
}

/** In the singular and without digits behind it. */
function bare(word: string): string {
  return singular(word.replace(/(?<=[a-z])\d.*/, ''));
}

interface Spellings {
  readonly spellings: ReadonlySet<string>;
  readonly beginnings: ReadonlySet<string>;
  readonly longest: number;
}

const prepared = new WeakMap<readonly string[], Spellings>();

/** `api key` and `apikey`. */
function spellingsOf(wanted: readonly string[]): Spellings {
  let found = prepared.get(wanted);
  if (!found) {
    const spellings = new Set(wanted.flatMap(phrase => [phrase, phrase.replaceAll(' ', '')]));
    const beginnings = new Set([...spellings].map(phrase => phrase.replace(/ .*/, '')));
    found = { spellings, beginnings, longest: Math.max(0, ...wanted.map(phrase => phrase.split(' ').length)) };
    prepared.set(wanted, found);
  }
  return found;
}
