import { defineRule, type Migrations } from '@migrate-lint/core';
import { isOfMysql } from '../other-databases.ts';
import { operationsOf, type OperationSubject } from '../operations.ts';
import { code } from '../places.ts';

export default defineRule({
  id: 'migration/mysql-invisible-first',
  level: 'low',
  category: 'performance',
  optIn: true,
  needs: ['migrations'],
  docs: {
    summary: 'A MySQL index is dropped without having been invisible first.',
    why: `Whether a query needs an index shows when it is gone, and to build it again takes as long as the table is large. MySQL 8 can hide an index from
the optimizer for a while (\`ALTER TABLE … ALTER INDEX … INVISIBLE\`): it is kept up to date, and one moment brings it back. Prisma does not write
it, and a small table does not need it, so the rule is one that you ask for, and low.`,
    bad: `# migration_lock.toml
provider = "mysql"
-- 1_init/migration.sql
CREATE TABLE \`User\` (\`id\` INTEGER NOT NULL, \`name\` VARCHAR(64) NOT NULL, INDEX \`User_name_idx\`(\`name\`), PRIMARY KEY (\`id\`));
-- 2_drop/migration.sql
DROP INDEX \`User_name_idx\` ON \`User\`;`,
    good: `# migration_lock.toml
provider = "mysql"
-- 1_init/migration.sql
CREATE TABLE \`User\` (\`id\` INTEGER NOT NULL, \`name\` VARCHAR(64) NOT NULL, INDEX \`User_name_idx\`(\`name\`), PRIMARY KEY (\`id\`));
-- 2_hide/migration.sql
ALTER TABLE \`User\` ALTER INDEX \`User_name_idx\` INVISIBLE;
-- 3_drop/migration.sql
DROP INDEX \`User_name_idx\` ON \`User\`;`,
    guards: [
      'A unique index: it holds a promise, which `migration/dropped-constraint` speaks of.',
      'An index that the same migration makes.',
    ],
  },

  subjects: ({ migrations }) =>
    operationsOf(migrations, ['drop index']).filter(({ statement }) => isOfMysql(statement)),
  check: (subject, { migrations }) => {
    const { index, existedBefore, table, span } = subject.operation;
    if (!index || !table || index.unique || !existedBefore || wasHidden(subject, migrations)) return undefined;
    return {
      span,
      message: `${code(index.name)} of ${code(table.path)} is dropped without having been invisible first, so a query that needs it is slow until it is built again.`,
    };
  },
});

/** Whether an earlier migration hid it. */
function wasHidden({ operation, statement }: OperationSubject<'drop index'>, migrations: Migrations): boolean {
  const { index, table } = operation;
  return operationsOf(migrations, ['hide index', 'show index'], { applied: true })
    .filter(other => other.statement.migration !== statement.migration)
    .filter(({ operation: change }) => change.table.id === table?.id && change.name === index?.name)
    .some(({ operation: change }) => change.kind === 'hide index');
}
