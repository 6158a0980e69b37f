import type { AnyRule } from '@migrate-lint/core';
import attachPartition from './migration/attach-partition.ts';
import blockingIndex from './migration/blocking-index.ts';
import blockingIndexDrop from './migration/blocking-index-drop.ts';
import blockingRefresh from './migration/blocking-refresh.ts';
import blockingReindex from './migration/blocking-reindex.ts';
import changedDefault from './migration/changed-default.ts';
import checkOnExisting from './migration/check-on-existing.ts';
import checkScan from './migration/check-scan.ts';
import collationChange from './migration/collation-change.ts';
import combinableAlters from './migration/combinable-alters.ts';
import concurrentlyInTransaction from './migration/concurrently-in-transaction.ts';
import detachPartition from './migration/detach-partition.ts';
import disabledTrigger from './migration/disabled-trigger.ts';
import domainCheck from './migration/domain-check.ts';
import dropCascade from './migration/drop-cascade.ts';
import droppedColumn from './migration/dropped-column.ts';
import droppedColumnDependents from './migration/dropped-column-dependents.ts';
import droppedConstraint from './migration/dropped-constraint.ts';
import droppedNotNull from './migration/dropped-not-null.ts';
import droppedSchema from './migration/dropped-schema.ts';
import droppedTable from './migration/dropped-table.ts';
import droppedType from './migration/dropped-type.ts';
import dropsHandmadeObject from './migration/drops-handmade-object.ts';
import duplicateAssignment from './migration/duplicate-assignment.ts';
import enumValueInTransaction from './migration/enum-value-in-transaction.ts';
import exclusionScan from './migration/exclusion-scan.ts';
import explicitLock from './migration/explicit-lock.ts';
import foreignKeyOnExisting from './migration/foreign-key-on-existing.ts';
import foreignKeyScan from './migration/foreign-key-scan.ts';
import generatedColumn from './migration/generated-column.ts';
import identifierTooLong from './migration/identifier-too-long.ts';
import identityColumn from './migration/identity-column.ts';
import ineffectiveIfNotExists from './migration/ineffective-if-not-exists.ts';
import invalidIndexKept from './migration/invalid-index-kept.ts';
import lockHeld from './migration/lock-held.ts';
import missingLockTimeout from './migration/missing-lock-timeout.ts';
import missingStatementTimeout from './migration/missing-statement-timeout.ts';
import mixedNontransactional from './migration/mixed-nontransactional.ts';
import mysqlEnumReorder from './migration/mysql-enum-reorder.ts';
import mysqlInvisibleFirst from './migration/mysql-invisible-first.ts';
import mysqlTableCopy from './migration/mysql-table-copy.ts';
import narrowingType from './migration/narrowing-type.ts';
import nestedTransaction from './migration/nested-transaction.ts';
import notNullOnExisting from './migration/not-null-on-existing.ts';
import notRerunnable from './migration/not-rerunnable.ts';
import opaqueBlock from './migration/opaque-block.ts';
import openTransaction from './migration/open-transaction.ts';
import partialApply from './migration/partial-apply.ts';
import partitionedIndex from './migration/partitioned-index.ts';
import placeboComment from './migration/placebo-comment.ts';
import policyDependency from './migration/policy-dependency.ts';
import primaryKeyScan from './migration/primary-key-scan.ts';
import migrationProbableRename from './migration/probable-rename.ts';
import migrationPublicGrant from './migration/public-grant.ts';
import recreatedColumn from './migration/recreated-column.ts';
import renamedColumn from './migration/renamed-column.ts';
import renamedEnumValue from './migration/renamed-enum-value.ts';
import renamedTable from './migration/renamed-table.ts';
import renamedType from './migration/renamed-type.ts';
import requiredColumn from './migration/required-column.ts';
import reservedName from './migration/reserved-name.ts';
import scalarToList from './migration/scalar-to-list.ts';
import schemaAndDataMixed from './migration/schema-and-data-mixed.ts';
import sequenceBehind from './migration/sequence-behind.ts';
import serialColumn from './migration/serial-column.ts';
import setAccessMethod from './migration/set-access-method.ts';
import setLogged from './migration/set-logged.ts';
import setNotNull from './migration/set-not-null.ts';
import setTablespace from './migration/set-tablespace.ts';
import sqliteRedefineCascade from './migration/sqlite-redefine-cascade.ts';
import sqliteTypeChange from './migration/sqlite-type-change.ts';
import superuserStatement from './migration/superuser-statement.ts';
import syntaxError from './migration/syntax-error.ts';
import truncate from './migration/truncate.ts';
import typeRewrite from './migration/type-rewrite.ts';
import unacknowledgedWarning from './migration/unacknowledged-warning.ts';
import unbatchedBackfill from './migration/unbatched-backfill.ts';
import unfilteredWrite from './migration/unfiltered-write.ts';
import uniqueOnExisting from './migration/unique-on-existing.ts';
import uniqueScan from './migration/unique-scan.ts';
import unknownEnumLiteral from './migration/unknown-enum-literal.ts';
import unqualifiedName from './migration/unqualified-name.ts';
import unreadStatement from './migration/unread-statement.ts';
import unsafeCast from './migration/unsafe-cast.ts';
import vacuumFull from './migration/vacuum-full.ts';
import validateInSameTransaction from './migration/validate-in-same-transaction.ts';
import volatileDefault from './migration/volatile-default.ts';
import volatileIndexPredicate from './migration/volatile-index-predicate.ts';
import wideLock from './migration/wide-lock.ts';

/** The rules of the group `migration/`. */
export const migrationRules: readonly AnyRule[] = [
  attachPartition,
  blockingIndex,
  blockingIndexDrop,
  blockingRefresh,
  blockingReindex,
  changedDefault,
  checkOnExisting,
  checkScan,
  collationChange,
  combinableAlters,
  concurrentlyInTransaction,
  detachPartition,
  disabledTrigger,
  domainCheck,
  dropCascade,
  droppedColumn,
  droppedColumnDependents,
  droppedConstraint,
  droppedNotNull,
  droppedSchema,
  droppedTable,
  droppedType,
  dropsHandmadeObject,
  duplicateAssignment,
  enumValueInTransaction,
  exclusionScan,
  explicitLock,
  foreignKeyOnExisting,
  foreignKeyScan,
  generatedColumn,
  identifierTooLong,
  identityColumn,
  ineffectiveIfNotExists,
  invalidIndexKept,
  lockHeld,
  missingLockTimeout,
  missingStatementTimeout,
  mixedNontransactional,
  mysqlEnumReorder,
  mysqlInvisibleFirst,
  mysqlTableCopy,
  narrowingType,
  nestedTransaction,
  notNullOnExisting,
  notRerunnable,
  opaqueBlock,
  openTransaction,
  partialApply,
  partitionedIndex,
  placeboComment,
  policyDependency,
  primaryKeyScan,
  migrationProbableRename,
  migrationPublicGrant,
  recreatedColumn,
  renamedColumn,
  renamedEnumValue,
  renamedTable,
  renamedType,
  requiredColumn,
  reservedName,
  scalarToList,
  schemaAndDataMixed,
  sequenceBehind,
  serialColumn,
  setAccessMethod,
  setLogged,
  setNotNull,
  setTablespace,
  sqliteRedefineCascade,
  sqliteTypeChange,
  superuserStatement,
  syntaxError,
  truncate,
  typeRewrite,
  unacknowledgedWarning,
  unbatchedBackfill,
  unfilteredWrite,
  uniqueOnExisting,
  uniqueScan,
  unknownEnumLiteral,
  unqualifiedName,
  unreadStatement,
  unsafeCast,
  vacuumFull,
  validateInSameTransaction,
  volatileDefault,
  volatileIndexPredicate,
  wideLock,
];
