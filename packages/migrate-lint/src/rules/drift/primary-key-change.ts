import { defineRule, type Comparison, type TableIndex } from '@migrate-lint/core';
import { addPrimaryKey, dropPrimaryKey, setAside, sqlFix, type Step } from '../../edits.ts';
import { code, makes, places } from '../places.ts';

export default defineRule({
  id: 'drift/primary-key-change',
  level: 'high',
  category: 'integrity',
  needs: ['comparison'],
  docs: {
    summary: 'A table has another primary key than its model says, or none.',
    why: `Prisma Client finds, updates and deletes one row by the \`@id\`: without the primary key two rows may have the same one, and an update of one
changes both. Foreign keys cannot refer to it, and logical replication refuses updates. The fix takes foreign keys that stand on the old
key aside and makes them again.`,
    bad: `// schema.prisma
model Member {
  userId  Int
  spaceId Int

  @@id([userId, spaceId])
}
-- migration.sql
CREATE TABLE "Member" ("userId" integer NOT NULL, "spaceId" integer NOT NULL, CONSTRAINT "Member_pkey" PRIMARY KEY ("userId"));`,
    good: `// schema.prisma
model Member {
  userId  Int
  spaceId Int

  @@id([userId, spaceId])
}
-- migration.sql
CREATE TABLE "Member" ("userId" integer NOT NULL, "spaceId" integer NOT NULL, CONSTRAINT "Member_pkey" PRIMARY KEY ("userId", "spaceId"));`,
    guards: [
      'The table of an implicit many-to-many relation has a unique index since Prisma 1 and a primary key since Prisma 6: both are right.',
    ],
  },

  subjects: ({ comparison }) => comparison.primaryKeys,
  check: (pair, { comparison }) => {
    const { expected, actual } = pair;
    if (expected && actual && !pair.changed) return undefined;
    const table = code((expected ?? actual)?.table.path ?? '');
    const message = !expected
      ? `${makes(comparison)} a primary key on ${code(actual?.columns ?? [])} of ${table} that the schema does not have.`
      : `The schema says that the primary key of ${table} is ${code(expected.columns)}, and ${actual ? `it is ${code(actual.columns)}` : 'the table has none'}.`;
    const title = !expected ? 'Drop the primary key' : `Make ${code(expected.columns)} the primary key of ${table}`;
    return { ...places(pair), message, fix: sqlFix(title, 'unsafe', steps(expected, actual, comparison)) };
  },
});

function steps(
  expected: TableIndex | undefined,
  actual: TableIndex | undefined,
  comparison: Comparison,
): readonly Step[] {
  const columns = (names: readonly string[] = []): string => [...names].sort().join('\0');
  const dependents = comparison.actual.foreignKeys
    .filter(key => key.referencedTable === actual?.table.path)
    .filter(key => columns(key.referencedColumns) === columns(actual?.columns));
  return setAside(dependents, comparison, [
    ...(actual ? [dropPrimaryKey(actual)] : []),
    ...(expected ? [addPrimaryKey(expected)] : []),
  ]);
}
