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

/** The rules of the group `database/`. */
export const databaseRules: readonly AnyRule[] = [
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
];
