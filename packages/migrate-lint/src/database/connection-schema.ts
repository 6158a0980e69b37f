import type { Migration } from '@migrate-lint/core';
import { quoteIdentifier, quoteLiteral, type Database } from './database.ts';
import type { FailedMigration } from './replay.ts';

/**
 * A connection may name its schema (`?schema=app`), which no file of the project says. Prisma's own statements leave it out, those
 * written by hand name it, and a replay in `public` fails at the first of them with `relation "app.User" does not exist`, though `User`
 * is there in `public`, or at an extension that goes into it. That schema, if this is how the replay failed; a schema that really is
 * missing has no such table.
 */
export async function connectionSchema(
  database: Database,
  { failure }: FailedMigration,
  migration: Migration | undefined,
): Promise<string | undefined> {
  const { code, message, span } = failure;
  // In a file that the parser cannot read there are no statements.
  if (code !== '42P01' && code !== '3F000') return undefined;
  const statement = migration?.statements.find(one => one.span.start <= span.start && span.end <= one.span.end);
  if (!statement) return undefined;
  // An extension of the project's own: whoever ran this had the schema, and no migration makes it.
  const home = /^create\s+extension\b[^;]*\bschema\s+(?:"([^"]+)"|(\w+))/i.exec(statement.sql);
  const schema = home?.[1] ?? home?.[2];
  if (schema !== undefined && message === `schema "${schema}" does not exist`) return schema;
  const named = /"((?:[^"]|"")+)"\s*\.\s*"((?:[^"]|"")+)"|\b([a-z_][\w$]*)\s*\.\s*([a-z_][\w$]*)/g;
  for (const [, quoted, quotedName, plain = '', plainName = ''] of statement.sql.matchAll(named)) {
    const [schema, name] = quoted === undefined ? [plain, plainName] : [quoted, quotedName ?? ''];
    if (!message.includes(`"${schema}.`) && !message.includes(`"${schema}"`)) continue;
    const [found] = await database.query<{ yes: boolean }>(
      `SELECT to_regnamespace(${quoteLiteral(quoteIdentifier(schema))}) IS NULL
         AND to_regclass(${quoteLiteral(`public.${quoteIdentifier(name)}`)}) IS NOT NULL AS yes`,
    );
    if (found?.yes) return schema;
  }
  return undefined;
}

/** Lets the history run in the schema of its connection. */
export function enterSchema(schema: string): string {
  return `CREATE SCHEMA ${quoteIdentifier(schema)}; SET search_path = ${quoteIdentifier(schema)}`;
}

/** Gives what was made in it the paths that the schema file gives it, which knows no other place than `public`. */
export function leaveSchema(schema: string): string {
  return `DROP SCHEMA public CASCADE; ALTER SCHEMA ${quoteIdentifier(schema)} RENAME TO public`;
}
