export interface Token {
  readonly kind: 'name' | 'string' | 'number' | 'mark' | 'newline' | 'unknown' | 'end';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/**
 * The words of a .prisma text without blanks and comments; the last one is `end`. By character codes: the regular
 * expression that says the same takes five times as long, and `prisma generate` waits for it.
 */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let start = 0;
  while (start < text.length) {
    const code = text.charCodeAt(start);
    let kind: Token['kind'] | undefined = 'unknown';
    let end = start + 1;
    if (code === space || code === tab || code === byteOrderMark) kind = undefined;
    else if (code === lineFeed || code === carriageReturn) kind = 'newline';
    else if (isWord(code) || (code === minus && isDigit(text.charCodeAt(end)))) {
      end = wordEnd(text, end, code);
      kind =
        isDigit(code) || code === minus
          ? /\D/.test(text.slice(start + 1, end).replace('.', ''))
            ? 'name'
            : 'number'
          : 'name';
    } else if (code === quote) {
      end = stringEnd(text, start);
      kind = end === start + 1 ? 'unknown' : 'string';
    } else if (code === slash) {
      const closed = commentEnd(text, start);
      if (closed !== undefined) kind = undefined;
      end = closed ?? end;
    } else if (code === at && text.charCodeAt(end) === at) {
      end += 1;
      kind = 'mark';
    } else if (marks.has(code)) kind = 'mark';
    if (kind) tokens.push({ kind, text: text.slice(start, end), start, end });
    start = end;
  }
  tokens.push({ kind: 'end', text: '', start, end: start });
  return tokens;
}

const [tab, lineFeed, carriageReturn, space, quote, star, minus, dot, slash, at, underscore, backslash] =
  codes('\t\n\r "*-./@_\\');
const byteOrderMark = 0xfeff;
const marks = new Set(codes('@{}()[],:.?='));

function codes(text: string): number[] {
  return [...text].map(character => character.charCodeAt(0));
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** Letters of all scripts, digits and `_`; which of them a name may begin with is for Prisma's validator to say. */
function isWord(code: number): boolean {
  const letter = code | 0x20;
  return (
    (letter >= 0x61 && letter <= 0x7a) ||
    isDigit(code) ||
    code === underscore ||
    (code > 0x7f && code !== byteOrderMark)
  );
}

function wordEnd(text: string, from: number, first: number): number {
  let end = from;
  let code = text.charCodeAt(end);
  const numeric = isDigit(first) || first === minus;
  while (isWord(code) || code === minus || (numeric && code === dot && isDigit(text.charCodeAt(end + 1)))) {
    end += 1;
    code = text.charCodeAt(end);
  }
  return end;
}

/** Behind the closing quote, or behind the opening one if the line ends first. */
function stringEnd(text: string, start: number): number {
  for (let end = start + 1; end < text.length; end += 1) {
    const code = text.charCodeAt(end);
    if (code === quote) return end + 1;
    if (code === lineFeed || code === carriageReturn) break;
    if (code === backslash) end += 1;
  }
  return start + 1;
}

function commentEnd(text: string, start: number): number | undefined {
  const second = text.charCodeAt(start + 1);
  if (second === slash) {
    const end = text.indexOf('\n', start);
    return end === -1 ? text.length : end;
  }
  const end = second === star ? text.indexOf('*/', start + 2) : -1;
  return end === -1 ? undefined : end + 2;
}
