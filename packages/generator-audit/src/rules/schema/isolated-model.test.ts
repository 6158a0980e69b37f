import { describe, expect, test } from '@jest/globals';
import { flagged, say } from '../../../test/rule.ts';
import rule from './isolated-model.ts';

const models = (name: string, lines: string, column: string): string =>
  `model ${name} {\n  id Int @id\n  ${lines}\n}\nmodel Product {\n  id Int @id\n  ${column}\n}\n`;

test.each([
  ['nothing is named after', 'Setting', 'name String @unique', 'category String'],
  ['that has no name to repeat', 'Category', 'name String', 'category String'],
  ['that is known by something else', 'Category', 'owner String @unique', 'category String'],
  ['beside a key, which is no text', 'Category', 'name String @unique', 'categoryId Int'],
  ['beside a list', 'Category', 'name String @unique', 'categories String[]'],
  ['beside a number that is no id', 'Category', 'name String @unique', 'category Float'],
  ['beside a Json', 'Category', 'name String @unique', 'category Json'],
  ['of keys', 'IdempotencyKey', 'code String @unique', 'idempotencyKey String'],
  ['of mails', 'Email', 'name String @unique', 'email String'],
])('is silent of a model %s', (_, name, lines, column) => {
  expect(flagged(rule, models(name, lines, column))).toEqual([]);
});

test('is silent of models with a relation, ignored ones and views', () => {
  const related = models(
    'Category',
    'name String @unique',
    'category String\n  kindId Int\n  kind Category @relation(fields: [kindId], references: [id])',
  );
  expect(flagged(rule, related.replace('@unique', '@unique\n  products Product[]'))).toEqual([]);
  expect(flagged(rule, models('Category', 'name String @unique\n  @@ignore', 'category String'))).toEqual([]);
  expect(flagged(rule, `/// @view\n${models('Category', 'name String @unique', 'category String')}`)).toEqual([]);
});

describe('speaks', () => {
  test('of a list of choices that a text repeats', () => {
    expect(say(rule, models('Category', 'name String @unique', 'category String?'))).toEqual([
      'Category: `Category` has no relation, and `Product.category`, which is named after it, may hold what is not in it.',
    ]);
  });
  test.each([
    ['PricingRegion', 'code String @unique', 'pricing_region String'],
    ['PricingRegion', 'name String @unique', 'pricingRegion Int?'],
    ['product_categories', 'slug String @unique', 'category String'],
  ])('of %s', (name, lines, column) => {
    expect(flagged(rule, models(name, lines, column))).toEqual([name]);
  });
});
