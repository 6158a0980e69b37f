import { defineRule } from '@migrate-lint/core';
import { code } from '../places.ts';

export default defineRule({
  id: 'history/crlf-line-endings',
  level: 'low',
  category: 'migrations',
  needs: ['migrations'],
  docs: {
    summary: 'Some migrations end their lines with CR LF and others with LF.',
    why: `Prisma keeps the checksum of each file that it applied. Where git changes line endings on checkout, the same file has another
checksum on another machine, and \`prisma migrate dev\` says that the migration “was modified after it was applied” and wants to
reset the database. A line \`*.sql text eol=lf\` in \`.gitattributes\` ends that. One style in all files is a checkout of one machine and is
not reported.`,
    bad: `-- 20260101000000_init/migration.sql
CREATE TABLE "User" ("id" integer NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));␍
-- 20260102000000_phone/migration.sql
ALTER TABLE "User" ADD COLUMN "phone" text;
ALTER TABLE "User" ADD COLUMN "fax" text;`,
    good: `-- 20260101000000_init/migration.sql
CREATE TABLE "User" ("id" integer NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
-- 20260102000000_phone/migration.sql
ALTER TABLE "User" ADD COLUMN "phone" text;`,
    guards: ['All files with CR LF, as on Windows with `core.autocrlf`.'],
  },

  subjects: ({ migrations }) => migrations.migrations.filter(({ text }) => text.includes('\n')),
  check: ({ name, text, span }, { migrations: { migrations } }) => {
    if (!text.includes('\r\n') || migrations.every(other => other.text.includes('\r\n') || !other.text.includes('\n')))
      return undefined;
    return {
      span: { ...span, end: text.indexOf('\r\n') },
      message: `${code(name)} ends its lines with CR LF and other migrations do not, so its checksum differs where git changes line endings.`,
    };
  },
});
