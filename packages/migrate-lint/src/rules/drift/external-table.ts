import { defineRule, nameKey, type Comparison, type ExternalTable } from '@migrate-lint/core';
import { code, places } from '../places.ts';

export default defineRule({
  id: 'drift/external-table',
  level: 'high',
  category: 'migrations',
  needs: ['comparison'],
  docs: {
    summary: 'An entry of `tables.external` in the Prisma config matches no table.',
    why: `An external table is somebody else's: Prisma neither makes nor drops it. An entry that is misspelt, or names the wrong schema, protects
nothing: the next generated migration makes a second table beside the real one, or drops the real one with its rows.`,
    bad: `// schema.prisma
model User {
  id Int @id
}
-- migration.sql
CREATE TABLE "User" ("id" integer NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
CREATE TABLE "payments" ("id" integer NOT NULL, CONSTRAINT "payments_pkey" PRIMARY KEY ("id"));
// prisma.config.ts
tables: { external: ['public.payment'] }`,
    good: `// schema.prisma
model User {
  id Int @id
}
-- migration.sql
CREATE TABLE "User" ("id" integer NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
CREATE TABLE "payments" ("id" integer NOT NULL, CONSTRAINT "payments_pkey" PRIMARY KEY ("id"));
// prisma.config.ts
tables: { external: ['public.payments'] }`,
    guards: [
      'Migrations do not make external tables: without a live database an entry counts as wrong only when a table that drifts has a like name.',
    ],
  },

  subjects: ({ comparison }) => comparison.externalTables,
  check: (table, { comparison }) => {
    if (table.inDatabase) return undefined;
    const meant = drifting(comparison).find(path => nameKey(lastName(path)) === nameKey(lastName(table.path)));
    if (comparison.against === 'migrations' && meant === undefined) return undefined;
    return {
      ...places({ actual: undefined, touch: undefined, schemaSpan: table.span }),
      message: `The entry ${code(table.path)} of \`tables.external\` matches no table, so it protects nothing${meant === undefined ? '' : `; there is ${code(meant)}`}.`,
      fix: { title: titleOf(table, meant), safety: 'unsafe' },
    };
  },
});

/** Tables that stand on one side only: an entry that is meant for one of them would have taken it out. */
function drifting({ tables }: Comparison): readonly string[] {
  return tables.flatMap(({ path, expected, actual }) => (expected && actual ? [] : [path]));
}

function lastName(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

function titleOf(table: ExternalTable, meant: string | undefined): string {
  if (meant === undefined) return `Take ${code(table.path)} out of \`tables.external\`, or mend the name`;
  return `Write ${code(meant.includes('.') ? meant : `public.${meant}`)} in place of ${code(table.path)}`;
}
