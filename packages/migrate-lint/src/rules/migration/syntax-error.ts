import { defineRule } from '@migrate-lint/core';
import { placeholderOf } from '../own-runner.ts';
import { code } from '../places.ts';

export default defineRule({
  id: 'migration/syntax-error',
  level: 'critical',
  category: 'migrations',
  needs: ['migrations'],
  docs: {
    summary: 'A migration is no SQL that Postgres can read.',
    why: `Postgres’s own parser reads the file here, so what it refuses now it refuses in the deploy too: a word that is misspelt, a comma too many, a
template that nobody filled in, a mark of a merge conflict. Nothing in the file can be checked before it is mended, so the level is critical.
It is medium where a comment stands in the place of a name, as \`/* SCHEMA */."User"\`: then the project has a runner of its own that fills it in.`,
    bad: `CREATE TABEL "a" ("id" integer PRIMARY KEY);`,
    good: `CREATE TABLE "a" ("id" integer PRIMARY KEY);`,
    guards: [
      'Syntax of a later Postgres than 17, the parser’s, is the one thing that it refuses and a newer server takes.',
      'What fails only when it runs: `history/replay-failure`.',
    ],
  },

  subjects: ({ migrations }) => migrations.migrations,
  check: migration => {
    const { name, syntaxError } = migration;
    if (!syntaxError) return undefined;
    const placeholder = placeholderOf(migration);
    if (placeholder !== undefined)
      return {
        span: syntaxError.span,
        message: `The migration ${code(name)} cannot be read, because ${code(placeholder)} stands in the place of a name, for another runner than Prisma to fill in.`,
        level: 'medium',
      };
    return {
      span: syntaxError.span,
      message: `The migration ${code(name)} cannot be read, because Postgres’s parser says “${syntaxError.message.replace(/\s+/g, ' ')}”.`,
    };
  },
});
