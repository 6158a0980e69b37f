import {
  flatMap,
  type CertainReads,
  type EnumLiteral,
  type Migration,
  type Operation,
  type PastCatalog,
  type PrismaVersion,
  type Repetition,
  type Span,
  type Statement,
  type UnreadStatement,
} from '@migrate-lint/core';
import { readCertainReads } from './certain-reads.ts';
import type { ParsedScript } from './dialects/parser.ts';
import { readEnumLiterals } from './enum-literals.ts';
import { readHistory, type ReadHistory } from './operations/read.ts';
import { parseStatements, SqlSyntaxError, type ParsedStatement } from './parser.ts';
import { readRepetitions } from './repetitions.ts';
import type { HistoryStatement } from './touches.ts';
import { transactionsOf, type InTransaction } from './transactions.ts';
import { warningsOf } from './warnings.ts';

/** The texts of the migrations in their order. Each is parsed when somebody asks for its statements, and read when for what they do. */
export class History {
  readonly migrations: readonly MigrationFile[];
  readonly prisma: PrismaVersion | undefined;
  readonly parse: Parse;
  readonly provider: string;
  #read: ReadHistory | undefined;

  constructor(texts: readonly MigrationText[], prisma?: PrismaVersion, parse = parsePostgres, provider = 'postgresql') {
    this.prisma = prisma;
    this.provider = provider;
    this.parse = parse;
    this.migrations = texts.map(text => new MigrationFile(this, text));
  }

  /** The statements of all migrations that the parser can read. */
  get statements(): readonly HistoryStatement[] {
    return flatMap(this.migrations, ({ history }) => history);
  }

  get read(): ReadHistory {
    return (this.#read ??= readHistory(this.statements));
  }

  get unread(): readonly UnreadStatement[] {
    return flatMap(this.migrations, ({ unread }) => unread);
  }
}

/** How a script is read. Throws `SqlSyntaxError`. */
export type Parse = (script: string) => ParsedScript;

function parsePostgres(script: string): ParsedScript {
  return { statements: parseStatements(script), unread: [] };
}

export interface MigrationText {
  readonly name: string;
  readonly file: string;
  readonly text: string;
  /** Why it cannot be changed any more. */
  readonly applied?: string | undefined;
}

class MigrationFile implements Migration {
  readonly path: string;
  readonly name: string;
  readonly file: string;
  readonly text: string;
  readonly provider: string;
  readonly applied: string | undefined;
  readonly #owner: History;
  #parsed: readonly HistoryStatement[] | SqlSyntaxError | undefined;
  #statements: readonly Statement[] | undefined;
  #unread: readonly UnreadStatement[] = [];

  constructor(owner: History, { name, file, text, applied }: MigrationText) {
    this.#owner = owner;
    this.path = name;
    this.name = name;
    this.file = file;
    this.text = text;
    this.provider = owner.provider;
    this.applied = applied;
  }

  get span(): Span {
    return { file: this.file, start: 0, end: this.text.length };
  }

  get statements(): readonly Statement[] {
    return (this.#statements ??= this.history.map(({ statement }) => statement));
  }

  get syntaxError(): Migration['syntaxError'] {
    const error = this.#parse();
    if (!(error instanceof SqlSyntaxError)) return undefined;
    const end = Math.min(this.text.length, error.offset + 1);
    return { message: error.message, span: { file: this.file, start: Math.min(error.offset, end), end } };
  }

  /** The statements that nobody could read. */
  get unread(): readonly UnreadStatement[] {
    this.#parse();
    return this.#unread;
  }

  get warnings(): Migration['warnings'] {
    return warningsOf(this.file, this.text);
  }

  /** The statements with their syntax trees; none of a file that the parser cannot read. */
  get history(): readonly HistoryStatement[] {
    const parsed = this.#parse();
    return parsed instanceof SqlSyntaxError ? [] : parsed;
  }

  #parse(): readonly HistoryStatement[] | SqlSyntaxError {
    return (this.#parsed ??= this.#parseText());
  }

  #parseText(): readonly HistoryStatement[] | SqlSyntaxError {
    try {
      const { statements: all, unread } = this.#owner.parse(this.text);
      this.#unread = unread.map(({ start, end, message }) => {
        const number = all.findIndex(each => each.start === start) + 1;
        return {
          path: `${this.name}#${String(number)}`,
          migration: this,
          span: { file: this.file, start, end },
          message,
        };
      });
      const places = transactionsOf(
        all.map(({ node }) => node),
        this.#owner.prisma,
      );
      return all.map((parsed, index) => ({
        parsed,
        statement: new StatementOf(this.#owner, this, parsed, index, places[index]),
      }));
    } catch (error) {
      if (error instanceof SqlSyntaxError) return error;
      throw error;
    }
  }
}

class StatementOf implements Statement {
  readonly path: string;
  readonly migration: Migration;
  readonly sql: string;
  readonly span: Span;
  readonly transaction: number;
  readonly inBlock: boolean;
  readonly #owner: History;
  readonly #parsed: ParsedStatement;
  #before: PastCatalog | undefined;
  #operations: readonly Operation[] | undefined;

  constructor(
    owner: History,
    migration: Migration,
    parsed: ParsedStatement,
    index: number,
    { transaction, inBlock }: InTransaction = { transaction: index, inBlock: false },
  ) {
    const { start, end } = parsed;
    this.#owner = owner;
    this.#parsed = parsed;
    this.path = `${migration.name}#${String(index + 1)}`;
    this.migration = migration;
    this.sql = migration.text.slice(start, end);
    this.span = { file: migration.file, start, end };
    this.transaction = transaction;
    this.inBlock = inBlock;
  }

  get operations(): readonly Operation[] {
    return (this.#operations ??= this.#owner.read.statements.get(this)?.operations ?? []);
  }

  get before(): PastCatalog {
    if (!this.#before) {
      const { chronicle, statements } = this.#owner.read;
      this.#before = chronicle.before(statements.get(this)?.number ?? 0);
    }
    return this.#before;
  }

  get enumLiterals(): readonly EnumLiteral[] {
    return unlessTooDeep(() => readEnumLiterals(this.#parsed, this), []);
  }

  get certainReads(): CertainReads {
    return unlessTooDeep(() => readCertainReads(this.#parsed, this), { tables: [], columns: [] });
  }

  get repetitions(): readonly Repetition[] {
    return readRepetitions(this.#parsed, this);
  }
}

/** A sum of thousands is deeper than the stack; nobody looks for a mistake in it. */
function unlessTooDeep<Value>(read: () => Value, otherwise: Value): Value {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) return otherwise;
    throw error;
  }
}
