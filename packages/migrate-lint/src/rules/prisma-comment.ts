import type { Statement } from '@migrate-lint/core';

/**
 * The word of the comment that Prisma writes above a statement: `DropIndex` of `-- DropIndex`. Who edits a generated migration keeps it, and
 * who writes one by hand has none. One `-- AlterEnum` may stand above several statements: only the first of them has it.
 */
export function prismaComment({ span, migration }: Statement): string | undefined {
  let above = migration.text.slice(0, span.start).trimEnd();
  let line = lastLine(above);
  for (; suppression.test(line); line = lastLine(above)) above = above.slice(0, -line.length - 1);
  return /^\s*-- ([A-Z][A-Za-z]+)\s*$/.exec(line)?.[1];
}

const suppression = /^\s*--\s*migrate-lint-ignore(?![\w-])/;

function lastLine(text: string): string {
  return text.slice(text.lastIndexOf('\n') + 1);
}

/** Whether it is one of the statements below Prisma's `-- RedefineTables`, which have no comments of their own. */
export function isOfRedefinition({ span, migration }: Statement): boolean {
  const comments = migration.text.slice(0, span.start).matchAll(/^[ \t]*-- ([A-Z][A-Za-z]+)[ \t]*\r?$/gm);
  return [...comments].at(-1)?.[1] === 'RedefineTables';
}
