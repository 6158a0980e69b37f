import { defineRule, flatMap, type Migrations, type Operation, type Span, type Statement } from '@migrate-lint/core';
import * as z from 'zod';
import { changeableStatements } from '../changeable.ts';
import { code } from '../places.ts';
import { isReserved, isValueWord } from '../reserved-words.ts';

export default defineRule({
  id: 'migration/reserved-name',
  level: 'low',
  category: 'conventions',
  needs: ['postgresMigrations'],
  options: z.object({
    all: z
      .boolean()
      .default(false)
      .describe('Speak of every reserved word, also of those that are a syntax error without quotes, such as `order`.'),
  }),
  docs: {
    summary: 'A table or column has a name that means something else when it is not quoted.',
    why: `Prisma quotes every name, so the client works. SQL by hand does not: \`SELECT * FROM user\` gives the name of the database role and no
error, \`WHERE user = 'ada'\` compares the role with a text, and a policy or function with it is wrong in silence. Such words are \`user\`,
\`current_date\` and the like; with the option \`all\` the other reserved words are found too, which fail with a syntax error at the first try. Whoever
writes SQL by hand is warned, and nothing is broken yet, so the level is low. \`@@map\` and \`@map\` give another name in the database.`,
    bad: `CREATE TABLE "user" ("id" integer PRIMARY KEY);`,
    good: `CREATE TABLE "users" ("id" integer PRIMARY KEY);`,
    guards: [
      'Names with a capital letter (`User`), which have to be quoted anyhow and are a syntax error or “does not exist” otherwise.',
      'Without the option `all`: words that are a syntax error without quotes (`order`, `group`, `default`).',
      'A table or column that a later statement renames or drops.',
    ],
  },

  subjects: ({ postgresMigrations: migrations }) => namedIn(migrations),
  check: ({ name, kind, path, span, id }, { postgresMigrations: migrations }, { all }) => {
    const isValue = isValueWord(name);
    if (!isValue && !(all && isReserved(name))) return undefined;
    if (isRenamed(id, migrations)) return undefined;
    const without = isValue ? 'is read as the value of that word, without an error' : 'is a syntax error';
    return {
      span,
      message: `The ${kind} ${code(path)} has the name of an SQL word, and every query by hand that does not quote it ${without}.`,
      fix: {
        title: `Give it another name in the database with ${code(kind === 'table' ? '@@map' : '@map')}`,
        safety: 'unsafe',
      },
    };
  },
});

interface Named {
  readonly path: string;
  readonly name: string;
  readonly kind: 'table' | 'column';
  readonly span: Span;
  readonly id: number;
}

function namedIn(migrations: Migrations): readonly Named[] {
  const found = flatMap(changeableStatements(migrations), ({ operations }) => flatMap(operations, namesOf));
  return [...new Map(found.map(named => [named.path, named])).values()];
}

function namesOf(operation: Operation): readonly Named[] {
  if (operation.kind === 'create table') {
    const { table, span } = operation;
    if (table.temporary || operation.existing) return [];
    const columns = table.columns.map(({ name, id }) => ({
      path: `${table.path}.${name}`,
      name,
      kind: 'column' as const,
      span,
      id,
    }));
    return [{ path: table.path, name: table.name, kind: 'table', span, id: table.id }, ...columns];
  }
  if (operation.kind === 'add column' && !operation.table.temporary) {
    const { table, column, span } = operation;
    return [{ path: `${table.path}.${column.name}`, name: column.name, kind: 'column', span, id: column.id }];
  }
  return [];
}

function isRenamed(id: number, { migrations }: Migrations): boolean {
  const touches = ({ operations }: Statement): boolean =>
    operations.some(operation => {
      if (operation.kind === 'drop table')
        return operation.table.id === id || operation.table.columns.some(column => column.id === id);
      if (operation.kind === 'drop column') return operation.column.id === id;
      return (operation.kind === 'rename table' || operation.kind === 'rename column') && operation.object?.id === id;
    });
  return migrations.some(({ statements, syntaxError }) => !syntaxError && statements.some(touches));
}
