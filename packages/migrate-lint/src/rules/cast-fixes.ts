import { quoteIdentifier, type ColumnChange, type Fix, type Statement } from '@migrate-lint/core';
import { rewriteStatement } from '../edits.ts';
import { literalDefault } from './cast-failures.ts';
import { rewriteClause } from './clause-edits.ts';
import { tableSql } from './past-names.ts';
import { code } from './places.ts';

/** Says how to cast, or takes the default out of the way. */
export function castFix(
  failure: 'no cast' | 'no using' | 'default',
  operation: ColumnChange,
  statement: Statement,
  to: string,
): Fix {
  const { column, table, span } = operation;
  const name = quoteIdentifier(column.name);
  if (failure === 'no cast')
    return { title: 'Compute the value in a USING, or add a new column and fill it', safety: 'unsafe' };
  if (failure === 'no using') {
    const clause = statement.sql.slice(span.start - statement.span.start, span.end - statement.span.start);
    const edits = rewriteClause({ operation, statement }, `${clause} USING ${name}::${to}`);
    return { title: `Say how with ${code(`USING ${name}::${to}`)}`, safety: 'unsafe', edits };
  }
  const literal = literalDefault(column);
  const change = `ALTER TABLE ${tableSql(table)} ALTER COLUMN ${name}`;
  return {
    title: 'Drop the default before the change, and set it anew behind it',
    safety: 'unsafe',
    edits:
      literal !== undefined
        ? rewriteStatement(statement, `${change} DROP DEFAULT;\n${statement.sql};\n${change} SET DEFAULT ${literal};`)
        : undefined,
  };
}
