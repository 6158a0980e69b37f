/** What moves the cursor, breaks the line or turns the direction of writing. */
const hostile = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** A name or message out of a schema or database on one line, its control characters as `\n` or `\x1b`. */
export function oneLine(text: string): string {
  return text.replace(hostile, character => {
    const code = character.codePointAt(0) ?? 0;
    if (character === '\n') return '\\n';
    if (character === '\r') return '\\r';
    if (character === '\t') return '\\t';
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}

/** A line of source code; every character keeps its column, so that a marker below it stays in its place. */
export function codeLine(text: string): string {
  return text.replace(hostile, character => (character === '\t' ? ' ' : '\u00b7'));
}
