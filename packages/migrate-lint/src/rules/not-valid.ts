import { quoteIdentifier, type Fix, type Migrations, type PastConstraint } from '@migrate-lint/core';
import { sqlFix } from '../edits.ts';
import { rewriteClause } from './clause-edits.ts';
import { isMovedLater, isNamedLater } from './later-statements.ts';
import type { OperationSubject } from './operations.ts';
import { tableSql } from './past-names.ts';
import { code } from './places.ts';

/**
 * Adds the constraint NOT VALID, which takes a moment, and validates it in a later migration, which blocks no writes. Only words where SQL
 * does not have that (in the definition of a column, in a DO block, and before Postgres 18 for a foreign key of a partitioned table), and where
 * the constraint or the table is another one at the end of the history.
 */
export function notValidFirst(
  { operation, statement }: OperationSubject<'add constraint'>,
  migrations: Migrations,
): Fix {
  const { constraint, table, ofNewColumn, span } = operation;
  const title = `Add ${code(constraint.name)} with NOT VALID, and validate it in a later migration`;
  const text = statement.migration.text.slice(span.start, span.end);
  const isRefused = constraint.type === 'foreign' && table.kind === 'partitioned table';
  const edits = rewriteClause({ operation, statement }, `${text}${endsInComment(text) ? '\n' : ' '}NOT VALID`);
  const isGone =
    isNamedLater(constraint.name, statement, migrations) ||
    isMovedLater(table, columnsOf(constraint), statement, migrations);
  if (!edits || ofNewColumn || isRefused || isGone) return { title, safety: 'unsafe' };
  const sql = `ALTER TABLE ${tableSql(table)} VALIDATE CONSTRAINT ${quoteIdentifier(constraint.name)};`;
  return { ...sqlFix(title, 'unsafe', [{ phase: 'validate', sql }]), edits };
}

/** A CHECK may read columns that nobody has listed. */
function columnsOf({ type, columns }: PastConstraint): readonly string[] | undefined {
  return type === 'foreign' ? columns : undefined;
}

function endsInComment(text: string): boolean {
  return text.slice(text.lastIndexOf('\n') + 1).includes('--');
}
