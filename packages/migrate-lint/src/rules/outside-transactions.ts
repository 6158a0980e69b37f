import {
  commitsEachStatement,
  type IndexChange,
  type Migrations,
  type Operation,
  type Statement,
} from '@migrate-lint/core';
import { hasOwnRunner } from './own-runner.ts';

/** Statements of which no more is known than what the parser calls them. */
const refused: Readonly<Record<string, string>> = {
  createdb: 'CREATE DATABASE',
  'create table space': 'CREATE TABLESPACE',
  'drop table space': 'DROP TABLESPACE',
};

const online: Readonly<Partial<Record<Operation['kind'], string>>> = {
  'create index': 'CREATE INDEX CONCURRENTLY',
  'drop index': 'DROP INDEX CONCURRENTLY',
  reindex: 'REINDEX CONCURRENTLY',
  'detach partition': 'DETACH PARTITION CONCURRENTLY',
};

/** How a statement is called that Postgres runs in no transaction with others (SQLSTATE 25001); undefined for all others. */
export function outsideTransactions(operation: Operation): string | undefined {
  const { kind } = operation;
  // REFRESH MATERIALIZED VIEW CONCURRENTLY is not among them.
  if ('concurrently' in operation && operation.concurrently) return online[kind];
  if (kind === 'reindex') return reindex(operation);
  if (kind === 'vacuum' || kind === 'vacuum full') return 'VACUUM';
  if (kind === 'cluster') return operation.table === undefined ? 'CLUSTER of all tables' : undefined;
  if (kind === 'drop object') return operation.type === 'database' ? 'DROP DATABASE' : undefined;
  if (kind === 'set') return operation.for === 'system' ? 'ALTER SYSTEM' : undefined;
  return kind === 'other' ? refused[operation.what] : undefined;
}

function reindex({ target, table }: IndexChange): string | undefined {
  if (target !== 'index' && target !== 'table') return `REINDEX ${target.toUpperCase()}`;
  return table?.kind === 'partitioned table' ? 'REINDEX of a partitioned table' : undefined;
}

/**
 * Whether the statement fails because it runs in a transaction with others. Up to Prisma 7.3 a file is one query, and Postgres takes one of several
 * statements for a transaction as a whole, even where a COMMIT stands in it. Where nothing tells the version, it is not assumed.
 */
export function failsInTransaction(operation: Operation, statement: Statement, history: Migrations): boolean {
  if (outsideTransactions(operation) === undefined) return false;
  return operation.conditional || statement.inBlock || isOneOfSeveral(statement, history);
}

function isOneOfSeveral({ migration }: Statement, history: Migrations): boolean {
  const { prisma } = history;
  const isOneQuery = prisma !== undefined && migration.statements.length > 1 && !commitsEachStatement(prisma);
  return isOneQuery && !hasOwnRunner(history);
}
