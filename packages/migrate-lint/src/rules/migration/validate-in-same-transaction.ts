import { defineRule, quoteIdentifier, type PastConstraint } from '@migrate-lint/core';
import { sqlFix } from '../../edits.ts';
import { cutClause } from '../cut-clause.ts';
import { isMovedLater, isNamedLater } from '../later-statements.ts';
import { operationsOf, type OperationSubject } from '../operations.ts';
import { hasOwnRunner } from '../own-runner.ts';
import { tableSql } from '../past-names.ts';
import { code } from '../places.ts';
import { isInUse } from '../tables-in-use.ts';

export default defineRule({
  id: 'migration/validate-in-same-transaction',
  level: 'high',
  category: 'migrations',
  needs: ['postgresMigrations'],
  docs: {
    summary:
      'A constraint is added NOT VALID and validated in the same transaction, so that the lock lasts for the whole scan all the same.',
    why: `\`ADD CONSTRAINT … NOT VALID\` takes its lock for a moment, but a lock is held until the transaction ends. If \`VALIDATE CONSTRAINT\` is
in the same transaction, it reads all rows while the ACCESS EXCLUSIVE lock of a CHECK blocks every query on the table, or the SHARE ROW EXCLUSIVE
locks of a foreign key block every write on both tables. That is what NOT VALID was to avoid. What stands between BEGIN and COMMIT is one
transaction, and up to Prisma 7.3 a whole migration is. Put the VALIDATE into a migration of its own: then it blocks neither reads nor
writes. Production stops while queries wait, so the level is high.`,
    bad: `-- 1_init/migration.sql
CREATE TABLE "orders" ("id" integer PRIMARY KEY, "total" numeric(19,4) NOT NULL);
-- 2_no_negative_total/migration.sql
BEGIN;
ALTER TABLE "orders" ADD CONSTRAINT "orders_total_check" CHECK ("total" >= 0) NOT VALID;
ALTER TABLE "orders" VALIDATE CONSTRAINT "orders_total_check";
COMMIT;`,
    good: `-- 1_init/migration.sql
CREATE TABLE "orders" ("id" integer PRIMARY KEY, "total" numeric(19,4) NOT NULL);
-- 2_no_negative_total/migration.sql
ALTER TABLE "orders" ADD CONSTRAINT "orders_total_check" CHECK ("total" >= 0) NOT VALID;
-- 3_no_negative_total_validate/migration.sql
ALTER TABLE "orders" VALIDATE CONSTRAINT "orders_total_check";`,
    guards: [
      'A table that the same migration makes has no rows.',
      'Since Prisma 7.4 each statement of a file is a transaction of its own, unless the file says BEGIN; where nothing tells the version, that is assumed.',
      'A constraint that an earlier migration added.',
      'A history with a placeholder that only another runner can fill in (`migration/syntax-error`), unless the file says BEGIN.',
    ],
  },

  subjects: ({ postgresMigrations: migrations }) => operationsOf(migrations, ['validate constraint']),
  check: (subject, { postgresMigrations: migrations }) => {
    const { operation, statement } = subject;
    const { table, name, span } = operation;
    const added = addedBefore(subject);
    if (!added || !isInUse(subject, migrations) || (!statement.inBlock && hasOwnRunner(migrations))) return undefined;
    const tables = [...new Set([table.path, added.referencedTable ?? table.path])];
    const held =
      added.type !== 'foreign'
        ? `ACCESS EXCLUSIVE lock on ${code(table.path)} that blocks reads and writes`
        : tables.length > 1
          ? `SHARE ROW EXCLUSIVE locks on ${tables.map(path => code(path)).join(' and ')} that block every write`
          : `SHARE ROW EXCLUSIVE lock on ${code(table.path)} that blocks every write`;
    const sql = `ALTER TABLE ${tableSql(table)} VALIDATE CONSTRAINT ${quoteIdentifier(name)};`;
    const title = `Validate ${code(name)} in a migration of its own`;
    const isGone = isNamedLater(name, statement, migrations) || isMovedLater(table, undefined, statement, migrations);
    const edits = isGone ? undefined : cutClause(operation, statement);
    return {
      span,
      message: `Validating ${code(name)} in the transaction that added it keeps the ${held} until all rows are checked.`,
      related: added.createdBy ? [{ message: 'Added here, with NOT VALID.', span: added.createdBy.span }] : undefined,
      fix: edits ? { ...sqlFix(title, 'unsafe', [{ phase: 'validate', sql }]), edits } : { title, safety: 'unsafe' },
    };
  },
});

/** The constraint as this very transaction has added it, be it in a clause of the same statement. */
function addedBefore({ operation, statement }: OperationSubject<'validate constraint'>): PastConstraint | undefined {
  const { constraint, table, name } = operation;
  if (!constraint) {
    const clause = statement.operations.find(
      other => other.kind === 'add constraint' && other.table.id === table.id && other.constraint.name === name,
    );
    return clause?.kind === 'add constraint' ? clause.constraint : undefined;
  }
  const { createdBy, validated } = constraint;
  const isSame = createdBy?.migration === statement.migration && createdBy.transaction === statement.transaction;
  return isSame && !validated ? constraint : undefined;
}
