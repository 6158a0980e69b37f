import type { LockMode, Migration, ReplayFailure } from '@migrate-lint/core';
import { isPostgresError, type Database } from './database.ts';
import { modeOf, strength, type LockData } from './locks-modes.ts';
import { runStatement } from './replay.ts';

/** What came of running one migration statement by statement. */
export interface MeasuredMigration {
  /** By statement path; those that cannot run in a transaction are not there. */
  readonly locks: ReadonlyMap<string, readonly LockData[]>;
  /** Where a statement failed: what comes behind it did not run. */
  readonly failure: ReplayFailure | undefined;
}

const transactionWord = /^(?:begin|commit|end|start\s+transaction)\b/i;

/** What holds for the rest of its transaction: it is said again in that of each statement behind it. */
const forTheTransaction =
  /^(?:set\s+(?:local|transaction|constraints)\b|select\s+(?:pg_catalog\s*\.\s*)?set_config\s*\()/i;

/** What would be different in transactions of its own. */
const oneTransaction =
  /^\s*(?:rollback|abort|savepoint|release|prepare\s+transaction)\b|\bon\s+commit\s+(?:drop|delete)\b/im;

/** Whether each statement can be given a transaction of its own. */
export function canBeTakenApart({ text, syntaxError }: Migration): boolean {
  return syntaxError === undefined && !oneTransaction.test(text);
}

/**
 * Runs a migration with one transaction for each statement, and reads in it what the statement locks and whether it wrote a table anew. The
 * tables are empty, so nothing is known of how long it takes.
 */
export async function measureMigration(
  database: Database,
  migration: Migration,
  home: string,
): Promise<MeasuredMigration> {
  const locks = new Map<string, readonly LockData[]>();
  const first = await relationsOf(database, home);
  let before = first;
  let settings: readonly string[] = [];
  for (const { path, sql, span } of migration.statements) {
    if (transactionWord.test(sql)) {
      settings = [];
      locks.set(path, []);
      continue;
    }
    let held: readonly HeldLock[] | undefined;
    const inTransaction = async (statement: string): Promise<void> => {
      try {
        for (const each of ['BEGIN', ...settings, statement]) await database.execute(each);
        held = await database.query<HeldLock>(heldLocks);
        await database.execute('COMMIT');
      } catch (error) {
        await database.execute('ROLLBACK');
        if (!refusesTransaction(error)) throw error;
        held = undefined;
        await database.execute(statement);
      }
    };
    const error = await runStatement(database, sql, inTransaction);
    if (error) {
      const { message, detail, hint, code } = error;
      return { locks, failure: { span, message, detail, hint, code } };
    }
    if (forTheTransaction.test(sql)) settings = [...settings, sql];
    // Only who holds the strongest lock can rename a table or write it anew.
    const after = held?.every(({ mode }) => mode !== 'AccessExclusiveLock')
      ? before
      : await relationsOf(database, home);
    if (held) locks.set(path, strongest(held, first, before, /^truncate\b/i.test(sql) ? before : after));
    before = after;
  }
  return { locks, failure: undefined };
}

/** `CREATE INDEX CONCURRENTLY` and `VACUUM`; and a procedure or block that commits. */
function refusesTransaction(error: unknown): boolean {
  return isPostgresError(error) && (error.code === '25001' || error.code === '2D000');
}

interface HeldLock {
  readonly relation: string;
  /** `AccessExclusiveLock` */
  readonly mode: string;
}

const heldLocks = `SELECT relation::text, mode FROM pg_catalog.pg_locks
  WHERE locktype = 'relation' AND granted AND pid = pg_catalog.pg_backend_pid()
    AND database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())`;

interface Relation {
  readonly oid: string;
  readonly schema: string;
  readonly name: string;
  readonly file: string;
  /** Of an index its table. */
  readonly table: string | null;
}

type Relations = ReadonlyMap<string, Relation & { readonly path: string }>;

async function relationsOf(database: Database, home: string): Promise<Relations> {
  const rows = await database.query<Relation>(`
    SELECT c.oid::text AS oid, n.nspname AS schema, c.relname AS name, c.relfilenode::text AS file, i.indrelid::text AS table
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid
    WHERE c.relkind IN ('r', 'p', 'm', 'i', 'I') AND c.relpersistence <> 't'
      AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    ORDER BY n.nspname, c.relname`);
  return new Map(
    rows.map(row => [row.oid, { ...row, path: row.schema === home ? row.name : `${row.schema}.${row.name}` }]),
  );
}

/** One lock for each table that was there before the migration, and for each index that is locked harder than its table. */
function strongest(
  held: readonly HeldLock[],
  first: Relations,
  before: Relations,
  after: Relations,
): readonly LockData[] {
  const modes = new Map<string, LockMode>();
  for (const { relation, mode } of held) {
    const said = modeOf(mode);
    if (said && strength(said) > strength(modes.get(relation) ?? 'ACCESS SHARE')) modes.set(relation, said);
  }
  return [...before.values()].flatMap(({ oid, path, name, file, table }): LockData[] => {
    const mode = modes.get(oid);
    if (!mode || !first.has(oid)) return [];
    if (table === null) {
      const now = after.get(oid);
      return [{ table: path, index: null, mode, rewrite: now !== undefined && now.file !== file }];
    }
    if (strength(mode) <= strength(modes.get(table) ?? 'ACCESS SHARE')) return [];
    return [{ table: before.get(table)?.path ?? table, index: name, mode, rewrite: false }];
  });
}
