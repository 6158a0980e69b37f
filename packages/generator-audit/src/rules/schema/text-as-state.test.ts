import { describe, expect, test } from '@jest/globals';
import { createCatalog } from '@migrate-lint/core';
import { testRule } from '@migrate-lint/core/testing';
import { schemaFrom } from '../../testing.ts';
import { fixed, fixesOf, flagged, say } from '../../../test/rule.ts';
import rule from './text-as-state.ts';

const model = (...lines: readonly string[]): string => `model Order {\n  id Int @id\n  ${lines.join('\n  ')}\n}\n`;

test.each([
  'status String',
  'status String // the state of the order',
  'locale String @default("en")',
  'timezone String @default("UTC")',
  'currency String @default("USD") // USD, EUR, MXN',
  'country String // DE | FR',
  'title String @default("Untitled")',
  'note String // short or long',
  'mimeType String @default("image")',
  'contentType String @default("LINK") // "LINK" or "TEXT"',
  'payloadType String @default("application/json")',
  'type String @default("")',
  'grantTypes String @default("authorization_code")',
  'type String @default(dbgenerated("\'x\'"))',
  'stripeStatus String // active | canceled',
  'appleSubscriptionStatus String? // e.g. ACTIVE, EXPIRED',
  'action String // viewed, downloaded, etc.',
  'status String // pending | paid, held by a CHECK',
  'status String @default("pending") // deprecated, use state',
  'status String @unique // pending | paid',
  'status String[] // pending | paid',
])('is silent with %s', line => {
  expect(flagged(rule, model(line))).toEqual([]);
});

test.each(['sqlite', 'sqlserver', 'mongodb'] as const)('is silent on %s, which has no enums', provider => {
  expect(flagged(rule, model('status String // pending | paid'), { provider })).toEqual([]);
});

test('is silent where the database checks the column', () => {
  const lists = { columns: [], indexes: [], foreignKeys: [], exclusions: [], triggers: [], policies: [] };
  const flags = { kind: 'table', unlogged: false, rowSecurity: false, forceRowSecurity: false, comment: null } as const;
  const none = {
    enums: [],
    sequences: [],
    views: [],
    functions: [],
    domains: [],
    compositeTypes: [],
    extensions: [],
    grants: [],
  };
  const withCheck = (definition: string) => {
    const checks = [{ name: 'c', validated: true, definition }];
    const database = createCatalog({
      ...none,
      tables: [{ schema: 'public', name: 'Order', ...flags, ...lists, checks }],
    });
    return testRule(rule, { facts: { schema: schemaFrom(model('status String // pending | paid')), database } });
  };
  expect(withCheck("CHECK ((status = ANY (ARRAY['pending'::text, 'paid'::text])))")).toEqual([]);
  expect(withCheck('CHECK ((id > 0))')).toHaveLength(1);
});

describe('speaks', () => {
  test('of words that a comment lists', () => {
    expect(say(rule, model('status String // pending, paid'))).toEqual([
      'Order.status: `Order.status` is a String that holds `pending` or `paid`, but the database takes any text, and no query finds a word that is misspelt.',
    ]);
    expect(say(rule, model('status String // a | b | c | d | e'))[0]).toContain(
      'one of `a`, `b`, `c` and 2 more words',
    );
  });
  test.each([
    'deployState String? /// building|live|failed',
    'provisioning String // "provider" | "either"',
    'source String // deploy, dashboard, api',
    'status String // paid, failed, etc.',
    'status String @default("pending")',
    'userRole String @default("member")',
    'severity String @default("low") @db.VarChar(20)',
  ])('of %s', line => {
    expect(flagged(rule, model(line))).toHaveLength(1);
  });
});

describe('the fix', () => {
  test('makes an enum behind the model, and takes the default along', async () => {
    const text = model('status String @default("past-due") @db.VarChar(20) // paid, past-due', '', '@@map("orders")');
    expect(await fixed(rule, text)).toContain(
      '  status OrderStatus @default(past_due) // paid, past-due\n  \n  @@map("orders")\n}\n\nenum OrderStatus {\n  paid\n  past_due @map("past-due")\n}\n',
    );
  });
  test('converts the column and does not drop it', () => {
    const text = model(
      'status String @default("paid") @map("s") // paid, past-due',
      '@@map("orders")',
      '@@schema("app")',
    );
    expect(fixesOf(rule, text)[0]).toMatchObject({
      safety: 'unsafe',
      sql: `-- Rows that do not fit: SELECT * FROM "app"."orders" WHERE "s" NOT IN ('paid', 'past-due');
CREATE TYPE "app"."OrderStatus" AS ENUM ('paid', 'past-due');
ALTER TABLE "app"."orders" ALTER COLUMN "s" DROP DEFAULT;
ALTER TABLE "app"."orders" ALTER COLUMN "s" TYPE "app"."OrderStatus" USING "s"::"app"."OrderStatus";
ALTER TABLE "app"."orders" ALTER COLUMN "s" SET DEFAULT 'paid';`,
    });
  });
  test('takes an enum that is there', async () => {
    const known = 'enum Level {\n  low\n  high\n}\n';
    const text = await fixed(rule, model('priority String // low | high') + known);
    expect(text).toContain('priority Level // low');
    expect(fixesOf(rule, model('priority String // low | high') + known)[0]?.sql).not.toContain('CREATE TYPE');
  });
  test.each([
    ['a list that is not complete', 'status String // paid, failed, etc.'],
    ['only a default', 'status String @default("pending")'],
    ['a default that is not listed', 'status String @default("new") // paid, failed'],
  ])('is not there for %s', (_, line) => {
    expect(fixesOf(rule, model(line))).toEqual([]);
  });
  test('is not there where the name is taken', () => {
    expect(fixesOf(rule, `${model('status String // a | b')}enum OrderStatus {\n  c\n}\n`)).toEqual([]);
  });
});
