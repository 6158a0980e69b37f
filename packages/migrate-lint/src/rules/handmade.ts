import type { PastConstraint, PastIndex, Statement } from '@migrate-lint/core';
import type { OperationOf } from './operations.ts';
import { isOfRedefinition, prismaComment } from './prisma-comment.ts';
import { migrationOf } from './same-migration.ts';

/** The index that a generated statement drops although it was made by hand: Prisma found it in the database and not in the schema. */
export function handmadeIndex(
  { index, concurrently, ifExists }: OperationOf<'drop index'>,
  statement: Statement,
): PastIndex | undefined {
  const generated = prismaComment(statement) === 'DropIndex' || isOfRedefinition(statement);
  if (!index?.createdBy || !generated) return undefined;
  // Prisma writes neither: somebody has looked at the statement.
  if (concurrently || ifExists) return undefined;
  if (isBeyondPrisma(index)) return index;
  return isByHand(index.createdBy) && !isAllAboutDrops(statement) ? index : undefined;
}

/** The same of a foreign key. */
export function handmadeForeignKey(
  { constraint }: OperationOf<'drop constraint'>,
  statement: Statement,
): PastConstraint | undefined {
  const generated = prismaComment(statement) === 'DropForeignKey' && constraint?.type === 'foreign';
  if (!generated || !constraint.createdBy || !isByHand(constraint.createdBy)) return undefined;
  return isAllAboutDrops(statement) ? undefined : constraint;
}

/** Whether the index has what no schema says, so that somebody changed the statement that Prisma wrote. */
function isBeyondPrisma({ columns, include, predicate }: PastIndex): boolean {
  return columns.includes(null) || include.length > 0 || predicate !== undefined;
}

/** Whether the migration drops indexes and constraints and does nothing else: that is what it was made for. */
function isAllAboutDrops(statement: Statement): boolean {
  return migrationOf(statement).every(({ operation: { kind } }) => kind === 'drop index' || kind === 'drop constraint');
}

/** Whether no comment of Prisma's stands above the statement, nor above those of its kind that it follows line by line. */
function isByHand(statement: Statement): boolean {
  if (prismaComment(statement) !== undefined || isOfRedefinition(statement)) return false;
  const { statements, text } = statement.migration;
  const former = statements[statements.indexOf(statement) - 1];
  const isNext = former !== undefined && /^;[ \t]*\r?\n$/.test(text.slice(former.span.end, statement.span.start));
  return !isNext || kindsOf(former) !== kindsOf(statement) || isByHand(former);
}

function kindsOf({ operations }: Statement): string {
  return operations.map(({ kind }) => kind).join();
}
