import { defineRule, flatMap, quoteIdentifier, type Operation, type Problem, type Statement } from '@migrate-lint/core';
import { bytesOf, cutName, longNames } from '../long-names.ts';
import { changeableStatements } from '../changeable.ts';
import { isOfMysql, isOfPostgres } from '../other-databases.ts';
import { code } from '../places.ts';

export default defineRule({
  id: 'migration/identifier-too-long',
  level: 'low',
  category: 'conventions',
  needs: ['migrations'],
  docs: {
    summary: 'A name is longer than 63 bytes, and Postgres cuts it.',
    why: `Postgres cuts every name at 63 bytes of UTF-8 with a NOTICE that no deploy shows. The thing is made under the short name, which is what errors,
\`prisma db pull\` and the catalog say; a search for the long one finds nothing, and two long names that differ behind the 63rd byte are one. Queries
that say the long name work, because it is cut there too, so the level is low.`,
    bad: `CREATE TABLE "Order" ("id" integer CONSTRAINT "order_identifier_must_be_positive_because_zero_means_that_it_is_unsaved" CHECK ("id" > 0));`,
    good: `CREATE TABLE "Order" ("id" integer CONSTRAINT "order_id_positive" CHECK ("id" > 0));`,
    guards: [
      'Names that only refer to a thing, which Postgres cuts in the same way.',
      'Names of 63 bytes, which is what Prisma itself cuts its names to.',
      'SQLite, which takes names of any length; MySQL refuses those of more than 64 characters.',
      'Text in strings, comments and bodies of functions.',
    ],
  },

  subjects: ({ migrations }) => changeableStatements(migrations),
  check: statement => {
    if (!isOfPostgres(statement)) return tooLongForMysql(statement);
    const long = longNames(statement.sql);
    if (long.length === 0) return undefined;
    const made = new Set(flatMap(statement.operations, namesMade));
    const { file, start } = statement.span;
    const seen = new Set<string>();
    return flatMap(long, ({ name, at, length }) => {
      const short = cutName(name);
      if (!made.has(short) && !made.has(name)) return [];
      if (seen.has(name)) return [];
      seen.add(name);
      const span = { file, start: start + at, end: start + at + length };
      return {
        span,
        message: `The name ${code(name)} has ${bytesOf(name)} bytes, and Postgres cuts it to ${code(short)}.`,
        fix: {
          title: 'Say the name that it gets, or a shorter one',
          safety: 'unsafe' as const,
          edits: long
            .filter(other => other.name === name)
            .map(other => ({
              file,
              start: start + other.at,
              end: start + other.at + other.length,
              text: quoteIdentifier(short),
            })),
        },
        aspect: seen.size > 1 ? short : undefined,
      };
    });
  },
});

/** MySQL refuses names of more than 64 characters; to SQLite all are short enough. */
function tooLongForMysql(statement: Statement): Problem | undefined {
  const name = isOfMysql(statement)
    ? flatMap(statement.operations, namesMade).find(each => each.length > 64)
    : undefined;
  if (name === undefined) return undefined;
  return {
    span: statement.span,
    level: 'high',
    message: `The name ${code(name)} has ${name.length} characters, and MySQL refuses more than 64, so the deploy fails.`,
  };
}

/** The names that an operation gives to something. */
function namesMade(operation: Operation): readonly string[] {
  if (operation.kind === 'create table') {
    const { name, columns, constraints, indexes } = operation.table;
    return [name, ...flatMap([columns, constraints, indexes], parts => parts.map(part => part.name))];
  }
  if (operation.kind === 'add column') return [operation.column.name];
  if (operation.kind === 'add constraint') return [operation.constraint.name];
  if (operation.kind === 'create index') return [operation.index.name];
  if (operation.kind === 'create object') return [operation.object.name];
  const renamed = operation.kind.startsWith('rename ') && 'from' in operation ? operation.to : undefined;
  return renamed === undefined ? [] : [renamed.slice(renamed.lastIndexOf('.') + 1)];
}
