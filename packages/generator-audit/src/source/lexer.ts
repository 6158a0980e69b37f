/** Of a mark the kind is the mark itself. */
export type TokenKind = 'name' | 'string' | 'number' | 'newline' | 'unknown' | 'end' | Mark;
type Mark = '@' | '@@' | '{' | '}' | '(' | ')' | '[' | ']' | ',' | ':' | '.' | '?' | '=';

/**
 * Reads the words of a .prisma text, one at a time, without blanks and comments. By character codes and without a list
 * of tokens: `prisma generate` waits for it, and a regular expression takes five times as long.
 */
export class Lexer {
  readonly text: string;
  kind: TokenKind = 'end';
  start = 0;
  end = 0;

  /** It stands on the first word. */
  constructor(text: string) {
    this.text = text;
    this.next();
  }

  get word(): string {
    return this.text.slice(this.start, this.end);
  }

  /** Goes back, or ahead, to the word at an offset. */
  moveTo(offset: number): void {
    this.end = offset;
    this.next();
  }

  next(): void {
    const { text } = this;
    this.start = skipBlanks(text, this.end);
    this.end = this.start + 1;
    if (this.start >= text.length) {
      this.start = this.end = text.length;
      this.kind = 'end';
      return;
    }
    const code = text.charCodeAt(this.start);
    if (isWord(code) || (code === minus && isDigit(text.charCodeAt(this.end)))) {
      this.end = wordEnd(text, this.end, isDigit(code) || code === minus);
      this.kind = (isDigit(code) || code === minus) && /^-?\d+(?:\.\d+)?$/.test(this.word) ? 'number' : 'name';
    } else if (code === lineFeed || code === carriageReturn) this.kind = 'newline';
    else if (code === quote) {
      this.end = stringEnd(text, this.start);
      this.kind = this.end === this.start + 1 ? 'unknown' : 'string';
    } else if (code === at && text.charCodeAt(this.end) === at) {
      this.end += 1;
      this.kind = '@@';
    } else this.kind = marks.get(code) ?? 'unknown';
  }
}

const tab = 0x09;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const space = 0x20;
const quote = 0x22;
const star = 0x2a;
const minus = 0x2d;
const dot = 0x2e;
const slash = 0x2f;
const at = 0x40;
const backslash = 0x5c;
const underscore = 0x5f;
const byteOrderMark = 0xfeff;
const marks = new Map(
  (['@', '{', '}', '(', ')', '[', ']', ',', ':', '.', '?', '='] as const).map(mark => [mark.charCodeAt(0), mark]),
);

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** Letters of all scripts, digits and `_`; which of them a name may begin with is for Prisma's validator to say. */
function isWord(code: number): boolean {
  const letter = code | 0x20;
  if (letter >= 0x61 && letter <= 0x7a) return true;
  return isDigit(code) || code === underscore || (code > 0x7f && code !== byteOrderMark);
}

function skipBlanks(text: string, from: number): number {
  let offset = from;
  for (;;) {
    const code = text.charCodeAt(offset);
    if (code === space || code === tab || code === byteOrderMark) offset += 1;
    else {
      const end = code === slash ? commentEnd(text, offset) : undefined;
      if (end === undefined) return offset;
      offset = end;
    }
  }
}

/** Behind the comment that starts here; the line end is not part of it. */
function commentEnd(text: string, start: number): number | undefined {
  const second = text.charCodeAt(start + 1);
  if (second === slash) {
    const end = text.indexOf('\n', start);
    return end === -1 ? text.length : end;
  }
  const end = second === star ? text.indexOf('*/', start + 2) : -1;
  return end === -1 ? undefined : end + 2;
}

function wordEnd(text: string, from: number, numeric: boolean): number {
  for (let end = from; ; end += 1) {
    const code = text.charCodeAt(end);
    if (isWord(code) || code === minus || (numeric && code === dot && isDigit(text.charCodeAt(end + 1)))) continue;
    return end;
  }
}

/** Behind the closing quote, or behind the opening one if the line ends first. */
function stringEnd(text: string, start: number): number {
  for (let end = start + 1; end < text.length; end += 1) {
    const code = text.charCodeAt(end);
    if (code === quote) return end + 1;
    if (code === lineFeed || code === carriageReturn) break;
    if (code === backslash && text.charCodeAt(end + 1) !== lineFeed) end += 1;
  }
  return start + 1;
}
