import { tokenize, type Token } from './tokens.ts';

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
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(text: string) {
    this.#tokens = tokenize(text);
  }

  blocks(): readonly Block[] {
    const blocks: Block[] = [];
    for (this.#newlines(); this.#token.kind !== 'end'; this.#newlines()) blocks.push(this.#block());
    return blocks;
  }

  #block(): Block {
    const { start } = this.#token;
    const keyword = keywords.find(known => known === this.#token.text);
    if (!keyword) throw this.#problem();
    this.#at += 1;
    const name = this.#name();
    this.#mark('{');
    const fields: FieldNode[] = [];
    const attributes: AttributeNode[] = [];
    const settings: SettingNode[] = [];
    for (this.#newlines(); this.#token.text !== '}'; this.#newlines()) {
      if (this.#token.text === '@@') attributes.push(this.#attribute());
      else if (keyword === 'datasource' || keyword === 'generator') settings.push(this.#setting());
      else fields.push(this.#field(keyword === 'enum'));
      if (this.#token.kind !== 'newline' && this.#token.text !== '}') throw this.#problem();
    }
    this.#mark('}');
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
    while (this.#token.text === '@') attributes.push(this.#attribute());
    return { name, type, attributes, start: name.start, end: this.#end };
  }

  #type(): TypeNode {
    const { text, start } = this.#name();
    let name = text;
    const unsupported = text === 'Unsupported' && this.#takes('(');
    if (unsupported) {
      if (this.#token.kind !== 'string') throw this.#problem();
      name = unescape(this.#token.text.slice(1, -1));
      this.#at += 1;
      this.#mark(')');
    }
    const end = this.#end;
    const list = this.#takes('[');
    if (list) this.#mark(']');
    return { name, unsupported, list, optional: !list && this.#takes('?'), start, end };
  }

  #attribute(): AttributeNode {
    const { start } = this.#token;
    this.#at += 1;
    const name = this.#path();
    const args = this.#takes('(') ? this.#listOf(')', () => this.#argument()) : [];
    return { name, args, start, end: this.#end };
  }

  #argument(): Argument {
    const named = this.#token.kind === 'name' && this.#tokens[this.#at + 1]?.text === ':';
    if (!named) return { name: undefined, value: this.#expression() };
    const { text } = this.#name();
    this.#mark(':');
    return { name: text, value: this.#expression() };
  }

  #expression(): Expression {
    const { kind, text, start } = this.#token;
    const ended = <Rest extends object>(rest: Rest) => ({ ...rest, start, end: this.#end });
    if (kind === 'name') {
      const name = this.#path();
      if (this.#takes('(')) return ended({ kind: 'call', name, args: this.#listOf(')', () => this.#argument()) });
      return ended(
        name === 'true' || name === 'false' ? { kind: 'boolean', value: name === 'true' } : { kind: 'path', name },
      );
    }
    this.#at += 1;
    if (kind === 'string') return ended({ kind: 'string', value: unescape(text.slice(1, -1)) });
    if (kind === 'number') return ended({ kind: 'number', value: Number(text) });
    if (text === '[') return ended({ kind: 'list', items: this.#listOf(']', () => this.#expression()) });
    if (text === '{') {
      this.#listOf('}', () => this.#argument());
      return ended({ kind: 'object' });
    }
    this.#at -= 1;
    throw this.#problem();
  }

  /** Behind the opening bracket; line breaks count for nothing in there. */
  #listOf<Item>(closing: string, item: () => Item): readonly Item[] {
    const items: Item[] = [];
    for (this.#newlines(); !this.#takes(closing); this.#newlines()) {
      items.push(item());
      this.#newlines();
      if (this.#token.text !== closing) this.#mark(',');
    }
    return items;
  }

  #path(): string {
    let name = this.#name().text;
    while (this.#takes('.')) name += `.${this.#name().text}`;
    return name;
  }

  #name(): Name {
    const { kind, text, start, end } = this.#token;
    if (kind !== 'name') throw this.#problem();
    this.#at += 1;
    return { text, start, end };
  }

  #mark(text: string): void {
    if (!this.#takes(text)) throw this.#problem();
  }

  #takes(text: string): boolean {
    if (this.#token.kind !== 'mark' || this.#token.text !== text) return false;
    this.#at += 1;
    return true;
  }

  #newlines(): void {
    while (this.#token.kind === 'newline') this.#at += 1;
  }

  get #token(): Token {
    const token = this.#tokens[this.#at];
    if (!token) throw new Error('read past the end');
    return token;
  }

  /** Where the last token ended. */
  get #end(): number {
    return this.#tokens[this.#at - 1]?.end ?? 0;
  }

  #problem(): SyntaxProblem {
    return new SyntaxProblem(this.#token.start);
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
