import { nextToken, type Stretch, type Token } from '../migrations/clauses.ts';
import { flatMap } from '@migrate-lint/core';

/** A name as Postgres folds it. */
export function fold(name: string): string {
  return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name.toLowerCase();
}

/** The names of `"public".orders.id`, folded; what stands in square brackets ends it. */
export function chainOf(text: string): readonly string[] {
  const names = text.match(/"(?:[^"]|"")*"|[\w$\x80-\uffff]+|\[/g) ?? [];
  const bracket = names.findIndex(name => name === '[');
  return names.slice(0, bracket === -1 ? undefined : bracket).map(fold);
}

/** A place among the tokens of a text, moved on by reading. */
export class Tokens {
  readonly text: string;
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(text: string, { start, end }: Stretch = { start: 0, end: text.length }) {
    this.text = text;
    const tokens: Token[] = [];
    for (let token = nextToken(text, start, end); token; token = nextToken(text, token.end, end)) tokens.push(token);
    this.#tokens = tokens;
  }

  get done(): boolean {
    return this.#at >= this.#tokens.length;
  }

  get here(): Token {
    const end = this.text.length;
    return this.#tokens[this.#at] ?? { start: end, end, first: '' };
  }

  /** All keywords and names, folded. */
  get names(): ReadonlySet<string> {
    return new Set(
      this.#tokens.filter(({ first }) => /["a-z_\x80-\uffff]/i.test(first)).map(token => this.#folded(token)),
    );
  }

  /** The names behind a dot behind one of these: `new.status`. */
  fieldsOf(...rows: readonly string[]): ReadonlySet<string> {
    const texts = this.#tokens.map(token => this.#folded(token));
    return new Set(
      flatMap(texts, (row, at) =>
        rows.includes(row) && texts[at + 1] === '.' ? [`${row}.${texts[at + 2] ?? ''}`] : [],
      ),
    );
  }

  /** The keyword or plain name that stands there, lower case; empty for anything else. */
  word(ahead = 0): string {
    const token = this.#tokens[this.#at + ahead];
    return token && /[a-z_\x80-\uffff]/i.test(token.first) ? this.#folded(token) : '';
  }

  /** Whether this sign stands there. */
  sees(sign: string, ahead = 0): boolean {
    return Array.from(sign).every((first, at) => this.#tokens[this.#at + ahead + at]?.first === first);
  }

  next(): string {
    const text = this.done ? '' : this.#folded(this.here);
    this.#at += 1;
    return text;
  }

  /** Reads these words or this sign, if they stand there. */
  accept(...words: readonly string[]): boolean {
    const [sign = ''] = words;
    const found = /^\w/.test(sign) ? words.every((word, at) => this.word(at) === word) : this.sees(sign);
    if (found) this.#at += /^\w/.test(sign) ? words.length : sign.length;
    return found;
  }

  /** Reads to the first of these words or signs outside of brackets. */
  until(...ends: readonly string[]): Stretch {
    const { start } = this.here;
    let end = start;
    for (let depth = 0; !this.done; this.#at += 1) {
      if (depth === 0 && ends.some(one => (/^\w/.test(one) ? this.word() === one : this.sees(one)))) break;
      if (this.sees('(') || this.sees('[')) depth += 1;
      if (this.sees(')') || this.sees(']')) depth -= 1;
      end = this.here.end;
    }
    return { start, end };
  }

  /** Whether an assignment starts here: a variable, its fields and elements, `:=` or `=`. */
  get assigns(): boolean {
    let ahead = this.sees('$') ? 2 : /["a-z_\x80-\uffff]/i.test(this.here.first) ? 1 : 0;
    if (ahead === 0) return false;
    for (let depth = 0; ; ahead += 1) {
      const first = this.#tokens[this.#at + ahead]?.first;
      if (first === undefined || first === ';') return false;
      if (first === '[') depth += 1;
      else if (first === ']') depth -= 1;
      else if (depth === 0 && (this.sees(':=', ahead) || first === '=')) return true;
      else if (depth === 0 && first === '.') ahead += 1;
      else if (depth === 0) return false;
    }
  }

  #folded({ start, end }: Stretch): string {
    return fold(this.text.slice(start, end));
  }
}
