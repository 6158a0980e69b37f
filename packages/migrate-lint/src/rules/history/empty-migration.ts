import { defineRule } from '@migrate-lint/core';
import { code } from '../places.ts';

export default defineRule({
  id: 'history/empty-migration',
  level: 'low',
  category: 'migrations',
  needs: ['migrations'],
  docs: {
    summary: 'A migration does nothing.',
    why: `\`prisma migrate dev --create-only\` writes a file that says “This is an empty migration.” and waits for somebody to fill it in. One that
was applied as it is does no harm, but whoever reads the history looks for what is missing in it, and what was meant to be there
is nowhere.`,
    bad: '-- This is an empty migration.',
    good: 'CREATE TABLE "User" ("id" integer NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));',
    guards: ['A comment that says why: more than Prisma’s own line.', '`SELECT 1;` says that nothing is meant.'],
  },

  subjects: ({ migrations }) => migrations.migrations,
  check: ({ name, text, span }) => {
    const left = text.replace(/^\uFEFF/, '').replace(/--\s*This is an empty migration\.?/gi, '');
    if (left.trim() !== '') return undefined;
    return { span, message: `The migration ${code(name)} does nothing, and nothing says why it is there.` };
  },
});
