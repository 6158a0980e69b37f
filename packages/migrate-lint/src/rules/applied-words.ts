import type { AppliedHistory, AppliedMigration, Migration, Migrations } from '@migrate-lint/core';
import { runsBefore } from './migration-order.ts';

/** The migrations that nobody has yet, as far as git and the database tell. */
export function newMigrations({ migrations }: Migrations, applied: AppliedHistory): readonly Migration[] {
  const known = new Set(applied.migrations.map(({ name }) => name));
  return migrations.filter(({ name }) => !known.has(name));
}

/** Those that ran elsewhere and are not here any more. What a branch got since this work left it was never here. */
export function deletedMigrations(
  { migrations, withoutSql }: Migrations,
  applied: AppliedHistory,
): readonly AppliedMigration[] {
  const here = new Set([...migrations.map(({ name }) => name), ...withoutSql]);
  return applied.migrations.filter(({ name, owners }) => !here.has(name) && owners.some(({ ahead }) => !ahead));
}

/**
 * Whether the history was squashed as Prisma's guide has it: the oldest migrations are gone, and a new one stands in front of all that are left.
 */
export function isSquashed(migrations: Migrations, applied: AppliedHistory): boolean {
  const deleted = new Set(deletedMigrations(migrations, applied).map(({ name }) => name));
  const left = applied.migrations.filter(({ name }) => !deleted.has(name));
  const oldestAreGone = applied.migrations.slice(0, deleted.size).every(({ name }) => deleted.has(name));
  return (
    deleted.size > 0 &&
    oldestAreGone &&
    newMigrations(migrations, applied).some(({ name }) => left.every(each => runsBefore(name, each.name)))
  );
}

/** Whose migration it is, as the subject of a sentence. */
export function ownerOf({ owners }: AppliedMigration): string {
  return owners.find(({ ahead }) => !ahead)?.name ?? owners[0]?.name ?? '';
}
