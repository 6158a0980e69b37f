import { FactUnavailable, rememberedFor, type Migrations, type PastObject, type Statement } from '@migrate-lint/core';

/**
 * Throws `FactUnavailable` where nobody can tell which migrations are applied: what a new one should not do is history in an applied one, and a
 * rule that took all of them for new would speak of every lock that was ever taken.
 */
export function expectAppliedKnown({ appliedUnknown }: Migrations): void {
  if (appliedUnknown !== undefined) throw new FactUnavailable(appliedUnknown);
}

/**
 * Whether a thing is there where the migration of a statement is going to run, and in use: not if this migration makes it, nor an earlier one
 * that goes out together with it. Where nothing tells which migrations are applied, the earlier ones are taken for it.
 */
export function wasDeployed(thing: PastObject, { migration }: Statement, { migrations }: Migrations): boolean {
  const made = thing.createdBy?.migration;
  if (!made) return true;
  if (made === migration) return false;
  return made.applied !== undefined || !tellsApplied(migrations);
}

/** Whether something tells which migrations are applied. */
const tellsApplied = rememberedFor((migrations: Migrations['migrations']) =>
  migrations.some(({ applied }) => applied !== undefined),
);
