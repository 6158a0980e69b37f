import { words } from '@migrate-lint/core';

/** What stands before the name of the thing itself. */
const before: ReadonlySet<string> = new Set(['old', 'bak', 'bkp', 'tmp', 'temp', 'temporary', 'deprecated', 'legacy']);

/** Or behind it. A `BackupJob` and an `OrderArchive` are things of their own. */
const behind: ReadonlySet<string> = new Set([...before, 'backup', 'copy', 'unused', 'staging']);

/** Whether a name says that the thing only stands in for another one: `User_old`, `tmp_import`, `users_backup_2024`. */
export function isStandIn(name: string): boolean {
  const parts = words(name).filter(word => !/^\d+$/.test(word));
  const [first = ''] = parts;
  return parts.length > 1 && (before.has(first) || behind.has(parts.at(-1) ?? ''));
}
