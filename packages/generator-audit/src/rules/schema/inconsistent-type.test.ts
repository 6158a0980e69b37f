import { describe, expect, test } from '@jest/globals';
import { fixed, fixesOf, flagged, say } from '../../../test/rule.ts';
import rule from './inconsistent-type.ts';

/** One model for each column. */
const models = (...columns: readonly string[]): string =>
  columns.map((column, at) => `model M${at} {\n  id Int @id\n  ${column}\n}\n`).join('');
const times = (count: number, column: string): string[] => Array.from({ length: count }, () => column);

describe('is silent', () => {
  test.each([
    ['two amounts of the same digits', times(2, 'amount Decimal @db.Decimal(19, 4)')],
    [
      'a name that stands once: Decimal(3, 2) holds 5.00',
      ['rating Decimal @db.Decimal(3, 2)', 'score Decimal @db.Decimal(5, 2)'],
    ],
    ['one price against one', ['price Decimal @db.Decimal(19, 4)', 'price Decimal @db.Decimal(12, 2)']],
    ['halves', [...times(2, 'amount Decimal @db.Decimal(19, 4)'), ...times(2, 'amount Decimal @db.Decimal(12, 2)')]],
    [
      'rates, each with its digits',
      [
        ...times(3, 'rate Decimal @db.Decimal(18, 8)'),
        'taxRate Decimal @db.Decimal(5, 2)',
        'rate Decimal @db.Decimal(5, 2)',
      ],
    ],
    ['a Decimal without precision', [...times(3, 'amount Decimal @db.Decimal(19, 4)'), 'amount Decimal']],
    ['money in a Float', [...times(3, 'amount Decimal @db.Decimal(19, 4)'), 'amount Float']],
    ['names of one word', [...times(8, 'key String'), 'key Json', 'key Int']],
    ['integers of another size', [...times(8, 'sentBytes Int'), 'sentBytes BigInt', 'sentBytes Float']],
    ['half of the columns', [...times(3, 'extraData Json'), ...times(2, 'extraData String')]],
    ['a time of day among three moments', [...times(3, 'startTime DateTime'), 'startTime Int']],
    ['timestamps with and without zone', [...times(8, 'createdAt DateTime @db.Timestamptz(3)'), 'createdAt DateTime']],
    ['lists', [...times(8, 'tagNames String[]'), 'tagNames Json']],
    ['enums', [...times(8, 'orderState State'), 'orderState String']],
    ['ids', [...times(8, 'name String'), 'name String @db.VarChar(10)']],
  ])('with %s', (_, columns) => {
    expect(flagged(rule, `${models(...columns)}enum State {\n  ON\n}\n`)).toEqual([]);
  });
  test('of foreign keys and of the tables of login libraries', () => {
    const text = `${models(...times(8, 'expiresAt DateTime'))}
model Account {
  id                Int    @id
  providerAccountId String
  expiresAt         Int?
}
model jackson_ttl {
  key       Int    @id
  expiresAt BigInt
}`;
    expect(flagged(rule, text)).toEqual([]);
  });
  test('of an ignored model', () => {
    const text = models(...times(8, 'createdAt DateTime'), 'createdAt Float\n  @@ignore');
    expect(flagged(rule, text)).toEqual([]);
  });
});

describe('speaks', () => {
  test('of other digits than most have, and shows where they are', () => {
    const columns = [...times(2, 'amount Decimal @db.Decimal(19, 4)'), 'amount Decimal @db.Decimal(12, 2)'];
    expect(say(rule, models(...columns))).toEqual([
      'M2.amount: `M2.amount` is `Decimal(12, 2)`, and `M0.amount`, like most columns of the name, is `Decimal(19, 4)`, so values do not pass from one to the other unchanged.',
    ]);
  });
  test.each([
    [
      'a Float among Decimals',
      [...times(2, 'confidence Decimal @db.Decimal(3, 2)'), 'confidence Float'],
      ['M2.confidence'],
    ],
    ['a Decimal among Floats', [...times(4, 'wasteWeightKg Float'), 'wasteWeightKg Decimal'], ['M4.wasteWeightKg']],
    ['a text among json', [...times(4, 'metadata Json'), 'metadata String'], ['M4.metadata']],
    [
      'a number among moments',
      [...times(8, 'createdAt DateTime'), ...times(2, 'createdAt Float')],
      ['M8.createdAt', 'M9.createdAt'],
    ],
    ['another case style', [...times(4, 'createdAt DateTime'), 'created_at String'], ['M4.created_at']],
    [
      'a limit that the others lack',
      [...times(4, 'wasteCode String'), 'wasteCode String @db.VarChar(10)'],
      ['M4.wasteCode'],
    ],
    ['a text among uuids', [...times(4, 'updatedBy String @db.Uuid'), 'updatedBy String'], ['M4.updatedBy']],
  ])('of %s', (_, columns, subjects) => {
    expect(flagged(rule, models(...columns))).toEqual(subjects);
  });
});

describe('the fix', () => {
  test('gives the digits that most have, where they hold all that was', async () => {
    const columns = [...times(2, 'amount Decimal @db.Decimal(19, 4)'), 'amount Decimal @default(0) @db.Decimal(12, 2)'];
    expect(fixesOf(rule, models(...columns))).toMatchObject([{ safety: 'unsafe' }]);
    expect(await fixed(rule, models(...columns))).toContain('amount Decimal @default(0) @db.Decimal(19, 4)');
  });
  test('is missing where values would be rounded or refused, and for another type', () => {
    const columns = [...times(2, 'amount Decimal @db.Decimal(12, 2)'), 'amount Decimal @db.Decimal(12, 4)'];
    expect(flagged(rule, models(...columns))).toEqual(['M2.amount']);
    expect(fixesOf(rule, models(...columns))).toEqual([]);
    expect(fixesOf(rule, models(...times(4, 'metadata Json'), 'metadata String'))).toEqual([]);
  });
});
