import type { Statement } from '@migrate-lint/core';
import type { AlterEnumStmt } from 'libpg-query';
import type { EnumDetail } from './details.ts';

/** ALTER TYPE … ADD VALUE and RENAME VALUE. */
export function changeValues(old: EnumDetail, change: AlterEnumStmt, statement: Statement): EnumDetail {
  const { oldVal, newVal = '', newValNeighbor, newValIsAfter = false } = change;
  if (oldVal !== undefined) {
    return {
      of: 'enum',
      values: old.values.map(value => (value.name === oldVal ? { ...value, name: newVal } : value)),
    };
  }
  if (old.values.some(({ name }) => name === newVal)) return old;
  const neighbor = old.values.findIndex(({ name }) => name === newValNeighbor);
  const at = neighbor === -1 ? old.values.length : neighbor + (newValIsAfter ? 1 : 0);
  return { of: 'enum', values: old.values.toSpliced(at, 0, { name: newVal, addedBy: statement }) };
}
