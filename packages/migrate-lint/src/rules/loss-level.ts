import type { Level, Operation, Problem, Statement } from '@migrate-lint/core';

/**
 * The level of a loss. In a migration that is applied nobody can change it any more, so it is low; in a DO block it may not come to it, so it is
 * medium at most.
 */
export function lossLevel(
  { migration }: Statement,
  { conditional }: Operation,
  level: Level,
): Required<Pick<Problem, 'level'>> {
  if (migration.applied !== undefined) return { level: 'low' };
  return { level: conditional && (level === 'critical' || level === 'high') ? 'medium' : level };
}
