export { quoteIdentifier } from '@migrate-lint/core';

/** A Postgres database, embedded or on a server, that the shadow is built in or that is looked at. */
export interface Database {
  readonly kind: 'embedded' | 'server';
  /** Runs a script of any number of statements as one simple query: one implicit transaction, unless it commits itself. */
  execute(sql: string): Promise<void>;
  query<Row>(sql: string): Promise<readonly Row[]>;
  close(): Promise<void>;
}

/** An error as Postgres reports it. `position` counts characters of the query from 1. */
export interface PostgresError extends Error {
  readonly code: string;
  readonly position?: string;
  readonly detail?: string;
  readonly hint?: string;
}

/** Whether an error came from Postgres and carries a SQLSTATE. */
export function isPostgresError(error: unknown): error is PostgresError {
  return (
    error instanceof Error && 'code' in error && typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code)
  );
}

/** A text as an SQL literal; it is right whatever `standard_conforming_strings` says. */
export function quoteLiteral(text: string): string {
  const quoted = text.replaceAll("'", "''");
  return quoted.includes('\\') ? `E'${quoted.replaceAll('\\', '\\\\')}'` : `'${quoted}'`;
}
