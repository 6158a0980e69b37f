import type { Operation, PastColumn, PastEnum, Statement } from '@migrate-lint/core';

/**
 * Whether a statement turns this text into a value of the enum: as a cast, as the default of a column of the enum, as what is put into one, or
 * as what one is compared with. The same text in other columns is no use.
 */
export function usesValue(statement: Statement, type: PastEnum, value: string): boolean {
  const literal = `'${value.replaceAll("'", "''")}'`;
  const sql = withoutComments(statement.sql);
  if (!sql.includes(literal) || isBody.test(sql)) return false;
  if (statement.operations.some(operation => isDefault(operation, type, literal))) return true;
  if (
    sql
      .split(literal)
      .slice(1)
      .some(behind => isCast(behind, type))
  )
    return true;
  const columns = statement.before.tables
    .filter(({ name }) => sql.includes(name))
    .flatMap(table => table.columns.filter(column => isOf(column, type)));
  return columns.some(({ name }) => isPut(statement.operations, name) || isCompared(sql, name, literal));
}

/** A body of PL/pgSQL is a text until somebody calls it. */
const isBody = /^\s*CREATE\s+(?:OR\s+REPLACE\s+)?(?:FUNCTION|PROCEDURE)\b[^]*\bLANGUAGE\s+'?plpgsql/i;

function isOf({ type }: PastColumn, { path, name }: PastEnum): boolean {
  const bare = type?.replaceAll('[]', '').replaceAll('"', '');
  return bare === path || bare === name;
}

function isDefault(operation: Operation, type: PastEnum, literal: string): boolean {
  const says = (column: PastColumn): boolean => isOf(column, type) && column.default?.sql.includes(literal) === true;
  if (operation.kind === 'set default')
    return isOf(operation.column, type) && operation.default?.sql.includes(literal) === true;
  if (operation.kind === 'create table') return operation.table.columns.some(says);
  return operation.kind === 'add column' && says(operation.column);
}

function isCast(behind: string, { path, name }: PastEnum): boolean {
  const [, said = ''] = /^\s*::\s*((?:"(?:[^"]|"")+"|[\w$]+)(?:\.(?:"(?:[^"]|"")+"|[\w$]+))?)/.exec(behind) ?? [];
  const bare = said.replaceAll('"', '');
  return bare === path || bare === name;
}

/** An INSERT that fills the column; an UPDATE says `column = literal`. */
function isPut(operations: readonly Operation[], column: string): boolean {
  return operations.some(operation => operation.kind === 'insert' && operation.columns.includes(column));
}

function isCompared(sql: string, column: string, literal: string): boolean {
  const words = new RegExp(
    `(?<![\\w$])${escaped(column)}"?\\s*(?:=|<>|!=|[<>]=?|(?:NOT\\s+)?IN\\s*\\()[^=<>]*${escaped(literal)}`,
    'i',
  );
  return words.test(sql);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function withoutComments(sql: string): string {
  return sql.replace(/--[^\n]*/g, '').replace(/\/\*[^]*?\*\//g, '');
}
