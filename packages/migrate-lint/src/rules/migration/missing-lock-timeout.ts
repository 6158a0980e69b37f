import { defineRule, rememberedFor, type Fix, type Migration, type Migrations } from '@migrate-lint/core';
import { changeableMigrations, lockingOf, unreadable, type Locking } from '../changeable.ts';
import { outsideTransactions } from '../outside-transactions.ts';
import { code } from '../places.ts';
import { hasTimeout, setTimeoutFirst } from '../timeouts.ts';

export default defineRule({
  id: 'migration/missing-lock-timeout',
  level: 'medium',
  category: 'migrations',
  needs: ['postgresMigrations'],
  docs: {
    summary:
      'A migration waits without limit for a lock that stops reads and writes, and everybody else waits behind it.',
    why: `Most ALTER TABLE take a moment, but they need an ACCESS EXCLUSIVE lock for it. While one long query, a dump or a forgotten transaction reads
the table, the ALTER TABLE waits, and each query that comes after it waits behind the ALTER TABLE: the table stands still for as long as
the slowest of those who were there first. With \`SET lock_timeout\` the migration gives up, the queue goes on, and the deployment is
tried again in a minute. \`ALTER ROLE … SET lock_timeout\` does it once and for all, for the role that deploys. It goes well most days, so
the level is medium. A project that sets it hears of each later file that does not; one that sets it nowhere hears it once, at the newest migration that
it concerns.`,
    bad: `-- 1_init/migration.sql
CREATE TABLE "User" ("id" integer PRIMARY KEY);
-- 2_nickname/migration.sql
ALTER TABLE "User" ADD COLUMN "nickname" text;`,
    good: `-- 1_init/migration.sql
CREATE TABLE "User" ("id" integer PRIMARY KEY);
-- 2_nickname/migration.sql
SET lock_timeout = '5s';

ALTER TABLE "User" ADD COLUMN "nickname" text;`,
    guards: [
      'Tables that the same migration makes, and temporary ones: nobody else waits for them.',
      'An earlier migration sets it for the role or the database.',
      'Locks that let reads go on: an index, a foreign key, a trigger, VALIDATE CONSTRAINT, CONCURRENTLY.',
      'What stands in a DO block, and statements that must be alone in their file (VACUUM FULL).',
      'SET LOCAL counts in its own transaction, and `lock_timeout = 0` does not count.',
    ],
  },

  subjects: ({ postgresMigrations: migrations }) => changeableMigrations(migrations),
  check: (migration, { postgresMigrations: migrations }) => {
    const waiting = waitingIn(migrations);
    const found = waiting.get(migration);
    const lock = found && unreadable(found);
    if (!lock) return undefined;
    const isNewest = newestOf(migrations) === migration;
    if (!isNewest && !withHabit(migrations).has(migration)) return undefined;
    const others = waiting.size - 1;
    const where = others > 0 && isNewest ? ` (nor in ${others} other ${others > 1 ? 'migrations' : 'migration'})` : '';
    return {
      span: found.operation.span,
      message: `This waits without limit for an ACCESS EXCLUSIVE lock on ${code(lock.table.path)}, and all reads and writes of the table wait behind it, because no \`lock_timeout\` is set${where}.`,
      fix: fixOf(migration),
    };
  },
});

/** The migrations that can be changed still and that wait so, each with the first place. */
const waitingIn = rememberedFor(
  (migrations: Migrations): ReadonlyMap<Migration, Locking> =>
    new Map(
      changeableMigrations(migrations).flatMap(migration => {
        const first = lockingOf(migration.statements, migrations).find(
          locking =>
            unreadable(locking) &&
            !outsideTransactions(locking.operation) &&
            !hasTimeout('lock_timeout', locking.statement, migrations),
        );
        return first ? [[migration, first] as const] : [];
      }),
    ),
);

const newestOf = rememberedFor((migrations: Migrations) => [...waitingIn(migrations).keys()].at(-1));

/** The migrations since the project has come to set a limit, or to say that it wants none. */
const withHabit = rememberedFor(({ migrations }: Migrations): ReadonlySet<Migration> => {
  const first = migrations.findIndex(({ text }) => words.some(word => text.includes(word)));
  return new Set(first === -1 ? [] : migrations.slice(first));
});

const words = ['lock_timeout', 'LOCK_TIMEOUT', 'migration/missing-lock-timeout'];

function fixOf(migration: Migration): Fix {
  return {
    title: `Set \`lock_timeout\` at the top of ${code(migration.name)}`,
    safety: 'unsafe',
    edits: setTimeoutFirst('lock_timeout', '5s', migration),
  };
}
