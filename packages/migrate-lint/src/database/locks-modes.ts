import type { Lock, LockMode } from '@migrate-lint/core';
import { lockModes } from '../migrations/lock-modes.ts';

/** A lock as the cache keeps it. */
export type LockData = Pick<Lock, 'table' | 'index' | 'mode' | 'rewrite'>;

/** `ShareRowExclusiveLock` of `pg_locks` as SQL says it; undefined for what is no lock of a table. */
export function modeOf(lock: string): LockMode | undefined {
  const words = lock
    .replace(/Lock$/, '')
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toUpperCase();
  return lockModes.find(mode => mode === words);
}

export function strength(mode: LockMode): number {
  return lockModes.indexOf(mode);
}

/** What others cannot do while the lock is held. */
export function blocks(mode: LockMode): Lock['blocks'] {
  if (mode === 'ACCESS EXCLUSIVE') return 'reads and writes';
  return strength(mode) >= strength('SHARE') ? 'writes' : 'nothing much';
}
