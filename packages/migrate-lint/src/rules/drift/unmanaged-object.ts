import { defineRule } from '@migrate-lint/core';
import { code, places } from '../places.ts';

export default defineRule({
  id: 'drift/unmanaged-object',
  level: 'low',
  category: 'migrations',
  needs: ['comparison'],
  docs: {
    summary: 'The database has an object that no .prisma file can say, and no manifest lists it.',
    why: `Checks, triggers, functions, policies, views, grants, partial and expression indexes and the like live in migrations only. Prisma
does not miss them when they are gone: \`migrate reset\`, \`db push\` or a squashed history lose them without a word, and with them a
rule that the data counted on. \`migrate-lint drift --write-manifest\` writes them into \`unmanaged.json\` beside the migrations; once
that is committed, \`drift/vanished-object\` fails the build when one disappears.`,
    bad: `// schema.prisma
model Order {
  id    Int @id
  total Int
}
-- migration.sql
CREATE TABLE "Order" ("id" integer NOT NULL, "total" integer NOT NULL, CONSTRAINT "Order_pkey" PRIMARY KEY ("id"));
ALTER TABLE "Order" ADD CONSTRAINT "Order_total_check" CHECK ("total" >= 0);`,
    good: `// schema.prisma
model Order {
  id    Int @id
  total Int
}
-- migration.sql
CREATE TABLE "Order" ("id" integer NOT NULL, "total" integer NOT NULL, CONSTRAINT "Order_pkey" PRIMARY KEY ("id"));
ALTER TABLE "Order" ADD CONSTRAINT "Order_total_check" CHECK ("total" >= 0);
// unmanaged.json
{
  "version": 1,
  "objects": [{ "kind": "check", "path": "Order.Order_total_check", "definition": "ALTER TABLE \\"Order\\" ADD CONSTRAINT \\"Order_total_check\\" CHECK ((total >= 0));" }]
}`,
    guards: [
      'What the manifest lists.',
      'What an extension owns, and what stands on a table that the schema does not have.',
    ],
  },

  subjects: ({ comparison }) => comparison.unmanaged,
  check: ({ kind, path, touch }, { comparison }) => {
    const { manifest } = comparison;
    if (manifest?.entries.some(({ object }) => object.kind === kind && object.path === path)) return undefined;
    return {
      ...places({ actual: path, touch, schemaSpan: null }),
      aspect: kind,
      message: `No .prisma file can say the ${kind} ${code(path)}, so nothing would tell you that it is gone${manifest ? `: ${code(manifest.file)} does not list it` : ''}.`,
      fix: { title: 'List it with `migrate-lint drift --write-manifest`, and commit the file', safety: 'safe' },
    };
  },
});
