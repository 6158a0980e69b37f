import { defineRule } from '@migrate-lint/core';
import { code } from '../places.ts';

export default defineRule({
  id: 'history/missing-sql',
  level: 'critical',
  category: 'migrations',
  needs: ['migrations'],
  docs: {
    summary: 'A folder of the migrations holds no `migration.sql`.',
    why: `Prisma takes every folder for a migration, whatever its name. \`prisma migrate deploy\` stops at one without the file (P3015), and
so does everything behind it. Mostly the file was lost in a merge, or an editor left an empty folder that git does not keep. What the
lost file did is not in the replay either, so drift may be reported that is only the lack of it.`,
    bad: `-- 20260102000000_lost/
CREATE TABLE "User" ("id" integer NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));`,
    good: 'CREATE TABLE "User" ("id" integer NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));',
    guards: [
      'Files beside the folders, such as `migration_lock.toml`.',
      'A folder with a script (`migration.ts`): a runner of the project executes it, and not Prisma.',
    ],
  },

  subjects: ({ migrations: { migrations, withoutSql } }) => [
    ...migrations.map(({ path }) => ({ path, missing: false })),
    ...withoutSql.map(path => ({ path, missing: true })),
  ],
  check: ({ path, missing }) => {
    if (!missing) return undefined;
    return {
      span: null,
      message: `The migration ${code(path)} has no ${code('migration.sql')}, so ${code('prisma migrate deploy')} stops there (P3015); restore the file, or delete the folder if it was never applied.`,
    };
  },
});
