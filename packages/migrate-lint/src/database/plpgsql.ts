import type { Stretch } from '../migrations/clauses.ts';
import { Scope, withoutInto, type Body, type Piece } from './body.ts';
import { chainOf, fold, Tokens } from './tokens.ts';

/**
 * Reads a body that Postgres has accepted; what Postgres would refuse gives nonsense. Where an expression ends is what Postgres's own
 * reader of PL/pgSQL goes by: the first keyword outside of brackets. The PL/pgSQL reader of libpg-query is of no use here: it knows
 * no type of the project and refuses `v_order.status := …`.
 */
export function readBody(text: string, parameters: Scope): Body {
  return new Reader(text).read(parameters);
}

const queries = ['', 'select', 'insert', 'update', 'delete', 'merge', 'with', 'values', 'table'];
const listEnds = ['end', 'exception', 'else', 'elsif', 'elseif', 'when'];

class Reader {
  readonly #tokens: Tokens;
  #scope = new Scope();
  /** The conditions of each block around, filled when its handlers are read. */
  #blocks: readonly string[][] = [];
  readonly #pieces: (Omit<Piece, 'handled'> & { readonly blocks: readonly string[][] })[] = [];
  readonly #returns: string[] = [];
  readonly #assigned: (readonly string[])[] = [];
  readonly #labels = new Set<string>();
  #raises = false;
  #dynamic = false;

  constructor(text: string) {
    this.#tokens = new Tokens(text);
  }

  read(parameters: Scope): Body {
    this.#scope = parameters;
    // `#variable_conflict use_column`
    while (this.#tokens.accept('#')) this.#tokens.until('#', '<<', 'declare', 'begin');
    this.#statement();
    return {
      pieces: this.#pieces.map(({ blocks, ...piece }) => ({ ...piece, handled: blocks.flat() })),
      returns: this.#returns,
      assigned: this.#assigned,
      raises: this.#raises,
      dynamic: this.#dynamic,
      labels: this.#labels,
      words: this.#tokens.names,
      fields: this.#tokens.fieldsOf('new', 'old'),
    };
  }

  #statements(): void {
    while (!this.#tokens.done && !listEnds.includes(this.#tokens.word())) this.#statement();
  }

  #statement(): void {
    const tokens = this.#tokens;
    if (tokens.accept('<<')) {
      this.#labels.add(tokens.next());
      tokens.accept('>>');
    }
    const word = tokens.word();
    if (tokens.assigns) this.#assignment();
    else if (word === 'declare' || word === 'begin') this.#block();
    else if (Object.hasOwn(this.#keywords, word)) {
      tokens.next();
      this.#keywords[word]?.();
    } else {
      const statement = tokens.until(';');
      if (queries.includes(word)) this.#query(statement);
      else this.#add([statement], 'utility');
    }
    tokens.until(';');
    tokens.accept(';');
  }

  readonly #keywords: Readonly<Record<string, () => void>> = {
    if: () => {
      do {
        this.#expression('then');
        this.#tokens.accept('then');
        this.#statements();
      } while (this.#tokens.accept('elsif') || this.#tokens.accept('elseif'));
      if (this.#tokens.accept('else')) this.#statements();
    },
    case: () => {
      const subject = this.#tokens.until('when');
      const bare = subject.end === subject.start;
      if (!bare) this.#add(['SELECT ', subject]);
      while (this.#tokens.accept('when')) {
        const values = this.#tokens.until('then');
        this.#add(bare ? ['SELECT ', values] : ['SELECT (', subject, ') IN (', values, ')']);
        this.#tokens.accept('then');
        this.#statements();
      }
      if (this.#tokens.accept('else')) this.#statements();
    },
    loop: () => {
      this.#statements();
    },
    while: () => {
      this.#expression('loop');
      this.#tokens.accept('loop');
      this.#statements();
    },
    for: () => {
      this.#for();
    },
    foreach: () => {
      this.#tokens.until('array');
      this.#tokens.accept('array');
      this.#expression('loop');
      this.#tokens.accept('loop');
      this.#statements();
    },
    return: () => {
      if (this.#tokens.accept('query')) this.#queryOrDynamic(';');
      else if (this.#tokens.accept('next')) this.#expression(';');
      else this.#return();
    },
    raise: () => {
      this.#raise();
    },
    execute: () => {
      this.#execute(';');
    },
    open: () => {
      this.#tokens.until('for', ';');
      if (this.#tokens.accept('for')) this.#queryOrDynamic(';');
    },
    // The arguments of a CALL can be variables that it writes to; that the procedure exists is seen all the same.
    ...each(['perform', 'call', 'assert'], () => {
      this.#expression(';');
    }),
    ...each(['exit', 'continue'], () => {
      this.#tokens.until('when', ';');
      if (this.#tokens.accept('when')) this.#expression(';');
    }),
    ...each(['get', 'fetch', 'move', 'close', 'null', 'commit', 'rollback', 'do', 'set', 'reset'], () => undefined),
  };

  #add(
    parts: Piece['parts'],
    kind: Piece['kind'] = 'query',
    target: readonly string[] = [],
    targetPlace?: Stretch,
  ): void {
    this.#pieces.push({ kind, parts, target, targetPlace, scope: this.#scope, blocks: this.#blocks });
  }

  #expression(...ends: readonly string[]): void {
    const { start, end } = this.#tokens.until(...ends);
    if (end > start) this.#add(['SELECT ', { start, end }]);
  }

  #return(): void {
    const { start, end } = this.#tokens.until(';');
    const text = this.#tokens.text.slice(start, end);
    this.#returns.push(/^\w+$/.test(text) ? text.toLowerCase() : text);
    if (end > start) this.#add(['SELECT ', { start, end }], 'query', ['return']);
  }

  #raise(): void {
    const tokens = this.#tokens;
    const levels = ['debug', 'log', 'info', 'notice', 'warning'];
    if (levels.includes(tokens.word())) tokens.next();
    // A bare RAISE hands on what a handler caught.
    else if (!tokens.sees(';')) this.#raises = true;
    tokens.until(',', 'using', ';');
    while (tokens.accept(',')) this.#expression(',', 'using', ';');
    if (!tokens.accept('using')) return;
    do {
      tokens.until('=', ':=');
      if (!tokens.accept(':=')) tokens.accept('=');
      this.#expression(',', ';');
    } while (tokens.accept(','));
  }

  #execute(...ends: readonly string[]): void {
    this.#dynamic = true;
    this.#expression('into', 'using', ...ends);
    if (this.#tokens.accept('into')) this.#tokens.until('using', ...ends);
    if (!this.#tokens.accept('using')) return;
    do this.#expression(',', 'into', ...ends);
    while (this.#tokens.accept(','));
  }

  #queryOrDynamic(...ends: readonly string[]): void {
    if (this.#tokens.accept('execute')) this.#execute(...ends);
    else this.#query(this.#tokens.until(...ends));
  }

  #for(): void {
    const tokens = this.#tokens;
    const outer = this.#scope;
    const { start, end } = tokens.until('in');
    tokens.accept('in');
    const from = tokens.word() === 'execute' ? undefined : tokens.until('..', 'loop');
    if (!from) {
      this.#queryOrDynamic('loop');
    } else if (tokens.accept('..')) {
      const reverse = /^reverse\b/i.exec(tokens.text.slice(from.start, from.end))?.[0].length ?? 0;
      this.#add(['SELECT ', { start: from.start + reverse, end: from.end }]);
      this.#expression('by', 'loop');
      if (tokens.accept('by')) this.#expression('loop');
      this.#scope = new Scope(outer);
      this.#scope.types.set(fold(tokens.text.slice(start, end)), 'integer');
    } else if (!this.#isCursor(tokens.text.slice(from.start, from.end))) {
      this.#query(from);
    } else {
      // The loop over a cursor makes its record.
      this.#scope = new Scope(outer);
      this.#scope.types.set(fold(tokens.text.slice(start, end)), undefined);
    }
    tokens.accept('loop');
    this.#statements();
    this.#scope = outer;
  }

  #isCursor(text: string): boolean {
    return this.#scope.has(chainOf(text)[0] ?? '') && /^\s*(?:"[^"]*"|\w+)\s*(?:\(|$)/.test(text);
  }

  #assignment(): void {
    const { start, end } = this.#tokens.until(':=', '=');
    const text = this.#tokens.text.slice(start, end);
    const target = chainOf(text);
    this.#assigned.push(target);
    if (!this.#tokens.accept(':=')) this.#tokens.accept('=');
    this.#value(target, { start, end });
  }

  #value(target: readonly string[], place?: Stretch): void {
    const { start, end } = this.#tokens.until(';');
    this.#add(['SELECT ', { start, end }], 'query', target, place);
  }

  #block(): void {
    const [tokens, scope, blocks] = [this.#tokens, this.#scope, this.#blocks];
    this.#scope = new Scope(scope);
    const conditions: string[] = [];
    while (tokens.accept('declare'))
      while (!tokens.done && !/^(?:begin|declare)$/.test(tokens.word())) this.#declaration();
    tokens.accept('begin');
    this.#blocks = [...blocks, conditions];
    this.#statements();
    this.#blocks = blocks;
    if (tokens.accept('exception')) {
      this.#scope = new Scope(this.#scope);
      for (const name of ['sqlstate', 'sqlerrm']) this.#scope.types.set(name, 'text');
      while (tokens.accept('when')) {
        const { start, end } = tokens.until('then');
        conditions.push(...(tokens.text.slice(start, end).toLowerCase().match(/\w+/g) ?? []));
        tokens.accept('then');
        this.#statements();
      }
    }
    this.#scope = scope;
  }

  #declaration(): void {
    const tokens = this.#tokens;
    const name = tokens.next();
    const text = ({ start, end }: Stretch): string => tokens.text.slice(start, end);
    tokens.accept('constant');
    if (tokens.accept('alias', 'for')) {
      this.#scope.types.set(name, this.#scope.type(fold(text(tokens.until(';')))));
    } else if (
      tokens.accept('cursor') ||
      tokens.accept('scroll', 'cursor') ||
      tokens.accept('no', 'scroll', 'cursor')
    ) {
      this.#cursor(name, text(tokens.until('for', 'is')));
    } else {
      this.#scope.types.set(name, text(tokens.until('collate', 'not', 'default', ':=', '=', ';')));
      tokens.until('default', ':=', '=', ';');
      if (tokens.accept('default') || tokens.accept(':=') || tokens.accept('=')) this.#value([name]);
    }
    tokens.accept(';');
  }

  #cursor(name: string, parameters: string): void {
    const outer = this.#scope;
    this.#scope = new Scope(outer);
    for (const parameter of parameters.replace(/^\(|\)$/g, '').split(',')) {
      const [, said, type] = /^\s*("[^"]*"|\w+)\s+([^]*?)\s*$/.exec(parameter) ?? [];
      if (said !== undefined) this.#scope.types.set(fold(said), type);
    }
    this.#tokens.next();
    this.#query(this.#tokens.until(';'));
    this.#scope = outer;
    outer.types.set(name, 'refcursor');
  }

  #query(query: Stretch): void {
    this.#add(withoutInto(this.#tokens.text, query));
  }
}

function each(words: readonly string[], read: () => void): Readonly<Record<string, () => void>> {
  return Object.fromEntries(words.map(word => [word, read]));
}
