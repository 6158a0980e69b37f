import { defineRule, type Comparison } from '@migrate-lint/core';
import { conversion, convertColumn, safetyOf, sqlFix } from '../../edits.ts';
import { code, places } from '../places.ts';

export default defineRule({
  id: 'drift/type-change',
  level: 'high',
  category: 'migrations',
  needs: ['comparison'],
  docs: {
    summary: 'A column has another type than its field says.',
    why: `Prisma Client reads and writes by the type in the schema: values that do not fit are refused or cut, a comparison may need a cast that
no index serves, and some types cannot be read at all. The fix converts the rows with USING where Postgres has no cast of its own,
takes the default along, and converts both ends of a foreign key together.`,
    bad: `// schema.prisma
model Invoice {
  id     Int     @id
  amount Decimal @db.Decimal(19, 4)
}
-- migration.sql
CREATE TABLE "Invoice" ("id" integer NOT NULL, "amount" double precision NOT NULL, CONSTRAINT "Invoice_pkey" PRIMARY KEY ("id"));`,
    good: `// schema.prisma
model Invoice {
  id     Int     @id
  amount Decimal @db.Decimal(19, 4)
}
-- migration.sql
CREATE TABLE "Invoice" ("id" integer NOT NULL, "amount" decimal(19,4) NOT NULL, CONSTRAINT "Invoice_pkey" PRIMARY KEY ("id"));`,
    guards: [
      'The type of a renamed column belongs to its `drift/probable-rename`.',
      'Two spellings of one type are one type.',
    ],
  },

  subjects: ({ comparison }) => comparison.columns.filter(({ expected, actual }) => expected && actual),
  check: (pair, { comparison }) => {
    const { expected, actual } = pair;
    if (!expected || !actual || !pair.typeChanged || pair.renamed) return undefined;
    const { lossless } = conversion(actual.type, expected.type, '');
    return {
      ...places(pair),
      level: isDomainOver(actual.type, expected.type, comparison) ? 'low' : undefined,
      message: `The schema says that the column ${code(expected.path)} is ${code(expected.type)}, and it is ${code(actual.type)}.`,
      fix: sqlFix(
        `Convert ${code(expected.name)} from ${code(actual.type)} to ${code(expected.type)}`,
        lossless ? safetyOf(expected.table, [], comparison) : 'unsafe',
        convertColumn(pair, comparison),
      ),
    };
  },
});

/** A domain is the type with a constraint of its own, which no .prisma file can say. */
function isDomainOver(type: string, base: string, { actual }: Comparison): boolean {
  const domain = actual.domains.find(({ path }) => path === type.replaceAll('"', ''));
  return domain?.definition.startsWith(base) ?? false;
}
