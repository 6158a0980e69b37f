import { defineRule } from '@migrate-lint/core';
import { code } from '../places.ts';

export default defineRule({
  id: 'migration/syntax-error',
  level: 'critical',
  category: 'migrations',
  needs: ['migrations'],
  docs: {
    summary: 'A migration is no SQL that Postgres can read.',
    why: `Postgres’s own parser reads the file here, so what it refuses now it refuses in the deploy too: a word that is misspelt, a comma too many, a
template that nobody filled in, a mark of a merge conflict. Nothing in the file can be checked before it is mended, so the level is critical.`,
    bad: `CREATE TABEL "a" ("id" integer PRIMARY KEY);`,
    good: `CREATE TABLE "a" ("id" integer PRIMARY KEY);`,
    guards: [
      'Syntax of a later Postgres than 17, the parser’s, is the one thing that it refuses and a newer server takes.',
      'What fails only when it runs: `history/replay-failure`.',
    ],
  },

  subjects: ({ migrations }) => migrations.migrations,
  check: ({ name, syntaxError }) => {
    if (!syntaxError) return undefined;
    return {
      span: syntaxError.span,
      message: `The migration ${code(name)} cannot be read, because Postgres’s parser says “${syntaxError.message.replace(/\s+/g, ' ')}”.`,
    };
  },
});
