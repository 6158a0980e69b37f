import { describe, expect, test } from '@jest/globals';
import { fixed, flagged, say } from '../../../test/rule.ts';
import rule from './required-index.ts';

const note = (lines: string): string => `model Note {\n  id Int @id\n  tenantId Int\n  ${lines}\n}\n`;
const options = { forNames: ['tenantId'] };
const related =
  'tenant Tenant @relation(fields: [tenantId], references: [id])\n}\nmodel Tenant {\n  id Int @id\n  notes Note[]';

describe('speaks', () => {
  test('of a column without an index', () => {
    expect(say(rule, note(''), { options })).toEqual([
      'Note.tenantId: No index of `Note` starts with `tenantId`, which the configuration wants for `Note.tenantId`.',
    ]);
  });
  test.each([
    '@@index([id, tenantId])',
    '@@index([tenantId], type: Hash)',
    '@@index([tenantId], where: raw("id > 0"))',
  ])('with %s', index => {
    expect(flagged(rule, note(index), { options })).toEqual(['Note.tenantId']);
  });
  test.each(['/Id$/', [/Id$/]])('of what fits %s', forNames => {
    expect(flagged(rule, note(''), { options: { forNames } })).toEqual(['Note.tenantId']);
  });
  test('of the column of a relation on MySQL, which makes an index for it by itself', () => {
    const setting = { provider: 'mysql', options: { forAllRelations: true } } as const;
    expect(flagged(rule, note(related), setting)).toEqual(['Note.tenantId']);
  });
});

test.each([
  ['no name', note(''), {}],
  ['an index', note('@@index([tenantId])'), options],
  ['an index that starts with it', note('@@index([tenantId(sort: Desc), id])'), options],
  ['a unique', note('@@unique([tenantId, id])'), options],
  ['an id', note(''), { forNames: ['id'] }],
  ['the column of a relation, of which another rule speaks', note(related), { ...options, forAllRelations: true }],
  ['an ignored model', note('@@ignore'), options],
])('is silent with %s', (_, text, given) => {
  expect(flagged(rule, text, { options: given })).toEqual([]);
});

test('the fix adds the index', async () => {
  expect(await fixed(rule, note(''), { options })).toContain('@@index([tenantId])');
});
