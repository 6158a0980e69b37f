import type { Migration, Migrations } from '@migrate-lint/core';

/**
 * The comment in the place of a name at which the parser stops, a schema in front of a dot: a runner that is not Prisma puts the name there.
 */
export function placeholderOf({ syntaxError, text }: Migration): string | undefined {
  if (!syntaxError) return undefined;
  const { start } = syntaxError.span;
  if (text[start] !== '.') return undefined;
  return /\/\*\s*\w+\s*\*\/\s*$/.exec(text.slice(0, start))?.[0].trim();
}

/** Whether the migrations are run by another runner than Prisma, in transactions of its own: Prisma stops at a placeholder. */
export function hasOwnRunner({ migrations }: Migrations): boolean {
  return migrations.some(migration => placeholderOf(migration) !== undefined);
}
