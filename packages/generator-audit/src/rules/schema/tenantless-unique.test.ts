import { describe, expect, test } from '@jest/globals';
import { fixed, fixesOf, flagged, say } from '../../../test/rule.ts';
import rule from './tenantless-unique.ts';

const shop = (lines: string, name = 'Product', more = ''): string => `
model Organization {
  id Int @id
  slug String @unique
  rows ${name}[]
}
model ${name} {
  id Int @id
  organizationId Int
  organization Organization @relation(fields: [organizationId], references: [id])
  ${lines}
}
${more}`;
const configured = { options: { tenant: 'Organization' } };

describe('speaks', () => {
  test('of a number that is unique over all tenants', () => {
    expect(say(rule, shop('sku String @unique'), configured)).toEqual([
      'Product.sku @unique: The `sku` of a `Product` is unique over every `Organization`, so what one customer has taken all others cannot use.',
    ]);
  });
  test.each([
    ['name String @unique', 'Product'],
    ['orderNumber Int @unique', 'Order'],
    ['kind String\n  code String\n  @@unique([kind, code])', 'Product'],
    ['email String @unique', 'Customer'],
  ])('of %s', (lines, name) => {
    expect(flagged(rule, shop(lines, name), configured)).toHaveLength(1);
  });
  test('of a model further below, without a fix', () => {
    const shelf =
      'model Shelf {\n  id Int @id\n  label String @unique\n  productId Int\n  product Product @relation(fields: [productId], references: [id])\n}';
    const text = shop('shelves Shelf[]', 'Product', shelf);
    expect(flagged(rule, text, configured)).toEqual(['Shelf.label @unique']);
    expect(fixesOf(rule, text, configured)).toEqual([]);
  });
  test('with an inferred tenant, and says so', () => {
    const others = ['Store', 'Order', 'Item'].map(
      name =>
        `model ${name} {\n  id Int @id\n  organizationId Int\n  organization Organization @relation(fields: [organizationId], references: [id])\n}\n`,
    );
    expect(say(rule, shop('sku String @unique', 'Product', others.join('')))[0]).toContain(
      'every `Organization` (the tenant, as inferred from the other models), so',
    );
  });
});

test.each([
  ['a unique with the key of the tenant', 'sku String\n  @@unique([organizationId, sku])'],
  ['a unique with the key of what belongs to it', 'sku String\n  storeId Int\n  @@unique([storeId, sku])'],
  ['a slug', 'slug String @unique'],
  ['an email of someone who signs in', 'email String @unique'],
  ['a token', 'token String @unique'],
  ['the id of another system', 'stripeCustomerId String @unique'],
  ['a phone number', 'phoneNumber String @unique'],
  ['an invitation code', 'inviteCode String @unique'],
  ['what a default makes up', 'code String @unique @default(cuid())'],
  ['a serial number of the service', 'number Int @unique @default(autoincrement())'],
  ['a partial unique', 'name String @unique(where: raw("archived"))'],
  ['a comment that says so', 'number String @unique // starts with the prefix of the customer'],
  ['an ignored model', 'name String @unique\n  @@ignore'],
])('is silent with %s', (_, lines) => {
  expect(flagged(rule, shop(lines), configured)).toEqual([]);
});

test('is silent of codes to be handed out, of the tenant itself, and where there is no tenant', () => {
  expect(flagged(rule, shop('code String @unique', 'OAuthCode'), configured)).toEqual([]);
  expect(flagged(rule, shop('code String @unique', 'Coupon'), configured)).toEqual([]);
  expect(flagged(rule, 'model Organization {\n  id Int @id\n  name String @unique\n}', configured)).toEqual([]);
  expect(flagged(rule, shop('sku String @unique'))).toEqual([]);
});

describe('the fix', () => {
  test('puts the key of the tenant before the name', async () => {
    const text = await fixed(rule, shop('sku String @unique'), configured);
    expect(text).toContain('@@unique([organizationId, sku])');
    expect(text).not.toContain('sku String @unique');
  });
  test('takes the place of a unique of the block', async () => {
    const text = await fixed(rule, shop('kind String\n  code String\n  @@unique([kind, code])'), configured);
    expect(text.match(/@@unique.*/g)).toEqual(['@@unique([organizationId, kind, code])']);
  });
  test('is not safe, and none where a relation needs the unique', () => {
    expect(fixesOf(rule, shop('sku String @unique'), configured)).toMatchObject([{ safety: 'unsafe' }]);
    const part =
      'model Part {\n  id Int @id\n  sku String\n  product Product @relation(fields: [sku], references: [sku])\n}';
    const text = shop('sku String @unique\n  parts Part[]', 'Product', part);
    expect(flagged(rule, text, configured)).toEqual(['Product.sku @unique']);
    expect(fixesOf(rule, text, configured)).toEqual([]);
  });
});
