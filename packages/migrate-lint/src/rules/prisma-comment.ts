import type { Statement } from '@migrate-lint/core';

/**
 * The word of the comment that Prisma writes above a statement: `DropIndex` of `-- DropIndex`. Who edits a generated migration keeps it, and
 * who writes one by hand has none. One `-- AlterEnum` may stand above several statements: only the first of them has it.
 */
export function prismaComment({ span, migration }: Statement): string | undefined {
  const above = migration.text.slice(0, span.start).trimEnd().split('\n');
  const line = above.findLast(each => !/^\s*--\s*migrate-lint-ignore(?![\w-])/.test(each)) ?? '';
  return /^\s*-- ([A-Z][A-Za-z]+)\s*$/.exec(line)?.[1];
}
