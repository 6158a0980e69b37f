import type { Fix } from '@migrate-lint/core';

/**
 * The order in which a migration that mends everything runs its statements. What stands before the renames says the names that the
 * database has, what stands behind them those of the schema.
 */
export const phases = [
  'drop foreign key',
  'drop index',
  'create extension',
  'create enum',
  'add enum value',
  'rename table',
  'rename enum',
  'rename column',
  'rename constraint',
  'recreate enum',
  'create table',
  'add column',
  'change type',
  'change default',
  'change nullability',
  'drop column',
  'drop table',
  'drop enum',
  'add primary key',
  'create index',
  'add foreign key',
  'check foreign key',
  'restore type',
  'restore function',
  'restore object',
  'restore view',
  'restore materialized view',
  'restore grant',
  'protect',
  'validate',
] as const;
export type Phase = (typeof phases)[number];

/** One statement, or several that stay together. Comment lines above it are part of it. */
export interface Step {
  readonly phase: Phase;
  readonly sql: string;
  /** The path of the constraint that a step drops or renames: one that is dropped needs no other name. */
  readonly constraint?: string;
  /** What a rename needs free before it can run. The scope is where names have to differ. */
  readonly rename?: { readonly scope: string; readonly from: string; readonly to: string };
}

/** A fix whose SQL a new migration can take apart and put in order with that of other fixes. */
export interface SqlFix extends Fix {
  readonly sql: string;
  readonly steps: readonly Step[];
}

/**
 * The fix that runs these steps. It is `safe` when it runs whatever the rows are and loses none of them: a constraint that rows can
 * violate is not.
 */
export function sqlFix(title: string, safety: Fix['safety'], steps: readonly Step[]): SqlFix {
  return { title, safety, sql: steps.map(step => step.sql).join('\n'), steps };
}

/** Text as one line of an SQL comment, whatever is in it. */
export function comment(text: string): string {
  // A line break in a name would end the comment, the others garble a terminal.
  return `-- ${text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')}`;
}
