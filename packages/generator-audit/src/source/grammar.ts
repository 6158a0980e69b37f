import { Lexer, type TokenKind } from './lexer.ts';

/** A stretch of the text. */
export interface Node {
  readonly start: number;
  readonly end: number;
}

export interface Name extends Node {
  readonly text: string;
}

export type Expression = Node &
  (
    | { readonly kind: 'string'; readonly value: string }
    | { readonly kind: 'number'; readonly value: number }
    | { readonly kind: 'boolean'; readonly value: boolean }
    /** `Cascade`, `place.street` */
    | { readonly kind: 'path'; readonly name: string }
    | { readonly kind: 'list'; readonly items: readonly Expression[] }
    | { readonly kind: 'call'; readonly name: string; readonly args: readonly Argument[] }
    /** The `where` of a partial index; only its text is of use. */
    | { readonly kind: 'object' }
  );

export interface Argument {
  readonly name: string | undefined;
  readonly value: Expression;
}

export interface AttributeNode extends Node {
  /** `id`, `db.VarChar` */
  readonly name: string;
  readonly args: readonly Argument[];
}

export interface TypeNode extends Node {
  /** Of `Unsupported("x")` it is `x`; `start` and `end` leave `?` and `[]` out. */
  readonly name: string;
  readonly unsupported: boolean;
  readonly list: boolean;
  readonly optional: boolean;
}

/** A field of a model, or without a type the value of an enum. */
export interface FieldNode extends Node {
  readonly name: Name;
  readonly type: TypeNode | undefined;
  readonly attributes: readonly AttributeNode[];
}

export interface SettingNode extends Node {
  readonly name: string;
  readonly value: Expression;
}

export const keywords = ['model', 'view', 'type', 'enum', 'datasource', 'generator'] as const;
export type Keyword = (typeof keywords)[number];

export interface Block extends Node {
  readonly keyword: Keyword;
  readonly name: Name;
  readonly fields: readonly FieldNode[];
  readonly attributes: readonly AttributeNode[];
  readonly settings: readonly SettingNode[];
}

/** Where the text stops being Prisma schema. */
export class SyntaxProblem extends Error {
  readonly offset: number;

  constructor(offset: number) {
    super('this cannot be read as Prisma schema');
    this.offset = offset;
  }
}

/** The blocks of a .prisma text. It takes all that Prisma takes, and some line breaks that Prisma does not. */
export function parseBlocks(text: string): readonly Block[] {
  return new Parser(text).blocks();
}

class Parser {
  readonly #lexer: Lexer;
  /** Where the last word ended. */
  #end = 0;

  constructor(text: string) {
    this.#lexer = new Lexer(text);
  }

  blocks(): readonly Block[] {
    const blocks: Block[] = [];
    for (;;) {
      this.#newlines();
      if (this.#lexer.kind === 'end') return blocks;
      blocks.push(this.#block());
    }
  }

  #block(): Block {
    const { start, word } = this.#lexer;
    const keyword = keywords.find(known => known === word);
    if (!keyword) throw this.#problem();
    this.#next();
    const name = this.#name();
    this.#mark('{');
    const fields: FieldNode[] = [];
    const attributes: AttributeNode[] = [];
    const settings: SettingNode[] = [];
    for (;;) {
      this.#newlines();
      if (this.#takes('}')) break;
      if (this.#lexer.kind === '@@') attributes.push(this.#attribute());
      else if (keyword === 'datasource' || keyword === 'generator') settings.push(this.#setting());
      else fields.push(this.#field(keyword === 'enum'));
      const { kind } = this.#lexer;
      if (kind !== 'newline' && kind !== '}') throw this.#problem();
    }
    return { keyword, name, fields, attributes, settings, start, end: this.#end };
  }

  #setting(): SettingNode {
    const name = this.#name();
    this.#mark('=');
    const value = this.#expression();
    return { name: name.text, value, start: name.start, end: this.#end };
  }

  #field(inEnum: boolean): FieldNode {
    const name = this.#name();
    const type = inEnum ? undefined : this.#type();
    const attributes: AttributeNode[] = [];
    while (this.#lexer.kind === '@') attributes.push(this.#attribute());
    return { name, type, attributes, start: name.start, end: this.#end };
  }

  #type(): TypeNode {
    const { text, start } = this.#name();
    let name = text;
    const unsupported = text === 'Unsupported' && this.#takes('(');
    if (unsupported) {
      const { kind, word } = this.#lexer;
      if (kind !== 'string') throw this.#problem();
      name = unescape(word.slice(1, -1));
      this.#next();
      this.#mark(')');
    }
    const end = this.#end;
    const list = this.#takes('[');
    if (list) this.#mark(']');
    return { name, unsupported, list, optional: !list && this.#takes('?'), start, end };
  }

  #attribute(): AttributeNode {
    const { start } = this.#lexer;
    this.#next();
    const name = this.#path();
    const args = this.#takes('(') ? this.#listOf(')', () => this.#argument()) : [];
    return { name, args, start, end: this.#end };
  }

  #argument(): Argument {
    const { kind, start, word } = this.#lexer;
    if (kind === 'name') {
      this.#next();
      if (this.#takes(':')) return { name: word, value: this.#expression() };
      this.#lexer.moveTo(start);
    }
    return { name: undefined, value: this.#expression() };
  }

  #expression(): Expression {
    const { kind, start, word } = this.#lexer;
    if (kind === 'name') {
      const name = this.#path();
      if (this.#takes('(')) {
        const args = this.#listOf(')', () => this.#argument());
        return { kind: 'call', name, args, start, end: this.#end };
      }
      const node = { start, end: this.#end };
      return name === 'true' || name === 'false'
        ? { kind: 'boolean', value: name === 'true', ...node }
        : { kind: 'path', name, ...node };
    }
    if (kind !== 'string' && kind !== 'number' && kind !== '[' && kind !== '{') throw this.#problem();
    this.#next();
    if (kind === 'string') return { kind, value: unescape(word.slice(1, -1)), start, end: this.#end };
    if (kind === 'number') return { kind, value: Number(word), start, end: this.#end };
    if (kind === '[') {
      const items = this.#listOf(']', () => this.#expression());
      return { kind: 'list', items, start, end: this.#end };
    }
    this.#listOf('}', () => this.#argument());
    return { kind: 'object', start, end: this.#end };
  }

  /** Behind the opening bracket; line breaks count for nothing in there. */
  #listOf<Item>(closing: TokenKind, item: () => Item): readonly Item[] {
    const items: Item[] = [];
    for (;;) {
      this.#newlines();
      if (this.#takes(closing)) return items;
      items.push(item());
      this.#newlines();
      if (this.#lexer.kind !== closing) this.#mark(',');
    }
  }

  #path(): string {
    let name = this.#name().text;
    while (this.#takes('.')) name += `.${this.#name().text}`;
    return name;
  }

  #name(): Name {
    const { kind, word: text, start, end } = this.#lexer;
    if (kind !== 'name') throw this.#problem();
    this.#next();
    return { text, start, end };
  }

  #mark(mark: TokenKind): void {
    if (!this.#takes(mark)) throw this.#problem();
  }

  #takes(kind: TokenKind): boolean {
    if (this.#lexer.kind !== kind) return false;
    this.#next();
    return true;
  }

  #newlines(): void {
    while (this.#lexer.kind === 'newline') this.#lexer.next();
  }

  #next(): void {
    this.#end = this.#lexer.end;
    this.#lexer.next();
  }

  #problem(): SyntaxProblem {
    return new SyntaxProblem(this.#lexer.start);
  }
}

/** The text that stands in quotes, its escapes resolved. */
export function unescape(raw: string): string {
  if (!raw.includes('\\')) return raw;
  return raw.replace(/\\(u[0-9a-fA-F]{4}|.)/g, (_, code: string) => {
    if (code.length > 1) return String.fromCharCode(parseInt(code.slice(1), 16));
    return escapes[code] ?? code;
  });
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
