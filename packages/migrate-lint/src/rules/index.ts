import type { AnyRule } from '@migrate-lint/core';
import authUsersExposed from './database/auth-users-exposed.ts';
import brokenFunction from './database/broken-function.ts';
import brokenTrigger from './database/broken-trigger.ts';
import brokenView from './database/broken-view.ts';
import bypassableTrigger from './database/bypassable-trigger.ts';
import charColumn from './database/char-column.ts';
import duplicateForeignKey from './database/duplicate-foreign-key.ts';
import duplicateIndex from './database/duplicate-index.ts';
import dynamicSqlInjection from './database/dynamic-sql-injection.ts';
import extensionInPublic from './database/extension-in-public.ts';
import floatMoney from './database/float-money.ts';
import foreignKeyTypeMismatch from './database/foreign-key-type-mismatch.ts';
import incompletePolicies from './database/incomplete-policies.ts';
import invalidIndex from './database/invalid-index.ts';
import jsonColumn from './database/json-column.ts';
import keyCapacity from './database/key-capacity.ts';
import materializedViewExposed from './database/materialized-view-exposed.ts';
import databaseMissingForeignKey from './database/missing-foreign-key.ts';
import missingPrimaryKey from './database/missing-primary-key.ts';
import mutableSearchPath from './database/mutable-search-path.ts';
import nullableUnique from './database/nullable-unique.ts';
import overlappingPolicies from './database/overlapping-policies.ts';
import permissivePolicy from './database/permissive-policy.ts';
import policyColumnUnindexed from './database/policy-column-unindexed.ts';
import policyPerRowCall from './database/policy-per-row-call.ts';
import policyTrustsUserMetadata from './database/policy-trusts-user-metadata.ts';
import policyWithoutRls from './database/policy-without-rls.ts';
import publicDefinerFunction from './database/public-definer-function.ts';
import publicGrant from './database/public-grant.ts';
import redundantCheck from './database/redundant-check.ts';
import redundantIndex from './database/redundant-index.ts';
import rlsBypassedByOwner from './database/rls-bypassed-by-owner.ts';
import rlsDisabled from './database/rls-disabled.ts';
import rlsWithoutPolicy from './database/rls-without-policy.ts';
import sensitiveColumnExposed from './database/sensitive-column-exposed.ts';
import tautologicalCheck from './database/tautological-check.ts';
import timestampWithoutZone from './database/timestamp-without-zone.ts';
import unconstrainedMoney from './database/unconstrained-money.ts';
import unconstrainedState from './database/unconstrained-state.ts';
import undocumentedEncryptedColumn from './database/undocumented-encrypted-column.ts';
import undocumentedTable from './database/undocumented-table.ts';
import unindexedForeignKey from './database/unindexed-foreign-key.ts';
import unorderedTimes from './database/unordered-times.ts';
import unprotectedLedger from './database/unprotected-ledger.ts';
import unvalidatedConstraint from './database/unvalidated-constraint.ts';
import viewBypassesRls from './database/view-bypasses-rls.ts';
import constraintName from './drift/constraint-name.ts';
import defaultChange from './drift/default-change.ts';
import externalTable from './drift/external-table.ts';
import extraColumn from './drift/extra-column.ts';
import extraEnumValue from './drift/extra-enum-value.ts';
import extraEnum from './drift/extra-enum.ts';
import extraForeignKey from './drift/extra-foreign-key.ts';
import extraIndex from './drift/extra-index.ts';
import extraTable from './drift/extra-table.ts';
import extraUnique from './drift/extra-unique.ts';
import foreignKeyActionChange from './drift/foreign-key-action-change.ts';
import missingColumn from './drift/missing-column.ts';
import missingEnumValue from './drift/missing-enum-value.ts';
import missingEnum from './drift/missing-enum.ts';
import missingExtension from './drift/missing-extension.ts';
import missingForeignKey from './drift/missing-foreign-key.ts';
import missingIndex from './drift/missing-index.ts';
import missingTable from './drift/missing-table.ts';
import missingUnique from './drift/missing-unique.ts';
import nullabilityChange from './drift/nullability-change.ts';
import primaryKeyChange from './drift/primary-key-change.ts';
import probableRename from './drift/probable-rename.ts';
import typeChange from './drift/type-change.ts';
import unmanagedObject from './drift/unmanaged-object.ts';
import vanishedObject from './drift/vanished-object.ts';
import weakForeignKey from './drift/weak-foreign-key.ts';
import weakUnique from './drift/weak-unique.ts';
import crlfLineEndings from './history/crlf-line-endings.ts';
import duplicateVersion from './history/duplicate-version.ts';
import emptyMigration from './history/empty-migration.ts';
import malformedName from './history/malformed-name.ts';
import missingLockFile from './history/missing-lock-file.ts';
import missingSql from './history/missing-sql.ts';
import providerMismatch from './history/provider-mismatch.ts';
import replayFailure from './history/replay-failure.ts';

/** The rules of this package, by id. */
export const rules: readonly AnyRule[] = [
  authUsersExposed,
  brokenFunction,
  brokenTrigger,
  brokenView,
  bypassableTrigger,
  charColumn,
  duplicateForeignKey,
  duplicateIndex,
  dynamicSqlInjection,
  extensionInPublic,
  floatMoney,
  foreignKeyTypeMismatch,
  incompletePolicies,
  invalidIndex,
  jsonColumn,
  keyCapacity,
  materializedViewExposed,
  databaseMissingForeignKey,
  missingPrimaryKey,
  mutableSearchPath,
  nullableUnique,
  overlappingPolicies,
  permissivePolicy,
  policyColumnUnindexed,
  policyPerRowCall,
  policyTrustsUserMetadata,
  policyWithoutRls,
  publicDefinerFunction,
  publicGrant,
  redundantCheck,
  redundantIndex,
  rlsBypassedByOwner,
  rlsDisabled,
  rlsWithoutPolicy,
  sensitiveColumnExposed,
  tautologicalCheck,
  timestampWithoutZone,
  unconstrainedMoney,
  unconstrainedState,
  undocumentedEncryptedColumn,
  undocumentedTable,
  unindexedForeignKey,
  unorderedTimes,
  unprotectedLedger,
  unvalidatedConstraint,
  viewBypassesRls,
  constraintName,
  defaultChange,
  externalTable,
  extraColumn,
  extraEnum,
  extraEnumValue,
  extraForeignKey,
  extraIndex,
  extraTable,
  extraUnique,
  foreignKeyActionChange,
  missingColumn,
  missingEnum,
  missingEnumValue,
  missingExtension,
  missingForeignKey,
  missingIndex,
  missingTable,
  missingUnique,
  nullabilityChange,
  primaryKeyChange,
  probableRename,
  typeChange,
  unmanagedObject,
  vanishedObject,
  weakForeignKey,
  weakUnique,
  crlfLineEndings,
  duplicateVersion,
  emptyMigration,
  malformedName,
  missingLockFile,
  missingSql,
  providerMismatch,
  replayFailure,
];
