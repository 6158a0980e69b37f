import type { Statement } from '@migrate-lint/core';

/** Whether the migration has set the TimeZone of its session to UTC before the statement. */
export function isInUtc({ migration, path }: Statement): boolean {
  const { statements } = migration;
  const before = statements.slice(
    0,
    statements.findIndex(other => other.path === path),
  );
  const zones = before.flatMap(({ operations }) =>
    operations.flatMap(each =>
      each.kind === 'set' && each.for === 'session' && each.name === 'timezone' ? [each.value] : [],
    ),
  );
  return /^(?:etc\/)?(?:utc|gmt|zulu)$/i.test(zones.at(-1) ?? '');
}
