import { clauseAt, nextToken, type Stretch, type Token } from '../clauses.ts';
import type { RangeVar } from 'libpg-query';

/** What a reader does not know: the statement stays unread. */
export class Unread extends Error {
  override readonly name = 'Unread';
}

/** Reads a stretch of a plain script word by word. */
export class Cursor {
  readonly text: string;
  readonly end: number;
  #at: number;

  constructor(text: string, { start, end }: Stretch) {
    this.text = text;
    this.#at = start;
    this.end = end;
  }

  /** Where the next token starts. */
  get at(): number {
    return this.#next()?.start ?? this.end;
  }

  get done(): boolean {
    return this.#next() === undefined;
  }

  /** What is left. */
  get rest(): Stretch {
    return { start: this.at, end: this.end };
  }

  /** The next word in lower case; a sign or what is quoted as it is written. */
  get word(): string {
    const token = this.#next();
    return token ? this.#textOf(token).toLowerCase() : '';
  }

  /** Whether these words come next; they are not passed. */
  sees(...words: readonly string[]): boolean {
    const [start] = [this.#at];
    const found = this.takes(...words);
    this.#at = start;
    return found;
  }

  /** Passes these words if they come next. */
  takes(...words: readonly string[]): boolean {
    const start = this.#at;
    for (const wanted of words) {
      if (this.word !== wanted) {
        this.#at = start;
        return false;
      }
      this.pass();
    }
    return true;
  }

  /** Passes the first of these words that comes next. */
  takesOne(...words: readonly string[]): string | undefined {
    return words.find(word => this.takes(word));
  }

  expects(...words: readonly string[]): void {
    if (!this.takes(...words)) throw new Unread(`${words.join(' ').toUpperCase()} was expected`);
  }

  expectsEnd(): void {
    if (!this.done) throw new Unread(`\`${this.word}\` is not known`);
  }

  /** Passes one token, and brackets with all that they hold. */
  pass(): Stretch {
    const token = this.#next();
    if (!token) throw new Unread('The statement ends early');
    this.#at = token.end;
    if (token.first !== '(') return { start: token.start, end: token.end };
    const inside = clauseList(this.text, token.end, this.end);
    const close = nextToken(this.text, inside, this.end);
    if (close?.first !== ')') throw new Unread('A bracket is not closed');
    this.#at = close.end;
    return { start: token.start, end: close.end };
  }

  /** What the next brackets hold. */
  brackets(): Stretch {
    if (this.word !== '(') throw new Unread('A bracket was expected');
    const { start, end } = this.pass();
    return { start: start + 1, end: end - 1 };
  }

  /** A name as it is meant, with its case. */
  name(): string {
    const token = this.#next();
    if (!token || !/[\w"'\x80-\uffff]/.test(token.first)) throw new Unread('A name was expected');
    this.#at = token.end;
    const text = this.#textOf(token);
    return token.first === '"' || token.first === "'" ? text.slice(1, -1).replaceAll('""', '"') : text;
  }

  /** A possibly qualified name of a table. */
  relation(): RangeVar {
    const location = this.at;
    const first = this.name();
    if (!this.takes('.')) return { relname: first, inh: true, relpersistence: 'p', location };
    return { schemaname: first, relname: this.name(), inh: true, relpersistence: 'p', location };
  }

  written({ start, end }: Stretch): string {
    return this.text.slice(start, end).trim();
  }

  #next(): Token | undefined {
    return nextToken(this.text, this.#at, this.end);
  }

  #textOf({ start, end }: Token): string {
    return this.text.slice(start, end);
  }
}

/** Behind all that stands before the closing bracket. */
function clauseList(text: string, start: number, limit: number): number {
  let at = start;
  for (;;) {
    const { end } = clauseAt(text, at, limit);
    const next = nextToken(text, end, limit);
    if (!next || next.first === ')' || next.first === ']') return end;
    at = next.end;
  }
}
