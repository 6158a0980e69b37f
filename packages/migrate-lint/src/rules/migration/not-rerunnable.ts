import { defineRule } from '@migrate-lint/core';
import { changeableMigrations } from '../changeable.ts';
import { code } from '../places.ts';
import { runsAgain } from '../rerunnable.ts';

export default defineRule({
  id: 'migration/not-rerunnable',
  level: 'low',
  category: 'migrations',
  optIn: true,
  needs: ['postgresMigrations'],
  docs: {
    summary: 'A statement of a migration that may stop half-way cannot run a second time.',
    why: `Where each statement of a file is a transaction of its own, as since Prisma 7.4, a failure leaves what stands above it. The file can run again
only if those statements say IF [NOT] EXISTS, or stand between BEGIN and COMMIT. IF NOT EXISTS has a price: it also passes over something else of the
same name. Most teams resolve the rare failure by hand, so the rule is off unless it is asked for, and low.`,
    bad: `CREATE TABLE "a" ("id" integer PRIMARY KEY);
CREATE TABLE "b" ("id" integer PRIMARY KEY);`,
    good: `BEGIN;
CREATE TABLE "a" ("id" integer PRIMARY KEY);
CREATE TABLE "b" ("id" integer PRIMARY KEY);
COMMIT;`,
    guards: [
      'A file that is one transaction: between BEGIN and COMMIT, with Prisma up to 7.3, or with one statement only.',
      'IF [NOT] EXISTS, OR REPLACE, temporary tables, and a DROP … IF EXISTS of the same thing before it.',
    ],
  },

  subjects: ({ postgresMigrations: migrations }) => changeableMigrations(migrations),
  check: ({ statements, name }) => {
    if (new Set(statements.map(({ transaction }) => transaction)).size < 2) return undefined;
    const found = statements.filter(statement => !statement.inBlock && !runsAgain(statement));
    const [first, ...more] = found;
    if (!first) return undefined;
    return {
      span: first.span,
      message: `${code(name)} is no one transaction, and ${more.length === 0 ? 'this statement' : `this statement and ${String(more.length)} more of it`} cannot run again after a failure further down.`,
    };
  },
});
