import { defineRule, type Migration, type Span } from '@migrate-lint/core';
import { changeableMigrations } from '../changeable.ts';

const placebo = /^[ \t]*--[ \t]*prisma-migrate-disable-next-transaction\b[^\n\r]*\r?\n?/gm;

export default defineRule({
  id: 'migration/placebo-comment',
  level: 'medium',
  category: 'migrations',
  needs: ['postgresMigrations'],
  docs: {
    summary: 'A comment that is said to turn the transaction off does nothing.',
    why: `\`-- prisma-migrate-disable-next-transaction\` is copied around the web, and no engine of Prisma, of no version, knows it. Whoever
relies on it finds out when \`CREATE INDEX CONCURRENTLY\` fails in production. What helps is a migration that holds this one statement and
nothing else, or Prisma 7.4, which runs each statement by itself. The comment itself breaks nothing, so the level is medium.`,
    bad: `-- prisma-migrate-disable-next-transaction
CREATE INDEX CONCURRENTLY "orders_email_idx" ON "orders"("email");`,
    good: `CREATE INDEX CONCURRENTLY "orders_email_idx" ON "orders"("email");`,
    guards: ['The words in the middle of another comment, which talks about them.'],
  },

  subjects: ({ postgresMigrations: migrations }) => changeableMigrations(migrations),
  check: migration =>
    commentsIn(migration).map((span, at) => ({
      span,
      aspect: at > 0 ? `#${String(at + 1)}` : undefined,
      message: 'No engine of Prisma knows this comment, so the file runs in the same transaction as without it.',
      fix: {
        title: 'Take the comment out',
        // Where the migration is applied, Prisma compares its text with what ran.
        safety: 'unsafe' as const,
        edits: [{ ...span, text: '' }],
      },
    })),
});

function commentsIn({ file, text }: Migration): readonly Span[] {
  return [...text.matchAll(placebo)].map(({ index, 0: found }) => ({ file, start: index, end: index + found.length }));
}
