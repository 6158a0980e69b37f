import type { AnyRule } from '@migrate-lint/core';
import createThenDrop from './history/create-then-drop.ts';
import crlfLineEndings from './history/crlf-line-endings.ts';
import deletedMigration from './history/deleted-migration.ts';
import duplicateVersion from './history/duplicate-version.ts';
import editedMigration from './history/edited-migration.ts';
import emptyHistory from './history/empty-history.ts';
import emptyMigration from './history/empty-migration.ts';
import failedOrPending from './history/failed-or-pending.ts';
import futureTimestamp from './history/future-timestamp.ts';
import malformedName from './history/malformed-name.ts';
import missingLockFile from './history/missing-lock-file.ts';
import missingSql from './history/missing-sql.ts';
import outOfBandSql from './history/out-of-band-sql.ts';
import outOfOrder from './history/out-of-order.ts';
import providerMismatch from './history/provider-mismatch.ts';
import replayFailure from './history/replay-failure.ts';

/** The rules of the group `history/`. */
export const historyRules: readonly AnyRule[] = [
  createThenDrop,
  crlfLineEndings,
  deletedMigration,
  duplicateVersion,
  editedMigration,
  emptyHistory,
  emptyMigration,
  failedOrPending,
  futureTimestamp,
  malformedName,
  missingLockFile,
  missingSql,
  outOfBandSql,
  outOfOrder,
  providerMismatch,
  replayFailure,
];
