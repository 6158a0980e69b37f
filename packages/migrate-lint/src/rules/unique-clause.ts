import { quoteIdentifier, type AddConstraint, type Statement } from '@migrate-lint/core';

export interface UniqueClause {
  /** The columns as CREATE INDEX takes them, with INCLUDE and NULLS NOT DISTINCT. */
  readonly keys: string;
  /** DEFERRABLE and INITIALLY, which belong to the constraint. */
  readonly rest: string;
}

const name = String.raw`(?:"(?:[^"]|"")+"|[^\s"(),;]+)`;
const list = String.raw`\(\s*${name}(?:\s*,\s*${name})*\s*\)`;
const clause = new RegExp(
  String.raw`^ADD\s+(?:CONSTRAINT\s+${name}\s+)?(?:UNIQUE|PRIMARY\s+KEY)(\s+NULLS\s+(?:NOT\s+)?DISTINCT)?\s*(?:${list})(\s*INCLUDE\s*${list})?((?:\s+(?:NOT\s+)?DEFERRABLE)?(?:\s+INITIALLY\s+(?:DEFERRED|IMMEDIATE))?)$`,
  'i',
);

/** What a UNIQUE or PRIMARY KEY clause says, for the index that it can be put on; undefined where it says more than is known here. */
export function plainUnique({ span, constraint }: AddConstraint, { migration }: Statement): UniqueClause | undefined {
  const found = clause.exec(migration.text.slice(span.start, span.end).trim());
  if (!found) return undefined;
  const [, nulls = '', include = '', rest = ''] = found;
  return { keys: `(${constraint.columns.map(quoteIdentifier).join(', ')})${include}${nulls}`, rest };
}
