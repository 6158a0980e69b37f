import { setImmediate } from 'node:timers/promises';
import { FactUnavailable, type Migration, type ReplayFailure } from '@migrate-lint/core';
import { isPostgresError, quoteIdentifier, type Database, type PostgresError } from './database.ts';

/** A failure by migration name, as the cache keeps it. */
export interface FailedMigration {
  readonly name: string;
  readonly failure: ReplayFailure;
}

/**
 * Runs the migrations in order, each file as one simple query: that is what `prisma migrate` did up to 7.3, and it is fastest. A file that
 * fails, or that manages transactions itself, runs again statement by statement, which is how Prisma ≥ 7.4 runs it: so a file fails
 * only when one of its statements does, and that statement is known. Stops at the first failure.
 * Throws `FactUnavailable` when the embedded database lacks an extension.
 */
export async function replay(
  database: Database,
  migrations: readonly Migration[],
  signal: AbortSignal,
  progress: (done: number) => void,
): Promise<FailedMigration | undefined> {
  for (const [index, migration] of migrations.entries()) {
    // The embedded database never leaves the event loop a turn, and Ctrl-C needs one.
    await setImmediate();
    signal.throwIfAborted();
    if (index % 25 === 0) progress(index);
    if (!managesTransactions(migration) && (await succeeds(database, migration.text.replace(/^\uFEFF/, '')))) continue;
    const failure = await replayStatements(database, migration);
    if (failure) return { name: migration.name, failure };
  }
  return undefined;
}

/** At the start of a statement, or in it. */
const transactionWord = /\bconcurrently\b|^\s*(begin|commit|rollback|end|start\s+transaction|vacuum|abort)\b/i;

/**
 * Whether a statement cannot be in one implicit transaction with others, or ends it. The body of a function has such words, too, and what
 * stands beside it may need the one transaction: `SET TRANSACTION`.
 */
function managesTransactions(migration: Migration): boolean {
  if (!new RegExp(transactionWord, 'im').test(migration.text)) return false;
  if (migration.syntaxError) return true;
  return migration.statements.some(
    ({ sql }) =>
      transactionWord.test(sql) && !/^\s*(?:create\s+(?:or\s+replace\s+)?(?:function|procedure)|do)\b/i.test(sql),
  );
}

async function succeeds(database: Database, sql: string): Promise<boolean> {
  try {
    await database.execute(sql);
    return true;
  } catch (error) {
    if (isPostgresError(error)) return false;
    throw error;
  }
}

async function replayStatements(database: Database, migration: Migration): Promise<ReplayFailure | undefined> {
  const { statements, syntaxError } = migration;
  if (syntaxError) return { ...syntaxError, detail: undefined, hint: undefined, code: '42601' };
  for (const { sql, span } of statements) {
    const error = await runStatement(database, sql);
    if (!error) continue;
    if (database.kind === 'embedded' && lacksExtension(error)) {
      throw new FactUnavailable(
        `The embedded database cannot run ${migration.file}: ${error.message}; give a server that has it with --shadow-url.`,
      );
    }
    const at = error.position === undefined ? undefined : span.start + utf16Length(sql, Number(error.position) - 1);
    return {
      span: at === undefined ? span : { file: span.file, start: at, end: wordEnd(migration.text, at) },
      message: error.message,
      detail: error.detail,
      hint: error.hint,
      code: error.code,
    };
  }
  // A file that leaves its transaction open loses it: the session ends after it.
  await database.execute('ROLLBACK');
  return undefined;
}

/**
 * Runs one statement, by `execute` if that is given. Roles belong to the server and not to the history: one that is missing is made, and the
 * statement tried again.
 */
export async function runStatement(
  database: Database,
  sql: string,
  execute: (sql: string) => Promise<void> = database.execute,
): Promise<PostgresError | undefined> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      await execute(sql);
      return undefined;
    } catch (error) {
      if (!isPostgresError(error)) throw error;
      const remedy = attempt < 10 ? remedyFor(error, sql) : undefined;
      if (remedy === undefined || database.kind === 'server') return error;
      const again = await tryRemedy(database, remedy);
      if (!again) return error;
      if (remedy.replaces) return undefined;
    }
  }
}

interface Remedy {
  readonly sql: string;
  /** It did the statement's work: do not run the statement again. */
  readonly replaces: boolean;
}

function remedyFor(error: PostgresError, sql: string): Remedy | undefined {
  const role = error.code === '42704' ? /^role "(.+)" does not exist$/.exec(error.message)?.[1] : undefined;
  if (role !== undefined) return { sql: `CREATE ROLE ${quoteIdentifier(role)}`, replaces: false };
  // A history pins the version that its server had; the embedded one has another of the same extension.
  const pinned = /^\s*create\s+extension\b[^;]*?\s(version\s+('[^']*'|"[^"]*"|\S+))/i.exec(sql)?.[1];
  if (pinned !== undefined && error.message.includes('has no installation script'))
    return { sql: sql.replace(pinned, ''), replaces: true };
  if (/^alter extension [^;]* update\b/i.test(sql) && error.message.includes('has no update path'))
    return { sql: 'SELECT', replaces: true };
  return undefined;
}

async function tryRemedy(database: Database, remedy: Remedy): Promise<boolean> {
  return succeeds(database, remedy.sql);
}

function lacksExtension(error: PostgresError): boolean {
  return (
    (error.code === '0A000' && /^extension ".*" is not available/.test(error.message)) ||
    (error.code === '58P01' && error.message.includes('extension control file'))
  );
}

/** Postgres counts characters, JavaScript UTF-16 units. */
function utf16Length(text: string, characters: number): number {
  return Array.from(text).slice(0, characters).join('').length;
}

function wordEnd(text: string, start: number): number {
  const next = /"(?:[^"]|"")*"|\w+|\S/y;
  next.lastIndex = start;
  return start + (next.exec(text)?.[0].length ?? 0);
}
