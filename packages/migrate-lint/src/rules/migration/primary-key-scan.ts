import { defineRule, type Fix, type Migrations } from '@migrate-lint/core';
import { isNeverNull } from '../never-null.ts';
import { operationsOf, type OperationSubject } from '../operations.ts';
import { code } from '../places.ts';
import { primaryKeyOnline } from '../primary-key-fix.ts';
import { rewritesTable } from '../table-rewrites.ts';
import { isInUse } from '../tables-in-use.ts';
import { workOfConstraint } from '../work-words.ts';

export default defineRule({
  id: 'migration/primary-key-scan',
  level: 'high',
  category: 'migrations',
  needs: ['postgresMigrations'],
  docs: {
    summary: 'A primary key is added to a table in use and reads all of it, and nobody can read the table meanwhile.',
    why: `\`ADD PRIMARY KEY\` builds an index, looks for NULLs, and holds an ACCESS EXCLUSIVE lock until it is through: every query on the table
waits, a plain SELECT too. How long depends on the size of the table, which a migration does not know: nothing to notice for a thousand rows,
minutes for some ten million. \`USING INDEX\` with a unique index that is there, or that \`CREATE UNIQUE INDEX CONCURRENTLY\` built in a migration
of its own, takes a moment – but only if each column is NOT NULL already: if not, Postgres still reads all rows under the lock. Prisma 6
asks for such a key on the table of each implicit many-to-many relation, whose unique index has the same two columns. Production stops
while queries wait, so the level is high.`,
    bad: `-- 1_init/migration.sql
CREATE TABLE "_PostToTag" ("A" integer NOT NULL, "B" integer NOT NULL);
CREATE UNIQUE INDEX "_PostToTag_AB_unique" ON "_PostToTag"("A", "B");
-- 2_prisma_6/migration.sql
ALTER TABLE "_PostToTag" ADD CONSTRAINT "_PostToTag_AB_pkey" PRIMARY KEY ("A", "B");
DROP INDEX "_PostToTag_AB_unique";`,
    good: `-- 1_init/migration.sql
CREATE TABLE "_PostToTag" ("A" integer NOT NULL, "B" integer NOT NULL);
CREATE UNIQUE INDEX "_PostToTag_AB_unique" ON "_PostToTag"("A", "B");
-- 2_prisma_6/migration.sql
ALTER TABLE "_PostToTag" ADD CONSTRAINT "_PostToTag_AB_pkey" PRIMARY KEY USING INDEX "_PostToTag_AB_unique";`,
    guards: [
      'A table that the same migration makes has no rows.',
      'USING INDEX on columns that are NOT NULL, or of which a validated CHECK says so.',
      'The same statement writes the table anew, as `ADD COLUMN "id" SERIAL PRIMARY KEY` does: `migration/serial-column` and its like.',
    ],
  },

  subjects: ({ postgresMigrations: migrations }) =>
    operationsOf(migrations, ['add constraint']).filter(({ operation }) => operation.constraint.type === 'primary'),
  check: (subject, { postgresMigrations: migrations }) => {
    const { operation, statement } = subject;
    const { constraint, table, span, conditional } = operation;
    const work = workOfConstraint(operation, statement);
    if (!work || !isInUse(subject, migrations) || rewritesTable(statement)) return undefined;
    const until =
      work === 'build' ? 'its index is built' : `all rows are searched for a NULL in ${code(nullable(subject))}`;
    return {
      span,
      message: `Adding the primary key ${code(constraint.name)} takes an ACCESS EXCLUSIVE lock on ${code(table.path)}, which blocks reads and writes until ${until}.`,
      fix: fixOf(subject, migrations),
      level: conditional ? 'medium' : undefined,
    };
  },
});

function nullable({ operation: { table, constraint } }: OperationSubject<'add constraint'>): readonly string[] {
  return constraint.columns.filter(column => !isNeverNull(table, column));
}

function fixOf(subject: OperationSubject<'add constraint'>, migrations: Migrations): Fix {
  const columns = nullable(subject);
  if (columns.length === 0) return primaryKeyOnline(subject.operation, subject.statement, migrations);
  return {
    title: `Prove first that ${code(columns)} holds no NULL, with a CHECK that is validated in a migration before`,
    safety: 'unsafe',
  };
}
