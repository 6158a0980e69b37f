import { words, type Statement } from '@migrate-lint/core';
import { migrationOf } from './same-migration.ts';

const said: ReadonlySet<string> = new Set([
  ...[
    'drop',
    'drops',
    'dropped',
    'dropping',
    'remove',
    'removed',
    'removes',
    'removing',
    'removal',
    'delete',
    'deleted',
  ],
  ...['clean', 'cleanup', 'deprecated', 'legacy', 'unused', 'obsolete', 'unneeded', 'unnecessary'],
]);

/** Whether a migration was made to drop things: it does nothing else, and its name says so. */
export function isMadeForDrops(statement: Statement): boolean {
  return (
    words(statement.migration.name).some(word => said.has(word)) &&
    migrationOf(statement).every(({ operation: { kind } }) => kind.startsWith('drop ') || kind === 'set')
  );
}
