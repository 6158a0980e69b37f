import { defineRule } from '@migrate-lint/core';
import { appendStatement } from '../../edits.ts';
import { operationsOf } from '../operations.ts';
import { code } from '../places.ts';
import { after } from '../same-migration.ts';

export default defineRule({
  id: 'migration/open-transaction',
  level: 'critical',
  category: 'migrations',
  needs: ['postgresMigrations'],
  docs: {
    summary: 'A transaction is begun and not ended, so what the migration does is lost.',
    why: `A transaction that nobody commits is rolled back when the session ends. The deploy goes through, and none of the statements behind the
BEGIN has happened: the tables are not there, and the next migration or the next query fails. So the level is critical.`,
    bad: `BEGIN;
CREATE TABLE "a" ("id" integer PRIMARY KEY);`,
    good: `BEGIN;
CREATE TABLE "a" ("id" integer PRIMARY KEY);
COMMIT;`,
    guards: ['END, ROLLBACK, ABORT and COMMIT AND CHAIN end a transaction too.', 'BEGIN of a function’s body is none.'],
  },

  subjects: ({ postgresMigrations: migrations }) => operationsOf(migrations, ['begin']),
  check: ({ operation, statement }) => {
    const ended = after(operation, statement).some(
      ({ operation: { kind } }) => kind === 'commit' || kind === 'rollback',
    );
    if (ended) return undefined;
    return {
      span: operation.span,
      message: `No COMMIT of ${code(statement.migration.name)} ends the transaction that begins here, so everything behind it is rolled back when the session ends.`,
      fix: {
        title: 'Write `COMMIT;` at the end of the migration',
        // It makes happen what never did.
        safety: 'unsafe',
        edits: appendStatement(statement.migration, 'COMMIT;'),
      },
    };
  },
});
