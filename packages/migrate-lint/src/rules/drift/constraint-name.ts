import {
  defineRule,
  type Fix,
  type Comparison,
  type ForeignKeyPair,
  type IndexPair,
  type TableForeignKey,
  type TableIndex,
  type Touch,
} from '@migrate-lint/core';
import {
  isMadeAnew,
  renameForeignKey,
  renameIndex,
  safetyOfIndex,
  safetyOfKey,
  sqlFix,
  type Step,
} from '../../edits.ts';
import { code, places } from '../places.ts';

export default defineRule({
  id: 'drift/constraint-name',
  level: 'low',
  category: 'conventions',
  needs: ['comparison'],
  docs: {
    summary: 'An index, unique, primary key or foreign key has another name than the schema gives it.',
    why: `It works, but the next \`prisma migrate dev\` renames it in a migration that is about something else, and a migration that drops it by the name of the
schema fails. Either rename it, or write the name into the schema with \`map\`. Postgres cuts names at 63 bytes without an error, so
that a name of a hand-written migration may never be the one that is asked for.`,
    bad: `// schema.prisma
model User {
  id    Int    @id
  email String @unique
}
-- migration.sql
CREATE TABLE "User" ("id" integer NOT NULL, "email" text NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
CREATE UNIQUE INDEX "unique_email" ON "User"("email");`,
    good: `// schema.prisma
model User {
  id    Int    @id
  email String @unique(map: "unique_email")
}
-- migration.sql
CREATE TABLE "User" ("id" integer NOT NULL, "email" text NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
CREATE UNIQUE INDEX "unique_email" ON "User"("email");`,
    guards: ['One that has to be made anew for another reason gets its name with it.'],
  },

  subjects: ({ comparison }): (IndexPair | ForeignKeyPair)[] =>
    [...comparison.primaryKeys, ...comparison.uniques, ...comparison.indexes, ...comparison.foreignKeys].filter(
      ({ expected, actual }) => expected && actual,
    ),
  check: (pair, { comparison }) => {
    const { expected, actual } = pair;
    if (!expected || !actual || !pair.nameChanged || isMendedElsewhere(pair)) return undefined;
    const what = isIndex(actual) ? kindOf(actual) : 'foreign key';
    const cut = wasCut(actual.name, pair.touch) ? ' because Postgres cut the name at 63 bytes' : '';
    return {
      ...places(pair),
      message: `The schema calls the ${what} on ${code(actual.columns)} of ${code(expected.table.path)} ${code(expected.name)}, and its name is ${code(actual.name)}${cut}.`,
      fix: sqlFix(
        `Rename ${code(actual.name)} to ${code(expected.name)}, or say \`map: ${JSON.stringify(actual.name)}\` in the schema`,
        safety(expected, comparison),
        [rename(expected, actual)],
      ),
    };
  },
});

function rename(expected: TableIndex | TableForeignKey, actual: TableIndex | TableForeignKey): Step {
  if (isIndex(actual)) return renameIndex(actual, expected.name);
  return isIndex(expected) ? renameIndex(expected, expected.name, actual.name) : renameForeignKey(actual, expected);
}

/** Where names change places, one has to step aside first. */
function safety(expected: TableIndex | TableForeignKey, comparison: Comparison): Fix['safety'] {
  if (isIndex(expected)) return safetyOfIndex(expected, comparison);
  const table = comparison.tables.find(pair => pair.expected === expected.table)?.actual;
  if (table?.foreignKeys.some(key => key.name === expected.name)) return 'unsafe';
  return safetyOfKey(expected, comparison);
}

function isIndex(thing: TableIndex | TableForeignKey): thing is TableIndex {
  return 'method' in thing;
}

function kindOf(index: TableIndex): string {
  return index.primary ? 'primary key' : index.unique ? 'unique' : 'index';
}

function isMendedElsewhere(pair: Comparison['indexes'][number] | ForeignKeyPair): boolean {
  if ('weaknesses' in pair) return isMadeAnew(pair);
  return (
    pair.changed || (pair.weakness !== undefined && (pair.expected?.unique === true || pair.weakness === 'invalid'))
  );
}

/** The name in the statement goes on where the one in the database ends. */
function wasCut(name: string, touch: Touch | undefined): boolean {
  const sql = touch?.statement.sql ?? '';
  const at = sql.indexOf(name);
  // A character of several bytes is not cut in two.
  return at !== -1 && Buffer.byteLength(name) > 59 && /^[^"\s(]/.test(sql.slice(at + name.length));
}
