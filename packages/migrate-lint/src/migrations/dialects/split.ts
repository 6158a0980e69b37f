import type { Stretch } from '../clauses.ts';
import type { Dialect } from './dialect.ts';

export interface SplitScript {
  /** The script with every place where it was, and its names, literals and comments written as Postgres writes them. */
  readonly plain: string;
  readonly statements: readonly Stretch[];
}

const tokens: Readonly<Record<Dialect, RegExp>> = {
  mysql: tokenOf(String.raw`--(?=[\s\x00]|$)[^\n]*|#[^\n]*|\/\*[^]*?(?:\*\/|$)`, String.raw`(?:[^Q\\]|\\[^]|QQ)*`),
  sqlite: tokenOf(String.raw`--[^\n]*|\/\*[^]*?(?:\*\/|$)`, String.raw`(?:[^Q]|QQ)*`),
};

function tokenOf(comment: string, inside: string): RegExp {
  const quoted = [`'`, `"`, '`'].map(quote => `${quote}${inside.replaceAll('Q', quote)}(?:${quote}|$)`);
  return new RegExp(
    [comment, ...quoted, String.raw`\[[A-Za-z_][^\]\n]*\]`, String.raw`[\w$\x80-\uffff]+`, '[^]'].join('|'),
    'y',
  );
}

/** The statements of a script. DELIMITER is obeyed, and the body of a trigger or routine is a part of its statement. */
export function splitScript(script: string, dialect: Dialect): SplitScript {
  const token = tokens[dialect];
  const plain: string[] = [];
  const statements: Stretch[] = [];
  let delimiter = ';';
  let start: number | undefined;
  let end = 0;
  let words: string[] = [];
  const body = new Body();
  const close = (): void => {
    if (start !== undefined) statements.push({ start, end });
    start = undefined;
    words = [];
    body.end();
  };
  for (let at = 0; at < script.length;) {
    if (script.startsWith(delimiter, at) && !body.isOpen(delimiter)) {
      close();
      plain.push(blank(script.slice(at, at + delimiter.length)));
      at += delimiter.length;
      continue;
    }
    const command = start === undefined ? delimiterCommand(script, at, dialect) : undefined;
    if (command) {
      plain.push(blank(command.line));
      ({ delimiter } = command);
      at += command.line.length;
      continue;
    }
    token.lastIndex = at;
    const text = upTo(delimiter, token.exec(script)?.[0] ?? script.slice(at));
    plain.push(asPostgres(text, dialect));
    at += text.length;
    if (isBlank(text, dialect)) continue;
    start ??= at - text.length;
    end = at;
    if (!/^\w/.test(text)) continue;
    if (words.length < 8) words.push(text.toLowerCase());
    body.read(text.toLowerCase(), words, dialect);
  }
  close();
  return { plain: plain.join(''), statements };
}

/** A delimiter such as `$$` may stand right behind a word. */
function upTo(delimiter: string, token: string): string {
  const end = /^\w/.test(token) ? token.indexOf(delimiter) : -1;
  return end > 0 ? token.slice(0, end) : token;
}

/** The BEGIN … END of a trigger, function, procedure or event. */
class Body {
  #depth = 0;
  #last = '';

  isOpen(delimiter: string): boolean {
    return delimiter === ';' && this.#depth > 0;
  }

  read(word: string, words: readonly string[], dialect: Dialect): void {
    const opens = dialect === 'mysql' ? /^(?:trigger|function|procedure|event)$/ : /^trigger$/;
    if (words[0] !== 'create' || !words.some(each => opens.test(each))) return;
    // `END CASE` closes the CASE that has been counted; `END IF` closes what has not.
    if (word === 'end') this.#depth -= 1;
    else if (this.#last === 'end' && /^(?:if|loop|while|repeat)$/.test(word)) this.#depth += 1;
    else if (word === 'begin' || (word === 'case' && this.#last !== 'end')) this.#depth += 1;
    this.#last = word;
  }

  end(): void {
    this.#depth = 0;
    this.#last = '';
  }
}

/** DELIMITER is a word of MySQL's client, on a line of its own. */
function delimiterCommand(
  script: string,
  at: number,
  dialect: Dialect,
): { line: string; delimiter: string } | undefined {
  if (dialect !== 'mysql' || (at > 0 && script[at - 1] !== '\n')) return undefined;
  const command = /[ \t]*delimiter[ \t]+(\S+)[^\n]*/iy;
  command.lastIndex = at;
  const found = command.exec(script);
  return found?.[1] === undefined ? undefined : { line: found[0], delimiter: found[1] };
}

function isBlank(token: string, dialect: Dialect): boolean {
  return /^\s/.test(token) || (isComment(token, dialect) && !isExecuted(token, dialect));
}

function isComment(token: string, dialect: Dialect): boolean {
  return /^(?:--.|--$|\/\*)/s.test(token) || (dialect === 'mysql' && token.startsWith('#'));
}

/** What stands in these comments MySQL runs. */
function isExecuted(token: string, dialect: Dialect): boolean {
  return dialect === 'mysql' && /^\/\*M?!/.test(token);
}

/** One token with as many characters, so that all places stay. */
function asPostgres(token: string, dialect: Dialect): string {
  if (isExecuted(token, dialect))
    return token
      .replace(/^\/\*M?!\d*/, blank)
      .replace(/\*\/$/, blank)
      .replaceAll('`', '"');
  if (isComment(token, dialect)) return blank(token);
  if (token.length < 2) return token;
  const isString = token.startsWith("'") || (token.startsWith('"') && dialect === 'mysql');
  if (isString) return quoted("'", token, dialect === 'mysql');
  return /^["`[]/.test(token) ? quoted('"', token, false) : token;
}

/** What would end it on the way becomes a mark beside it, or the same mark twice. */
function quoted(quote: string, token: string, escapes: boolean): string {
  const own = token.startsWith('[') ? ']' : (token[0] ?? '');
  let inside = token.slice(1, -1);
  if (escapes)
    inside = inside.replace(/\\(['"])/g, (_all, mark: string) => (mark === quote ? mark + mark : ` ${mark}`));
  if (own !== quote) inside = inside.replaceAll(own + own, ` ${own}`).replaceAll(quote, '’');
  return `${quote}${inside}${quote}`;
}

function blank(text: string): string {
  return text.replace(/[^\n\r]/g, ' ');
}
