import { defineRule, nameKey, type Catalog, type Model, type View } from '@migrate-lint/core';
import { code } from '../places.ts';

type Found = Pick<View, 'path' | 'name' | 'schema' | 'span'> & { readonly columns: readonly string[] };

export default defineRule({
  id: 'database/broken-view',
  level: 'high',
  category: 'integrity',
  needs: ['schema', 'database'],
  docs: {
    summary: 'A view of the schema is not in the database, or lacks a column that the schema gives it.',
    why: `Prisma makes no views: a \`view\` block is what somebody wrote by hand about a view that a migration makes, and no tool of Prisma’s looks
whether it is so. Prisma Client selects every field by name, so one field that the view lacks fails every query of it. It fails reading and
loses nothing, so the level is high. Within the database a view cannot break: Postgres refuses to drop what it reads.`,
    bad: `// schema.prisma
generator client {
  provider        = "prisma-client"
  output          = "./client"
  previewFeatures = ["views"]
}
view Totals {
  id    Int @unique
  cents Int
}
-- migration.sql
CREATE TABLE "orders" ("id" int PRIMARY KEY, "amount" int NOT NULL);
CREATE VIEW "Totals" AS SELECT "id", "amount" FROM "orders";`,
    good: `// schema.prisma
generator client {
  provider        = "prisma-client"
  output          = "./client"
  previewFeatures = ["views"]
}
view Totals {
  id    Int @unique
  cents Int
}
-- migration.sql
CREATE TABLE "orders" ("id" int PRIMARY KEY, "amount" int NOT NULL);
CREATE VIEW "Totals" AS SELECT "id", "amount" AS "cents" FROM "orders";`,
    guards: [
      'A table, materialized view or foreign table stands for a view of the schema as well.',
      'Views and fields with `@ignore`, and relation fields, which are no columns.',
    ],
  },

  subjects: ({ schema }) => schema.views.filter(view => !view.ignored),
  check: (view, { database }) => {
    const relations = relationsOf(database);
    const { dbName, dbSchema = 'public' } = view;
    const found = relations.find(one => one.name === dbName && one.schema === dbSchema);
    if (!found) return missing(view, relations);
    const lacking = view.columns.filter(field => !field.ignored && !found.columns.includes(field.dbName));
    const [first] = lacking;
    if (!first) return undefined;
    const names = code(lacking.map(field => field.dbName));
    const alike = found.columns.find(column => nameKey(column) === nameKey(first.dbName));
    return {
      span: first.span,
      message: `The view ${code(found.path)} has no ${lacking.length > 1 ? 'columns' : 'column'} ${names}, so every query of ${code(view.name)} fails.`,
      related: found.span ? [{ span: found.span, message: 'the view as it is' }] : [],
      fix: {
        title:
          alike === undefined
            ? `Give the view ${names}, or take it out of the schema`
            : `Map ${code(first.name)} to ${code(alike)}`,
        safety: 'unsafe',
      },
    };
  },
});

function missing(view: Model, relations: readonly Found[]) {
  const alike = relations.find(one => nameKey(one.name) === nameKey(view.dbName));
  const elsewhere = alike ? `: ${code(alike.path)} is another name` : '';
  return {
    span: view.nameSpan,
    message: `The database has no view ${code(view.dbName)}${elsewhere}, so every query of ${code(view.name)} fails.`,
    fix: {
      title: alike
        ? `Map ${code(view.name)} to ${code(alike.name)}`
        : 'Make the view in a migration, or take it out of the schema',
      safety: 'unsafe' as const,
    },
  };
}

function relationsOf({ views, tables }: Catalog): readonly Found[] {
  return [...views, ...tables.map(table => ({ ...table, columns: table.columns.map(({ name }) => name) }))];
}
