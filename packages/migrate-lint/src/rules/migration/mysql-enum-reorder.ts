import { defineRule } from '@migrate-lint/core';
import { enumValues } from '../mysql-copies.ts';
import { isOfMysql } from '../other-databases.ts';
import { operationsOf } from '../operations.ts';
import { code } from '../places.ts';
import { rowsWhere } from '../prechecks.ts';
import { isInUse } from '../tables-in-use.ts';

export default defineRule({
  id: 'migration/mysql-enum-reorder',
  level: 'high',
  category: 'migrations',
  needs: ['migrations'],
  docs: {
    summary: 'The values of a MySQL ENUM change in another way than by new ones at the end.',
    why: `MySQL keeps the number of a value and not its name. New values at the end are only written into the definition, in a moment. If a value
goes, comes in between or changes its place, every row is copied under its new number while nobody can write, and ORDER BY and comparisons of the
column give another order from then on. A row with a value that is gone stops the ALTER (1265), or becomes an empty string where sql_mode is
not strict. So the level is high. Put new values at the end of the enum, and take a value away only when an UPDATE has taken it out of the rows.`,
    bad: `# migration_lock.toml
provider = "mysql"
-- 1_init/migration.sql
CREATE TABLE \`User\` (\`id\` INTEGER NOT NULL, \`role\` ENUM('USER', 'ADMIN') NOT NULL, PRIMARY KEY (\`id\`));
-- 2_guests/migration.sql
ALTER TABLE \`User\` MODIFY \`role\` ENUM('GUEST', 'USER', 'ADMIN') NOT NULL;`,
    good: `# migration_lock.toml
provider = "mysql"
-- 1_init/migration.sql
CREATE TABLE \`User\` (\`id\` INTEGER NOT NULL, \`role\` ENUM('USER', 'ADMIN') NOT NULL, PRIMARY KEY (\`id\`));
-- 2_guests/migration.sql
ALTER TABLE \`User\` MODIFY \`role\` ENUM('USER', 'ADMIN', 'GUEST') NOT NULL;`,
    guards: [
      'New values behind all others.',
      'A table that the same migration makes, or one that is deployed together with it.',
    ],
  },

  subjects: ({ migrations }) =>
    operationsOf(migrations, ['alter type']).filter(({ statement }) => isOfMysql(statement)),
  check: (subject, { migrations }) => {
    const { operation, statement } = subject;
    const { column, table, to, span } = operation;
    const [before, after] = [enumValues(column.type ?? ''), enumValues(to ?? '')];
    if (!before || !after || !isInUse(subject, migrations)) return undefined;
    if (before.every((value, at) => after[at] === value)) return undefined;
    const gone = before.filter(value => !after.includes(value));
    const path = code(`${table.path}.${column.name}`);
    if (gone.length === 0) {
      return {
        span,
        message: `The values of ${path} get other numbers, so MySQL copies all rows of ${code(table.path)} while nobody can write to it.`,
      };
    }
    const list = gone.map(value => `'${value.replaceAll("'", "''")}'`).join(', ');
    const precheck = rowsWhere(table, statement, [column.name], ([name = '']) => `${name} IN (${list})`);
    return {
      span,
      message: `${path} loses ${code(gone)} from its values, which fails when a row still has it, and copies all rows while nobody can write.`,
      precheck,
    };
  },
});
