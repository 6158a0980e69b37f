import type { AnyRule } from '@migrate-lint/core';
import cascadeBlastRadius from './schema/cascade-blast-radius.ts';
import cascadeIntoAuditTrail from './schema/cascade-into-audit-trail.ts';
import charN from './schema/char-n.ts';
import clientSideDefault from './schema/client-side-default.ts';
import decimalWithoutPrecision from './schema/decimal-without-precision.ts';
import defaultGrant from './schema/default-grant.ts';
import enumNameCase from './schema/enum-name-case.ts';
import enumValueCase from './schema/enum-value-case.ts';
import exclusiveOwner from './schema/exclusive-owner.ts';
import fieldNameCase from './schema/field-name-case.ts';
import fieldNameGrammaticalNumber from './schema/field-name-grammatical-number.ts';
import fieldNameMapping from './schema/field-name-mapping.ts';
import fieldOrder from './schema/field-order.ts';
import fieldType from './schema/field-type.ts';
import forbiddenField from './schema/forbidden-field.ts';
import foreignKeyTypeMismatch from './schema/foreign-key-type-mismatch.ts';
import implicitOnDelete from './schema/implicit-on-delete.ts';
import inconsistentType from './schema/inconsistent-type.ts';
import indexOnUnboundedText from './schema/index-on-unbounded-text.ts';
import integerKeyCapacity from './schema/integer-key-capacity.ts';
import invalid from './schema/invalid.ts';
import isolatedModel from './schema/isolated-model.ts';
import jsonNotJsonb from './schema/json-not-jsonb.ts';
import listWithoutDefault from './schema/list-without-default.ts';
import lowCardinalityIndex from './schema/low-cardinality-index.ts';
import missingRelation from './schema/missing-relation.ts';
import missingSoftDelete from './schema/missing-soft-delete.ts';
import missingTimestamps from './schema/missing-timestamps.ts';
import modelNameCase from './schema/model-name-case.ts';
import modelNameGrammaticalNumber from './schema/model-name-grammatical-number.ts';
import modelNameMapping from './schema/model-name-mapping.ts';
import modelNamePrefix from './schema/model-name-prefix.ts';
import modelWithoutId from './schema/model-without-id.ts';
import moneyAsFloat from './schema/money-as-float.ts';
import moneyType from './schema/money-type.ts';
import mutableAuditTrail from './schema/mutable-audit-trail.ts';
import nullableUnique from './schema/nullable-unique.ts';
import plaintextSecret from './schema/plaintext-secret.ts';
import redundantIndex from './schema/redundant-index.ts';
import requiredField from './schema/required-field.ts';
import requiredIgnoredField from './schema/required-ignored-field.ts';
import requiredIndex from './schema/required-index.ts';
import softDeleteUnique from './schema/soft-delete-unique.ts';
import tenantUnreachable from './schema/tenant-unreachable.ts';
import tenantlessUnique from './schema/tenantless-unique.ts';
import textAsState from './schema/text-as-state.ts';
import threeStateBoolean from './schema/three-state-boolean.ts';
import timeWithZone from './schema/time-with-zone.ts';
import timestampPrecisionZero from './schema/timestamp-precision-zero.ts';
import timestampWithoutZone from './schema/timestamp-without-zone.ts';
import unboundedText from './schema/unbounded-text.ts';
import undocumentedSensitiveField from './schema/undocumented-sensitive-field.ts';
import unindexedForeignKey from './schema/unindexed-foreign-key.ts';
import unmappedName from './schema/unmapped-name.ts';
import unusedEnum from './schema/unused-enum.ts';
import varcharN from './schema/varchar-n.ts';
import wideIndex from './schema/wide-index.ts';

/** The rules of the schema, by id. */
export const rules: readonly AnyRule[] = [
  cascadeBlastRadius,
  cascadeIntoAuditTrail,
  charN,
  clientSideDefault,
  decimalWithoutPrecision,
  defaultGrant,
  enumNameCase,
  enumValueCase,
  exclusiveOwner,
  fieldNameCase,
  fieldNameGrammaticalNumber,
  fieldNameMapping,
  fieldOrder,
  fieldType,
  forbiddenField,
  foreignKeyTypeMismatch,
  implicitOnDelete,
  inconsistentType,
  indexOnUnboundedText,
  integerKeyCapacity,
  invalid,
  isolatedModel,
  jsonNotJsonb,
  listWithoutDefault,
  lowCardinalityIndex,
  missingRelation,
  missingSoftDelete,
  missingTimestamps,
  modelNameCase,
  modelNameGrammaticalNumber,
  modelNameMapping,
  modelNamePrefix,
  modelWithoutId,
  moneyAsFloat,
  moneyType,
  mutableAuditTrail,
  nullableUnique,
  plaintextSecret,
  redundantIndex,
  requiredField,
  requiredIgnoredField,
  requiredIndex,
  softDeleteUnique,
  tenantUnreachable,
  tenantlessUnique,
  textAsState,
  threeStateBoolean,
  timeWithZone,
  timestampPrecisionZero,
  timestampWithoutZone,
  unboundedText,
  undocumentedSensitiveField,
  unindexedForeignKey,
  unmappedName,
  unusedEnum,
  varcharN,
  wideIndex,
];
