import { defineRule } from '@migrate-lint/core';
import { restore, sqlFix } from '../../edits.ts';
import { code, lacks } from '../places.ts';

export default defineRule({
  id: 'drift/vanished-object',
  level: 'critical',
  category: 'integrity',
  needs: ['comparison'],
  docs: {
    summary: 'An object that the committed manifest lists is not in the database any more.',
    why: `The manifest holds what no .prisma file can say and the data counts on: the CHECK that keeps amounts positive, the policy that keeps
tenants apart, the trigger that writes the audit log. Something took it away, often a generated migration that dropped a column or an
index. The fix is the manifest's own definition; if it was dropped on purpose, write the manifest anew.`,
    bad: `// schema.prisma
model Order {
  id    Int @id
  total Int
}
-- migration.sql
CREATE TABLE "Order" ("id" integer NOT NULL, "total" integer NOT NULL, CONSTRAINT "Order_pkey" PRIMARY KEY ("id"));
// unmanaged.json
{
  "version": 1,
  "objects": [{ "kind": "check", "path": "Order.Order_total_check", "definition": "ALTER TABLE \\"Order\\" ADD CONSTRAINT \\"Order_total_check\\" CHECK ((total >= 0));" }]
}`,
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
      'Only whether the object is there counts: how Postgres writes a definition differs from version to version.',
    ],
  },

  subjects: ({ comparison }) => comparison.manifest?.entries ?? [],
  check: (entry, { comparison }) => {
    if (entry.found) return undefined;
    const { object, span, touch } = entry;
    const steps = restore(object, comparison.actual);
    const title = 'Make it again, or accept that it is gone with `migrate-lint drift --write-manifest`';
    return {
      span,
      related:
        touch?.action === 'dropped'
          ? [{ message: `dropped by ${touch.statement.migration.name}`, span: touch.span }]
          : [],
      message: `The manifest lists the ${object.kind} ${code(object.path)} and ${lacks(comparison, { actual: undefined, touch, schemaSpan: span })}.`,
      fix: steps.length === 0 ? { title, safety: 'unsafe' } : sqlFix(title, 'unsafe', steps),
    };
  },
});
