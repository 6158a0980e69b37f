import { setImmediate } from 'node:timers/promises';
import {
  FactUnavailable,
  type LockedStatement,
  type Locks,
  type Migration,
  type ReplayFailure,
  type SourceContext,
  type Statement,
} from '@migrate-lint/core';
import { loadParser } from '../migrations/parser.ts';
import { migrationsHash } from '../migrations/source.ts';
import { connectionSchema, enterSchema } from './connection-schema.ts';
import type { Database } from './database.ts';
import { extensionsIn } from './extensions.ts';
import { knownLocks } from './locks-known.ts';
import { canBeTakenApart, measureMigration } from './locks-measured.ts';
import { blocks, type LockData } from './locks-modes.ts';
import { noPrelude, preludeFor } from './prelude.ts';
import { replay } from './replay.ts';
import { openShadow } from './shadow.ts';

/** What was measured, as plain data for the cache. */
interface Measured {
  /** By statement path. */
  readonly locks: Readonly<Record<string, readonly LockData[]>>;
  readonly unmeasured: string | null;
}

/** The source of `locks`: replays the history in a database of its own, so that no verdict depends on how it was measured. */
export async function readLocks(context: SourceContext): Promise<Locks> {
  const { migrations } = await context.get('migrations');
  const wanted = migrations.filter(({ applied }) => applied === undefined);
  await loadParser();
  const build = (): Promise<Measured> => measure(context, migrations, wanted);
  const key = [migrationsHash({ migrations }), ...wanted.map(({ name }) => name)];
  // What a server locks depends on the server.
  const keeps = context.project.shadowUrl === undefined;
  const measured = await (keeps ? context.cache.remember('locks', key, build) : build());
  const statements = wanted.flatMap(migration => migration.statements.map(statement => locked(statement, measured)));
  const byPath = new Map(statements.map(each => [each.path, each.locks]));
  return { statements, unmeasured: measured.unmeasured ?? undefined, of: path => byPath.get(path) ?? [] };
}

function locked(statement: Statement, { locks }: Measured): LockedStatement {
  const measured = locks[statement.path];
  const found = measured ?? knownLocks(statement);
  const source = measured ? 'measured' : 'known';
  return {
    path: statement.path,
    statement,
    locks: found.map(lock => ({ ...lock, blocks: blocks(lock.mode), source })),
  };
}

async function measure(
  context: SourceContext,
  migrations: readonly Migration[],
  wanted: readonly Migration[],
): Promise<Measured> {
  context.progress('Starting a database to measure locks in');
  const history = migrations.map(({ text }) => text).join('\n');
  const prelude = context.project.shadowUrl === undefined ? preludeFor(history) : noPrelude;
  const extensions = [...new Set([...extensionsIn(history), ...prelude.extensions])];
  const attempt = async (home: string | undefined): Promise<Measured | { readonly home: string }> => {
    const database = await openShadow(context, extensions);
    try {
      await database.execute(home === undefined ? prelude.sql : `${prelude.sql}; ${enterSchema(home)}`);
      return await run(context, database, { migrations, wanted: new Set(wanted), home });
    } finally {
      await database.close();
    }
  };
  const first = await attempt(undefined);
  if (!('home' in first)) return first;
  const second = await attempt(first.home);
  return 'home' in second ? { locks: {}, unmeasured: null } : second;
}

interface History {
  readonly migrations: readonly Migration[];
  readonly wanted: ReadonlySet<Migration>;
  /** The schema of the connection, where it is not `public`. */
  readonly home: string | undefined;
}

/** The locks as far as the history runs; or the schema that its connection had, where it fails for want of it. */
async function run(
  context: SourceContext,
  database: Database,
  { migrations, wanted, home }: History,
): Promise<Measured | { readonly home: string }> {
  let locks: Measured['locks'] = {};
  for (const [index, migration] of migrations.entries()) {
    await setImmediate();
    context.signal.throwIfAborted();
    if (index % 25 === 0) context.progress(`Measuring locks: ${String(index)} of ${String(migrations.length)}`);
    const measured = wanted.has(migration) && canBeTakenApart(migration);
    const { failure, ...found } = measured
      ? await measureMigration(database, migration, home ?? 'public')
      : { failure: await failureOf(context, database, migration), locks: new Map<string, readonly LockData[]>() };
    locks = { ...locks, ...Object.fromEntries(found.locks) };
    if (!failure) continue;
    await database.execute('ROLLBACK');
    const missing =
      home === undefined ? await connectionSchema(database, { name: migration.name, failure }, migration) : undefined;
    if (missing !== undefined) return { home: missing };
    const reason = failure.message.replace(/\.$/, '');
    return { locks, unmeasured: `Locks from ${migration.file} on are not measured, for it does not run: ${reason}.` };
  }
  return { locks, unmeasured: null };
}

async function failureOf(
  context: SourceContext,
  database: Database,
  migration: Migration,
): Promise<ReplayFailure | undefined> {
  try {
    return (await replay(database, [migration], context.signal, () => undefined))?.failure;
  } catch (error) {
    // An extension that the embedded database lacks: what is known is better than nothing.
    if (!(error instanceof FactUnavailable)) throw error;
    return { span: migration.span, message: error.message, detail: undefined, hint: undefined, code: undefined };
  }
}
