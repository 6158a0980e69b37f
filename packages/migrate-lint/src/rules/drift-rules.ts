import type { AnyRule } from '@migrate-lint/core';
import constraintName from './drift/constraint-name.ts';
import defaultChange from './drift/default-change.ts';
import externalTable from './drift/external-table.ts';
import extraColumn from './drift/extra-column.ts';
import extraEnum from './drift/extra-enum.ts';
import extraEnumValue from './drift/extra-enum-value.ts';
import extraForeignKey from './drift/extra-foreign-key.ts';
import extraIndex from './drift/extra-index.ts';
import extraTable from './drift/extra-table.ts';
import extraUnique from './drift/extra-unique.ts';
import foreignKeyActionChange from './drift/foreign-key-action-change.ts';
import missingColumn from './drift/missing-column.ts';
import missingEnum from './drift/missing-enum.ts';
import missingEnumValue from './drift/missing-enum-value.ts';
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

/** The rules of the group `drift/`. */
export const driftRules: readonly AnyRule[] = [
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
];
