import type { Stretch } from '../migrations/clauses.ts';
import { Tokens } from './tokens.ts';
import { flatMap } from '@migrate-lint/core';

/** A query or expression in a body, as text to put together: literal text, and stretches of the body. */
export interface Piece {
  readonly kind: 'query' | 'utility';
  readonly parts: readonly (string | Stretch)[];
  readonly scope: Scope;
  /** The conditions that handlers around it catch, lower case: `undefined_table`, `others`. */
  readonly handled: readonly string[];
  /** What the value is assigned to: a variable, or a field of one; empty for none. */
  readonly target: readonly string[];
  /** Where that is said. */
  readonly targetPlace?: Stretch | undefined;
}

/** The variables of a block by name, and those of the blocks around it. The type is as declared, undefined for what cannot be told. */
export class Scope {
  readonly types = new Map<string, string | undefined>();
  readonly #outer: Scope | undefined;
  constructor(outer?: Scope) {
    this.#outer = outer;
  }
  has(name: string): boolean {
    return this.types.has(name) || this.#outer?.has(name) === true;
  }
  /** The types of all variables. */
  get declared(): readonly string[] {
    return flatMap([...this.types.values()], type => type ?? []).concat(this.#outer?.declared ?? []);
  }
  type(name: string): string | undefined {
    return this.types.has(name) ? this.types.get(name) : this.#outer?.type(name);
  }
}

/** What a PL/pgSQL body does, read without running it. */
export interface Body {
  readonly pieces: readonly Piece[];
  /** What each RETURN gives, a name in lower case; empty for a bare one. */
  readonly returns: readonly string[];
  /** The targets of assignments: `new`, `updated_at`. */
  readonly assigned: readonly (readonly string[])[];
  /** RAISE EXCEPTION, or of a condition. */
  readonly raises: boolean;
  /** EXECUTE of a text that is put together at run time. */
  readonly dynamic: boolean;
  /** Labels of blocks and loops, which may stand before a variable's name. */
  readonly labels: ReadonlySet<string>;
  /** Names and keywords of the code, not of literals and comments, folded. */
  readonly words: ReadonlySet<string>;
  /** The fields of a trigger's rows: `new.status`. */
  readonly fields: ReadonlySet<string>;
}

/** A query of PL/pgSQL without its `INTO variables`, wherever that stands. */
export function withoutInto(text: string, query: Stretch): readonly (string | Stretch)[] {
  const tokens = new Tokens(text, query);
  let before = '';
  while (!tokens.done && !(tokens.word() === 'into' && before !== 'insert' && before !== 'merge'))
    before = tokens.next();
  if (tokens.done) return [query];
  const first = { start: query.start, end: tokens.here.start };
  tokens.accept('into');
  tokens.accept('strict');
  do {
    tokens.next();
    while (tokens.accept('.')) tokens.next();
  } while (tokens.accept(','));
  return [first, ' ', { start: Math.min(tokens.here.start, query.end), end: query.end }];
}
