import { expect, test } from '@jest/globals';
import type { Field } from './facts/index.ts';
import { marksDeletion } from './soft-delete-names.ts';

const field = (name: string, type: string, required = true): Field =>
  ({ name, type, kind: 'scalar', required, list: false }) as Field;

test.each([
  ['deletedAt', 'DateTime', false],
  ['deleted_at', 'DateTime', false],
  ['isDeleted', 'Boolean', true],
  ['deleted', 'Boolean', true],
  ['removedAt', 'DateTime', false],
])('%s %s marks rows as deleted', (name, type, required) => {
  expect(marksDeletion(field(name, type, required))).toBe(true);
});

test.each([
  ['deletedAt', 'DateTime', true],
  ['scheduledDeletedAt', 'DateTime', false],
  ['permanentlyDeletedAt', 'DateTime', false],
  ['deletedBy', 'String', false],
  ['deletedCount', 'Int', true],
  ['canBeDeleted', 'Boolean', true],
  ['updatedAt', 'DateTime', false],
])('%s %s does not', (name, type, required) => {
  expect(marksDeletion(field(name, type, required))).toBe(false);
});
