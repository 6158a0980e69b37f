import type { Statement } from '@migrate-lint/core';

/** Whether a statement is Postgres's; for others a rule writes no SQL of Postgres. */
export function isOfPostgres({ migration }: Pick<Statement, 'migration'>): boolean {
  return ['postgresql', 'postgres', 'cockroachdb'].includes(migration.provider);
}

export function isOfMysql({ migration }: Pick<Statement, 'migration'>): boolean {
  return ['mysql', 'mariadb'].includes(migration.provider);
}

export function isOfSqlite({ migration }: Pick<Statement, 'migration'>): boolean {
  return migration.provider === 'sqlite';
}

/** SQL that a rule wrote for Postgres, with its names quoted as the database of the statement quotes them. */
export function inItsQuotes<Sql extends string | undefined>(sql: Sql, statement: Statement): Sql | string {
  if (sql === undefined || !isOfMysql(statement)) return sql;
  return sql.replace(/'(?:[^']|'')*'|"((?:[^"]|"")*)"/g, (all, name: string | undefined) =>
    name === undefined ? all : `\`${name.replaceAll('""', '"').replaceAll('`', '``')}\``,
  );
}
