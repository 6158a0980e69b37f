import { defineRule } from '@migrate-lint/core';

export default defineRule({
  id: 'migration/unread-statement',
  level: 'low',
  category: 'migrations',
  needs: ['migrations'],
  docs: {
    summary: 'A statement of MySQL or SQLite could not be read, so no rule knows what it does.',
    why: `MySQL and SQLite are read with a parser that does not know all of their SQL: user variables (\`SET @x := …\`), PREPARE, the bodies of some
routines and triggers, and rare clauses. What such a statement makes or drops is missing in everything that is said of the migrations behind it, so look at
it yourself. It is no fault of the migration, so the level is low: suppress it with the reason when you have looked.`,
    bad: `# migration_lock.toml
provider = "mysql"
-- 1_init/migration.sql
SET @missing := (SELECT 1);`,
    good: `# migration_lock.toml
provider = "mysql"
-- 1_init/migration.sql
SET FOREIGN_KEY_CHECKS = 0;`,
    guards: ['PostgreSQL, whose own parser reads all: what it refuses is `migration/syntax-error`.'],
  },

  subjects: ({ migrations }) => migrations.unread,
  check: ({ span, migration, message }) => {
    if (migration.applied !== undefined) return undefined;
    return { span, message: `This statement was not read, so no rule knows what it does (${reason(message)}).` };
  },
});

/** The parser's words, on one line. */
function reason(message: string): string {
  return message
    .replace(/\s+/g, ' ')
    .replace(/ at Line: \d+, Column: \d+$/, '')
    .replaceAll('`', "'");
}
