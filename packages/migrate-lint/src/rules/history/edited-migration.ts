import { defineRule, type Fix, type Migration, type MigrationOwner, type Problem, type Span } from '@migrate-lint/core';
import { code } from '../places.ts';

export default defineRule({
  id: 'history/edited-migration',
  level: 'high',
  category: 'migrations',
  needs: ['migrations', 'applied', 'migrationsTable'],
  docs: {
    summary: 'A migration was changed after it was merged or applied.',
    why: `Prisma runs a migration once and knows it by its name. A database that ran it does not get what was changed in it later, and a new
database gets only the new text: from then on the two differ, and nothing says so before a query fails. \`prisma migrate dev\` compares the
checksum of each file with \`_prisma_migrations\` and asks every colleague to reset the database; \`prisma migrate deploy\` goes on.

A migration counts as applied when the branch that this work goes to has it (\`--since\`), or when the database of \`--url\` ran it. Take the change
back, and write it as a new migration.`,
    bad: `-- main:1_init/migration.sql
CREATE TABLE "User" ("id" integer NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
-- 1_init/migration.sql
CREATE TABLE "User" ("id" bigint NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));`,
    good: `-- main:1_init/migration.sql
CREATE TABLE "User" ("id" integer NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
-- 1_init/migration.sql
CREATE TABLE "User" ("id" integer NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
-- 2_wide_id/migration.sql
ALTER TABLE "User" ALTER COLUMN "id" TYPE bigint;`,
    guards: [
      'Other line ends: git makes them on Windows, and Prisma’s checksum does not mind them.',
      'A migration that failed in the database of `--url`, or was rolled back: to mend it is the way on.',
      'A migration of this branch alone, and every one on the default branch outside of CI.',
      'Where only comments and blanks differ it is low.',
    ],
  },

  subjects: ({ migrations, applied, migrationsTable: { rows = [] } }) => {
    const byName = new Map(applied.migrations.map(each => [each.name, each]));
    const unfinished = new Set(rows.filter(({ state }) => state !== 'applied').map(({ name }) => name));
    for (const { name, state } of rows) if (state === 'applied') unfinished.delete(name);
    return migrations.migrations.flatMap(migration => {
      const known = unfinished.has(migration.name) ? undefined : byName.get(migration.name);
      return known ? [{ path: migration.path, migration, owners: known.owners }] : [];
    });
  },
  check: ({ migration, owners }): Problem | undefined => {
    const owner = owners.find(({ has }) => !has(migration.text));
    if (!owner) return undefined;
    const name = code(migration.name);
    const fix = restore(migration, owner);
    const { place, words } = difference(migration, owner);
    if (words === undefined)
      return {
        span: migration.span,
        level: 'low',
        message: `Only comments and blanks of the migration ${name} differ from what ${owner.name} has, but its checksum does too, so ${code('prisma migrate dev')} asks to reset every database that ran it.`,
        ...fix,
      };
    const since = owner.kind === 'database' ? 'it ran in the database' : `${owner.name} got it`;
    return {
      span: place,
      message: `The migration ${name} was changed after ${since} (${words}), so a database that ran it never gets the change and differs from every new one.`,
      ...fix,
    };
  },
});

/** The first statement that is another one; no words where only comments and blanks differ. */
function difference(
  { statements, syntaxError, span }: Migration,
  { statementCount: before, says }: MigrationOwner,
): { readonly place: Span; readonly words: string | undefined } {
  if (before === undefined) return { place: span, words: 'its checksum differs' };
  if (syntaxError) return { place: syntaxError.span, words: 'it can no longer be read' };
  const differing = statements.findIndex(({ sql }, at) => !says(sql, at));
  const at = differing === -1 ? statements.length : differing;
  if (at === statements.length && at === before) return { place: span, words: undefined };
  const what = at >= before ? 'was added' : at === statements.length ? 'was removed' : 'differs';
  const place = statements[at]?.span ?? statements.at(-1)?.span ?? span;
  return { place, words: `statement ${String(at + 1)} ${what}` };
}

function restore(
  { file, text, name }: Migration,
  { text: before, name: owner }: MigrationOwner,
): { readonly fix?: Fix } {
  if (before === undefined) return {};
  const restored = text.includes('\r\n') ? before.replaceAll('\r\n', '\n').replaceAll('\n', '\r\n') : before;
  const title = `Restore ${code(name)} as ${owner} has it; what was changed belongs into a new migration`;
  return { fix: { title, safety: 'unsafe', edits: [{ file, start: 0, end: text.length, text: restored }] } };
}
