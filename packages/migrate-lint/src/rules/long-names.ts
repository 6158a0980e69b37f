/** A name in SQL that is longer than Postgres keeps. */
interface LongName {
  readonly name: string;
  readonly at: number;
  /** As it is written, with its quotes. */
  readonly length: number;
}

const limit = 63;
const encoder = new TextEncoder();

/** Strings, bodies and comments are read past; what is left are names. */
const token =
  /'(?:[^']|'')*'|\$([A-Za-z_\x80-\uffff][\w\x80-\uffff]*)?\$[\s\S]*?\$\1\$|--[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"]|"")*"|[A-Za-z_\x80-\uffff][\w$\x80-\uffff]*/g;

/** Nearly no statement has anything like it. */
const mayBeLong = /(?<![\w$])[\w$]{64}|"[^"]{64}|[^\x00-\x7f]/;

/** The names in SQL that Postgres cuts. */
export function longNames(sql: string): readonly LongName[] {
  if (!mayBeLong.test(sql)) return [];
  return [...sql.matchAll(token)].flatMap(({ 0: text, index }) => {
    if (!/^["A-Za-z_\x80-\uffff]/.test(text)) return [];
    const name = text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text.toLowerCase();
    return bytesOf(name) > limit ? [{ name, at: index, length: text.length }] : [];
  });
}

/** The name as Postgres keeps it: no character is cut in two. */
export function cutName(name: string): string {
  let short = '';
  let bytes = 0;
  for (const character of name) {
    bytes += bytesOf(character);
    if (bytes > limit) break;
    short += character;
  }
  return short;
}

export function bytesOf(name: string): number {
  return encoder.encode(name).length;
}
