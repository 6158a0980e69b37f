import type { AnyRule } from '@migrate-lint/core';
import invalid from './schema/invalid.ts';
import missingRelation from './schema/missing-relation.ts';
import moneyAsFloat from './schema/money-as-float.ts';
import nullableUnique from './schema/nullable-unique.ts';
import plaintextSecret from './schema/plaintext-secret.ts';
import redundantIndex from './schema/redundant-index.ts';
import timestampWithoutZone from './schema/timestamp-without-zone.ts';
import unindexedForeignKey from './schema/unindexed-foreign-key.ts';

export const rules = [
  invalid,
  missingRelation,
  moneyAsFloat,
  nullableUnique,
  plaintextSecret,
  redundantIndex,
  timestampWithoutZone,
  unindexedForeignKey,
] as const satisfies readonly AnyRule[];
