/** One word of an identifier: an acronym (`API`, `IDs`), a word in any case with its digits (`oauth2`), or digits. */
const word = /\p{Lu}{2,}s(?!\p{Ll})|\p{Lu}+(?!\p{Ll})\d*|\p{Lu}?\p{Ll}+(?:\d+\p{Ll}*)*|\d+/gu;

/** The words of a name, lower case: `totpBackupCodes`, `totp_backup_codes` and `TOTPBackupCodes` are totp, backup, codes. */
export function words(name: string): readonly string[] {
  return (name.replace(/OAuth/g, 'Oauth').match(word) ?? []).map(part => part.toLowerCase());
}

const irregular: ReadonlyMap<string, string> = new Map([
  ['people', 'person'],
  ['children', 'child'],
  ['men', 'man'],
  ['women', 'woman'],
  ['indices', 'index'],
  ['series', 'series'],
  ['news', 'news'],
  ['movies', 'movie'],
  ['cookies', 'cookie'],
  ['caches', 'cache'],
]);

/** An English word in the singular: `categories` → category, `statuses` → status. What has no plural stays as it is. */
export function singular(word: string): string {
  const known = irregular.get(word);
  if (known !== undefined) return known;
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
export function mentions(name: string | readonly string[], phrases: Iterable<string>): boolean {
  const parts = (typeof name === 'string' ? words(name) : name).map(part =>
    singular(part.replace(/(?<=\p{Ll})\d.*/u, '')),
  );
  const text = ` ${parts.join(' ')} `;
  for (const phrase of phrases)
    if (text.includes(` ${phrase} `) || text.includes(` ${phrase.replaceAll(' ', '')} `)) return true;
  return false;
}
