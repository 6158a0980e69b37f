import { skipBlanks } from './parser.ts';

/** A word, literal, quoted name or sign of SQL. */
export interface Token {
  readonly start: number;
  readonly end: number;
  /** Its first character: `'` of a string, `"` of a quoted name, `(`. Of a dollar-quoted string `$`. */
  readonly first: string;
}

/** What has to be read past whole. The loops are unrolled: a literal of megabytes would fill the backtracking stack. */
const token = new RegExp(
  [
    String.raw`[eE]'[^'\\]*(?:(?:\\[^]|'')[^'\\]*)*'?`,
    String.raw`'[^']*(?:''[^']*)*'?`,
    String.raw`"[^"]*(?:""[^"]*)*"?`,
    String.raw`\$(?<tag>[A-Za-z_\x80-\uffff][\w\x80-\uffff]*)?\$`,
    String.raw`[\w\x80-\uffff][\w$\x80-\uffff]*`,
    String.raw`[^]`,
  ].join('|'),
  'y',
);

/** The tokens of a stretch of SQL; blanks and comments are left out. */
export function* tokens(text: string, from: number, to = text.length): Generator<Token> {
  for (let start = skipBlanks(text, from); start < to; ) {
    token.lastIndex = start;
    const found = token.exec(text)?.[0] ?? '';
    let end = start + found.length;
    if (found.length > 1 && found.startsWith('$')) {
      const close = text.indexOf(found, end);
      end = close === -1 ? text.length : close + found.length;
    }
    yield { start, end, first: text[start] ?? '' };
    start = skipBlanks(text, end);
  }
}

export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** The clause that starts at `start`: it ends before the next comma, semicolon or closing bracket of its own level. */
export function clauseAt(text: string, start: number, limit: number): Stretch {
  let depth = 0;
  let end = start;
  for (const { first, end: tokenEnd } of tokens(text, start, limit)) {
    if (first === '(' || first === '[') depth += 1;
    else if (first === ')' || first === ']') depth -= 1;
    if (depth < 0 || (depth === 0 && (first === ',' || first === ';'))) break;
    end = tokenEnd;
  }
  return { start, end };
}

/** The clauses of a list that starts at `start`, such as the subcommands of an `ALTER TABLE`. */
export function clausesFrom(text: string, start: number, limit: number): readonly Stretch[] {
  const clauses: Stretch[] = [];
  for (let at = skipBlanks(text, start); at < limit; ) {
    const clause = clauseAt(text, at, limit);
    clauses.push(clause);
    const comma = skipBlanks(text, clause.end);
    if (text[comma] !== ',') break;
    at = skipBlanks(text, comma + 1);
  }
  return clauses;
}

/** The offset behind a possibly qualified name: `"public"."users"`, with the `*` that may follow a table. */
export function endOfName(text: string, start: number): number {
  let end = start;
  let wantsName = true;
  for (const token of tokens(text, start)) {
    const isDot = token.first === '.';
    if (token.first === '*' || token.first === ')') {
      end = token.end;
      continue;
    }
    if (isDot === wantsName) break;
    wantsName = isDot;
    end = token.end;
  }
  return end;
}
