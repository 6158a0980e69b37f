export interface Token {
  readonly kind: 'name' | 'string' | 'number' | 'mark' | 'newline' | 'unknown' | 'end';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The words of a .prisma text without blanks and comments. The last one is `end`. */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  const length = text.length;
  token.lastIndex = 0;
  for (let found = token.exec(text); found; found = token.exec(text)) {
    const [word, blank] = found;
    if (blank === undefined) tokens.push({ kind: kindOf(word), text: word, start: found.index, end: token.lastIndex });
    if (token.lastIndex === length) break;
  }
  tokens.push({ kind: 'end', text: '', start: length, end: length });
  return tokens;
}

// A byte order mark is a blank here; what nothing else takes is one unknown character.
const token =
  /([ \t\uFEFF]+|\/\/[^\r\n]*|\/\*[^]*?\*\/)|\r?\n|\r|"(?:[^"\\\r\n]|\\.)*"|-?\d+(?:\.\d+)?(?![\p{L}\d_])|[\p{L}\p{N}][\p{L}\p{N}_-]*|@@|[^]/uy;

function kindOf(word: string): Token['kind'] {
  const first = word.charCodeAt(0);
  if (isLetter(first)) return 'name';
  if (word.endsWith('\n') || word === '\r') return 'newline';
  if (first === 0x22) return word.length > 1 ? 'string' : 'unknown';
  if ((first >= 0x30 && first <= 0x39) || (first === 0x2d && word.length > 1)) {
    return /^-?\d+(?:\.\d+)?$/.test(word) ? 'number' : 'name';
  }
  if (first < 0x80) return marks.has(word) ? 'mark' : 'unknown';
  return /^[\p{L}\p{N}]/u.test(word) ? 'name' : 'unknown';
}

const marks = new Set(['@', '@@', '{', '}', '(', ')', '[', ']', ',', ':', '.', '?', '=']);

function isLetter(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a);
}
