import { describe, expect, test } from '@jest/globals';
import { flagged, say } from '../../../test/rule.ts';
import rule from './tenant-unreachable.ts';

const owned = (name: string, lines: string, tenant = 'organization Organization'): string =>
  `model ${name} {\n  id Int @id\n  organizationId Int\n  ${tenant} @relation(fields: [organizationId], references: [id])\n  ${lines}\n}\n`;
const shop = (...models: readonly string[]): string => `
model Organization {
  id Int @id
}
model User {
  id Int @id
}
${owned('Store', '')}${owned('Order', '')}${owned('Item', '')}${owned('Offer', '')}
${models.join('\n')}`;
const label = (lines = '', name = 'Label'): string => `
model ${name} {
  id Int @id
  organizationId Int?
  organization Organization? @relation(fields: [organizationId], references: [id])
  ${lines}
}`;
const bare = (name: string, lines = ''): string => `model ${name} {\n  id Int @id\n  ${lines}\n}`;
const configured = { options: { tenant: 'Organization' } };

describe('with an inferred tenant, speaks', () => {
  test('of an optional key of the tenant, and says that it is inferred', () => {
    expect(say(rule, shop(label()))).toEqual([
      'Label: A row of `Label` may belong to no `Organization` (the tenant, as inferred from the other models), because `organization` is optional, so a filter by tenant misses it.',
    ]);
  });
  test('of what is surely a customer’s', () => {
    expect(say(rule, shop(bare('Invoice')))).toEqual([
      'Invoice: No required relation leads from `Invoice` to `Organization` (the tenant, as inferred from the other models), so nothing in the database tells whose its rows are.',
    ]);
  });
});

describe('with a configured tenant, speaks', () => {
  test('of every model that could belong to it, without a word on inference', () => {
    expect(say(rule, shop(bare('Widget')), configured)).toEqual([
      'Widget: No required relation leads from `Widget` to `Organization`, so nothing in the database tells whose its rows are.',
    ]);
  });
  test('of the uppermost model only', () => {
    const part = 'widget Widget @relation(fields: [partOf], references: [id])\n  partOf Int';
    expect(flagged(rule, shop(bare('Widget'), bare('Part', part)), configured)).toEqual(['Widget']);
  });
  test('of a model that is not there', () => {
    expect(say(rule, shop(), { options: { tenant: 'Organisation' } })).toEqual([
      'Organisation: There is no model `Organisation`, which the configuration calls the tenant; did you mean `Organization`?',
    ]);
  });
  test.each(['Label', 'Shelf'])('but not of the shared %s', name => {
    const options = { tenant: 'Organization', shared: ['Label', 'Shelf'] };
    expect(flagged(rule, shop(name === 'Label' ? label() : bare(name)), { options })).toEqual([]);
  });
});

describe.each([
  ['inferred', {}],
  ['configured', configured],
])('with an %s tenant, is silent', (_, setting) => {
  const user = 'userId Int\n  user User @relation(fields: [userId], references: [id])';
  test.each([
    ['a healthy schema', ''],
    ['the users', bare('Profile')],
    ['logins', bare('Session') + bare('VerificationToken') + bare('OAuthClient') + bare('PasswordResetToken')],
    ['lookups', bare('Currency') + bare('Country') + bare('SubscriptionPlan') + bare('Permission')],
    ['services', bare('AuditLog') + bare('Job') + bare('WebhookEvent') + bare('AppSetting') + bare('RateLimit')],
    ['what belongs to a user', bare('Label', user)],
    ['another optional owner', label(user.replaceAll('Int', 'Int?').replace('User ', 'User? '))],
    ['a column that tells shared rows apart', label('isGlobal Boolean @default(false)')],
    ['a column of scope', label('scope String')],
    ['a key without a relation', bare('Invoice', 'organizationId Int')],
    ['a key of another type', bare('Invoice', 'organizationId String')],
    ['a view', 'view Invoice {\n  id Int @unique\n}'],
  ])('with %s', (_case, models) => {
    expect(flagged(rule, shop(models), setting)).toEqual([]);
  });
  test('of what several tenants share through a table between', () => {
    const membership =
      'partnerId Int\n  partner Partner @relation(fields: [partnerId], references: [id])\n  @@unique([organizationId, partnerId])';
    const models = bare('Partner') + owned('Label', membership);
    expect(flagged(rule, shop(models), setting)).toEqual([]);
  });
});

test('is silent where no tenant can be inferred', () => {
  expect(flagged(rule, bare('Organization') + bare('Invoice') + bare('Order'))).toEqual([]);
});
