import { defineRule, flatMap, type Migrations, type Statement } from '@migrate-lint/core';
import { changeableStatements } from '../changeable.ts';
import { copyReason } from '../mysql-copies.ts';
import { isOfMysql } from '../other-databases.ts';
import { code } from '../places.ts';
import { isInUse } from '../tables-in-use.ts';

export default defineRule({
  id: 'migration/mysql-table-copy',
  level: 'high',
  category: 'migrations',
  needs: ['migrations'],
  docs: {
    summary: 'MySQL copies a table in use, or builds on it, while nobody can write to it.',
    why: `InnoDB does most of ALTER TABLE beside the clients, but not another type of a column, another character set, a primary key that goes, a
foreign key while foreign_key_checks is on, an AUTO_INCREMENT column or a FULLTEXT index: there every row is copied or read, and writes
wait until it is done, and the replicas fall behind by as long. On a large table that is minutes to hours, so the level is high; how large
it is a migration does not tell. Write \`, ALGORITHM=INPLACE, LOCK=NONE\` behind an ALTER TABLE, and MySQL refuses what would block
instead of doing it. For what it refuses take gh-ost or pt-online-schema-change, or add a new column, fill it in batches, and move over.`,
    bad: `# migration_lock.toml
provider = "mysql"
-- 1_init/migration.sql
CREATE TABLE \`User\` (\`id\` INTEGER NOT NULL AUTO_INCREMENT, \`age\` INTEGER NOT NULL, PRIMARY KEY (\`id\`));
-- 2_age/migration.sql
ALTER TABLE \`User\` MODIFY \`age\` BIGINT NOT NULL;`,
    good: `# migration_lock.toml
provider = "mysql"
-- 1_init/migration.sql
CREATE TABLE \`User\` (\`id\` INTEGER NOT NULL AUTO_INCREMENT, \`name\` VARCHAR(64) NOT NULL, PRIMARY KEY (\`id\`));
-- 2_name/migration.sql
ALTER TABLE \`User\` MODIFY \`name\` VARCHAR(191) NOT NULL;`,
    guards: [
      'A longer VARCHAR whose length takes as many bytes, and a column that only becomes NULL or NOT NULL, which InnoDB does beside the clients.',
      'ALGORITHM=INPLACE, ALGORITHM=INSTANT or LOCK=NONE: MySQL refuses rather than to block.',
      'Values of an ENUM: `migration/mysql-enum-reorder` speaks of them.',
      'A foreign key behind SET FOREIGN_KEY_CHECKS = 0.',
      'A table that the same migration makes, or one that is deployed together with it.',
    ],
  },

  subjects: ({ migrations }) =>
    changeableStatements(migrations).filter(statement => isOfMysql(statement) && statement.operations.length > 0),
  check: (statement, { migrations }) => {
    if (refusesToBlock(statement)) return undefined;
    const [first] = reasonsOf(statement, migrations);
    if (!first) return undefined;
    return {
      span: first.span,
      message: `Nobody can write to ${code(first.table)} while MySQL goes through all of its rows, because ${first.reason}.`,
    };
  },
});

function refusesToBlock({ operations }: Statement): boolean {
  return operations.some(
    each => each.kind === 'set online' && /^(?:algorithm (?:inplace|instant|nocopy)|lock none)$/.test(each.name ?? ''),
  );
}

function reasonsOf(statement: Statement, migrations: Migrations) {
  return flatMap(statement.operations, operation => {
    if (!('existedBefore' in operation) || !('table' in operation) || !operation.table) return [];
    const reason = copyReason(operation, statement);
    const { table, existedBefore, span } = operation;
    if (reason === undefined || !isInUse({ operation: { table, existedBefore }, statement }, migrations)) return [];
    return { reason, span, table: table.path };
  });
}
