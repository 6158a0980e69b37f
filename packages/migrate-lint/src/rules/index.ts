import type { AnyRule } from '@migrate-lint/core';
import { databaseRules } from './database-rules.ts';
import { driftRules } from './drift-rules.ts';
import { historyRules } from './history-rules.ts';
import { migrationRules } from './migration-rules.ts';

/** The rules of this package, by id. */
export const rules: readonly AnyRule[] = [...databaseRules, ...driftRules, ...historyRules, ...migrationRules];
