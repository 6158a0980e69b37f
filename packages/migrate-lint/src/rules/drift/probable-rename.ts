import { defineRule, type ColumnPair, type Comparison, type EnumType, type Pair, type Table } from '@migrate-lint/core';
import { convertColumn, renameColumn, renameEnum, renameTable, sqlFix, type Step } from '../../edits.ts';
import { code, makes, places } from '../places.ts';

type Subject =
  | ({ readonly what: 'table' } & { readonly pair: Pair<Table>; readonly path: string })
  | ({ readonly what: 'column' } & { readonly pair: ColumnPair; readonly path: string })
  | ({ readonly what: 'enum' } & { readonly pair: Pair<EnumType>; readonly path: string });

export default defineRule({
  id: 'drift/probable-rename',
  level: 'critical',
  category: 'migrations',
  needs: ['comparison'],
  docs: {
    summary:
      'A table, column or enum has another name in the schema than in the database, and is probably the same thing.',
    why: `Prisma does not know renames: the migration that it generates drops the old column and adds an empty one, and the data is gone.
Until then every query of the model fails. A column is taken for another one's new name when its type can be converted and the names
are alike, or both stand alone between the same neighbours; a table when most of its columns agree; an enum when its values do. The
fix renames, converts the type where it changed, and keeps the data. It is marked unsafe because only you know that it is a rename.`,
    bad: `// schema.prisma
model AuditLog {
  id       Int     @id
  resource String?
}
-- migration.sql
CREATE TABLE "AuditLog" ("id" integer NOT NULL, "resource_type" text, CONSTRAINT "AuditLog_pkey" PRIMARY KEY ("id"));`,
    good: `// schema.prisma
model AuditLog {
  id       Int     @id
  resource String?
}
-- migration.sql
CREATE TABLE "AuditLog" ("id" integer NOT NULL, "resource_type" text, CONSTRAINT "AuditLog_pkey" PRIMARY KEY ("id"));
ALTER TABLE "AuditLog" RENAME COLUMN "resource_type" TO "resource";`,
    guards: [
      'A thing with two partners that fit as well as each other is no rename: it is missing, and they are extra.',
      'A column behind the last one that both sides have is no rename by its place alone.',
    ],
  },

  subjects: ({ comparison }): Subject[] => [
    ...comparison.tables.map(pair => ({ what: 'table' as const, pair, path: pair.path })),
    ...comparison.columns.map(pair => ({ what: 'column' as const, pair, path: pair.path })),
    ...comparison.enums.map(pair => ({ what: 'enum' as const, pair, path: pair.path })),
  ],
  check: (subject, { comparison }) => {
    const { what, pair } = subject;
    if (!pair.renamed || !pair.actual || !pair.expected) return undefined;
    const [from, to] = [pair.actual.name, pair.expected.name];
    const types = what === 'column' && pair.typeChanged ? [pair.actual.type, pair.expected.type] : [];
    const converted = types.length > 0 ? ` and became ${code(types[1] ?? '')} from ${code(types[0] ?? '')}` : '';
    const lost = what === 'enum' ? 'the type and makes another' : 'it and loses its data';
    return {
      ...places(pair),
      message: `${makes(comparison)} the ${what} ${code(pair.actual.path)} that is probably ${code(pair.path)} of the schema under its old name${converted} (${pair.likeness}); the next generated migration drops ${lost}.`,
      fix: sqlFix(
        `Rename the ${what} ${code(from)} to ${code(to)}${types.length > 0 ? `, and convert it to ${code(types[1] ?? '')}` : ''}`,
        'unsafe',
        steps(subject, comparison),
      ),
    };
  },
});

function steps({ what, pair }: Subject, comparison: Comparison): readonly Step[] {
  if (!pair.actual || !pair.expected) return [];
  if (what === 'table') return [renameTable(pair.actual, pair.expected)];
  if (what === 'enum') return [renameEnum(pair.actual, pair.expected)];
  return pair.typeChanged ? convertColumn(pair, comparison) : [renameColumn(pair.actual, pair.expected)];
}
