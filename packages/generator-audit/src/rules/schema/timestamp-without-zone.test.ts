import { describe, expect, test } from '@jest/globals';
import { fixed, fixesOf, flagged, say } from '../../../test/rule.ts';
import rule from './timestamp-without-zone.ts';

const model = (...lines: readonly string[]): string => `model Order {\n  id Int @id\n  ${lines.join('\n  ')}\n}\n`;

describe('speaks', () => {
  test('of a DateTime without a native type', () => {
    expect(say(rule, model('paidAt DateTime?'))).toEqual([
      "Order.paidAt: `Order.paidAt` is a timestamp without a time zone, so what is not written by Prisma means another instant in each session's zone.",
    ]);
  });
  test.each(['paidAt DateTime @db.Timestamp(6)', 'paidAt DateTime @default(now()) @updatedAt', 'dates DateTime[]'])(
    'of %s',
    line => {
      expect(flagged(rule, model(line))).toHaveLength(1);
    },
  );
  test('on CockroachDB', () => {
    expect(flagged(rule, model('paidAt DateTime'), { provider: 'cockroachdb' })).toHaveLength(1);
  });
});

test.each([
  'paidAt DateTime @db.Timestamptz(3)',
  'paidAt DateTime @db.Timestamptz',
  'day DateTime @db.Date',
  'opens DateTime @db.Time(0)',
  'opens DateTime @db.Timetz(0)',
  'birthDate DateTime',
  'localStart DateTime',
  'paidAt Unsupported("timestamp without time zone")',
  'paidAt BigInt',
])('is silent with %s', line => {
  expect(flagged(rule, model(line))).toEqual([]);
});

test.each(['mysql', 'sqlite', 'sqlserver', 'mongodb'] as const)('is silent on %s', provider => {
  expect(flagged(rule, model('paidAt DateTime'), { provider })).toEqual([]);
});

test('is silent of an ignored model', () => {
  expect(flagged(rule, model('paidAt DateTime', '@@ignore'))).toEqual([]);
});

describe('the fix', () => {
  test('keeps the precision', async () => {
    const text = await fixed(rule, model('a DateTime', 'b DateTime @db.Timestamp(6)', 'c DateTime? @db.Timestamp'));
    expect(text).toMatch(/a +DateTime +@db\.Timestamptz\(3\)\n/);
    expect(text).toMatch(/b +DateTime +@db\.Timestamptz\(6\)\n/);
    expect(text).toMatch(/c +DateTime\? +@db\.Timestamptz\n/);
  });
  test('reads the old values as UTC', () => {
    const [fix] = fixesOf(rule, model('paidAt DateTime @map("paid\\"at")', '@@map("orders")'));
    expect(fix).toMatchObject({
      safety: 'unsafe',
      sql: `ALTER TABLE "orders" ALTER COLUMN "paid""at" TYPE timestamptz(3) USING "paid""at" AT TIME ZONE 'UTC';`,
    });
  });
});
