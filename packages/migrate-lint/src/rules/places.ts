import type { Comparison, Pair, Problem } from '@migrate-lint/core';

type Placed = Pick<Pair<unknown>, 'actual' | 'touch' | 'schemaSpan'>;

/** The first two places of a drift finding: where the schema promises the thing, and the statement that last touched it. */
export function places({ actual, touch, schemaSpan }: Placed): Pick<Problem, 'span' | 'related'> {
  if (!schemaSpan) return { span: touch?.span ?? null };
  if (!touch) return { span: schemaSpan };
  // Of a thing that is missing only its table, or the statement that dropped it, can be there.
  const done = actual !== undefined || touch.action === 'dropped' ? touch.action : 'touched';
  const words = done === 'altered' || done === 'touched' ? `last ${done}` : done;
  return {
    span: schemaSpan,
    related: [{ message: `${words} by ${touch.statement.migration.name}`, span: touch.span }],
  };
}

/** Why something that the schema promises is not there, as the second half of a sentence. */
export function lacks({ against }: Comparison, { touch, actual }: Placed): string {
  if (against === 'database') return 'the database does not have it';
  if (actual === undefined && touch?.action === 'dropped') return `\`${touch.statement.migration.name}\` dropped it`;
  return 'no migration makes it';
}

/** Subject and verb of a sentence about something that the schema does not have. */
export function makes({ against }: Comparison): string {
  return against === 'database' ? 'The database has' : 'The migrations make';
}

/** `a` or `a, b` as code. */
export function code(names: string | readonly string[]): string {
  return `\`${typeof names === 'string' ? names : names.join(', ')}\``;
}
