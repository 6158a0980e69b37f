import type { Edit, Operation, Statement } from '@migrate-lint/core';
import { removeStatement } from '../edits.ts';

/**
 * Takes one clause out of an ALTER TABLE, with its comma, or the whole statement where there is no other clause. Undefined where the clause
 * has no place of its own, or shares it.
 */
export function cutClause(operation: Operation, statement: Statement): readonly Edit[] | undefined {
  const { span } = operation;
  if (operation.conditional) return undefined;
  const others = statement.operations.filter(other => other !== operation);
  if (others.length === 0) return removeStatement(statement);
  const isApart = others.every(other => other.span.end <= span.start || other.span.start >= span.end);
  if (span.start <= statement.span.start || !isApart) return undefined;
  const { text } = statement.migration;
  const [before] = /,\s*$/.exec(text.slice(statement.span.start, span.start)) ?? [];
  const [after] = /^\s*,\s*/.exec(text.slice(span.end, statement.span.end)) ?? [];
  if (before !== undefined) return [{ ...span, start: span.start - before.length, text: '' }];
  return after === undefined ? undefined : [{ ...span, end: span.end + after.length, text: '' }];
}
