import { defineRule, type ReplayFailure } from '@migrate-lint/core';
import { code } from '../places.ts';

export default defineRule({
  id: 'history/replay-failure',
  level: 'critical',
  category: 'migrations',
  needs: ['replay'],
  docs: {
    summary: 'A migration does not run on an empty database.',
    why: `Whoever makes a new database runs the whole history: a colleague with a fresh clone, the next preview environment, the disaster recovery,
and \`prisma migrate dev\` each time. What ran once in production, on a database that had more in it than the migrations make, fails
there. Nothing that comes behind the failure can be verified, and drift cannot be looked for.`,
    bad: `CREATE TABLE "Post" ("id" integer NOT NULL, "authorId" integer NOT NULL, CONSTRAINT "Post_pkey" PRIMARY KEY ("id"));
ALTER TABLE "Post" ADD CONSTRAINT "Post_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "User"("id");`,
    good: `CREATE TABLE "User" ("id" integer NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
CREATE TABLE "Post" ("id" integer NOT NULL, "authorId" integer NOT NULL, CONSTRAINT "Post_pkey" PRIMARY KEY ("id"));
ALTER TABLE "Post" ADD CONSTRAINT "Post_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "User"("id");`,
    guards: [
      'A file that Postgres’s parser refuses: `migration/syntax-error`.',
      'Roles belong to the server: one that is missing is made.',
      'An extension that the embedded database does not have is “not verified”, with `--shadow-url` as the way out.',
    ],
  },

  subjects: ({ replay }) => replay.migrations,
  check: ({ migration, failure }) => {
    // The parser's refusal is told by `migration/syntax-error`, which needs no database.
    if (!failure || migration.syntaxError) return undefined;
    return {
      span: failure.span,
      message: `The migration ${code(migration.name)} does not run on an empty database, because ${said(failure)}.`,
    };
  },
});

/** The server's own words, quoted: they may be several sentences. */
function said({ message, detail, hint, code: state }: ReplayFailure): string {
  const quote = (text: string): string => `“${text.replace(/\s+/g, ' ').trim()}”`;
  const more = [
    ...(detail === undefined ? [] : [`detail ${quote(detail)}`]),
    ...(hint === undefined ? [] : [`hint ${quote(hint)}`]),
    ...(state === undefined ? [] : [`SQLSTATE ${state}`]),
  ];
  return `Postgres says ${quote(message)}${more.length === 0 ? '' : ` (${more.join(', ')})`}`;
}
