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
    String.raw`\$(?:[A-Za-z_\x80-\uffff][\w\x80-\uffff]*)?\$`,
    String.raw`[\w\x80-\uffff][\w$\x80-\uffff]*`,
    String.raw`[^]`,
  ].join('|'),
  'y',
);

/** The next token; blanks and comments are skipped. Undefined when there is none before `limit`. */
export function nextToken(text: string, from: number, limit = text.length): Token | undefined {
  const start = skipBlanks(text, from);
  if (start >= limit) return undefined;
  token.lastIndex = start;
  token.test(text);
  let end = token.lastIndex;
  const first = text[start] ?? '';
  if (first === '$' && end > start + 1) {
    const quote = text.slice(start, end);
    const close = text.indexOf(quote, end);
    end = close === -1 ? text.length : close + quote.length;
  }
  return { start, end, first };
}

export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** The clause that starts at `start`: it ends before the next comma, semicolon or closing bracket of its own level. */
export function clauseAt(text: string, start: number, limit: number): Stretch {
  let depth = 0;
  let end = start;
  for (let next = nextToken(text, end, limit); next; next = nextToken(text, next.end, limit)) {
    const { first } = next;
    if (first === '(' || first === '[') depth += 1;
    else if (first === ')' || first === ']') depth -= 1;
    if (depth < 0 || (depth === 0 && (first === ',' || first === ';'))) break;
    end = next.end;
  }
  return { start, end };
}

/** The clauses of a list that starts at `start`, such as the subcommands of an `ALTER TABLE`. */
export function clausesFrom(text: string, start: number, limit: number): readonly Stretch[] {
  const clauses: Stretch[] = [];
  for (let at = skipBlanks(text, start); at < limit;) {
    const clause = clauseAt(text, at, limit);
    clauses.push(clause);
    const comma = skipBlanks(text, clause.end);
    if (text[comma] !== ',') break;
    at = skipBlanks(text, comma + 1);
  }
  return clauses;
}

/** The offset behind a possibly qualified name: `"public"."users"`, with the `*` or bracket that may follow a table. */
export function endOfName(text: string, start: number): number {
  let end = start;
  let wantsName = true;
  for (let next = nextToken(text, end); next; next = nextToken(text, next.end)) {
    const closes = next.first === '*' || next.first === ')';
    if (!closes && (next.first === '.') === wantsName) break;
    if (!closes) wantsName = !wantsName;
    end = next.end;
  }
  return end;
}
