import { skipBlanks } from './parser.ts';

/** A word, literal, quoted name or sign of SQL. */
export interface Token {
  readonly start: number;
  readonly end: number;
  /** Its first character: `'` of a string, `"` of a quoted name, `(`. Of a dollar-quoted string `$`. */
  readonly first: string;
}

/** What has quotes and has to be read past whole. The loops are unrolled: a literal of megabytes would fill the backtracking stack. */
const quoted = new RegExp(
  [
    String.raw`[eE]'[^'\\]*(?:(?:\\[^]|'')[^'\\]*)*'?`,
    String.raw`'[^']*(?:''[^']*)*'?`,
    String.raw`"[^"]*(?:""[^"]*)*"?`,
    String.raw`\$(?:[A-Za-z_\x80-\uffff][\w\x80-\uffff]*)?\$`,
  ].join('|'),
  'y',
);

/** The next token; blanks and comments are skipped. Undefined when there is none before `limit`. */
export function nextToken(text: string, from: number, limit = text.length): Token | undefined {
  const start = skipBlanks(text, from);
  if (start >= limit) return undefined;
  const first = text[start] ?? '';
  return { start, end: endOfToken(text, start, first), first };
}

function endOfToken(text: string, start: number, first: string): number {
  const escapes = (first === 'e' || first === 'E') && text[start + 1] === "'";
  if (escapes || first === "'" || first === '"' || first === '$') {
    quoted.lastIndex = start;
    // A dollar may also be a sign.
    if (!quoted.test(text)) return start + 1;
    return first === '$' ? endOfDollarQuote(text, start, quoted.lastIndex) : quoted.lastIndex;
  }
  // Nearly all of SQL is words, which a loop reads faster than the expression.
  let end = start + 1;
  if (isOfIdentifier(text.charCodeAt(start)))
    while (isOfIdentifier(text.charCodeAt(end)) || text.charCodeAt(end) === dollar) end += 1;
  return end;
}

const dollar = 36;

function endOfDollarQuote(text: string, start: number, opened: number): number {
  const quote = text.slice(start, opened);
  const close = text.indexOf(quote, opened);
  return close === -1 ? text.length : close + quote.length;
}

/** Letters, digits and the underscore; to Postgres all that is not of ASCII is a letter. */
function isOfIdentifier(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code >= 128
  );
}

export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** The clause that starts at `start`: it ends before the next comma, semicolon or closing bracket of its own level. */
export function clauseAt(text: string, start: number, limit: number): Stretch {
  let depth = 0;
  let end = start;
  for (let at = skipBlanks(text, start); at < limit; at = skipBlanks(text, end)) {
    const first = text[at] ?? '';
    if (first === '(' || first === '[') depth += 1;
    else if (first === ')' || first === ']') depth -= 1;
    if (depth < 0 || (depth === 0 && (first === ',' || first === ';'))) break;
    end = endOfToken(text, at, first);
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
