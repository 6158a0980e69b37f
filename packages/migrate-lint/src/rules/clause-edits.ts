import type { Edit, Operation, Statement } from '@migrate-lint/core';

interface Placed {
  readonly operation: Operation;
  readonly statement: Statement;
}

/** Other words in the place of one clause of a statement; undefined where the clause has no place of its own. */
export function rewriteClause(subject: Placed, text: string): readonly Edit[] | undefined {
  return hasOwnPlace(subject) ? [{ ...subject.operation.span, text }] : undefined;
}

/** The statement with other words in the place of one clause. */
export function withClause(subject: Placed, text: string): string | undefined {
  const { operation, statement } = subject;
  if (!hasOwnPlace(subject)) return undefined;
  const { sql, span } = statement;
  return sql.slice(0, operation.span.start - span.start) + text + sql.slice(operation.span.end - span.start);
}

function hasOwnPlace({ operation: { span, conditional }, statement }: Placed): boolean {
  return !conditional && span.start > statement.span.start && span.end <= statement.span.end;
}
