import { describe, expect, test } from '@jest/globals';
import { fixed, fixesOf, flagged, say } from '../../../test/rule.ts';
import rule from './missing-timestamps.ts';

const times = 'createdAt DateTime @default(now())\n  updatedAt DateTime @updatedAt';
const model = (name: string, lines: string): string => `model ${name} {\n  id Int @id\n  ${lines}\n}\n`;
const others = ['Customer', 'Order', 'Product', 'Supplier', 'Truck'].map(name => model(name, times)).join('');
const body = 'title String\n  body String\n  size Int';

describe('speaks', () => {
  test('of a model that keeps no time of creation', () => {
    expect(say(rule, others + model('Depot', `${body}\n  updatedAt DateTime @updatedAt`))).toEqual([
      'Depot: `Depot` does not keep when a row was made, as 5 of 6 models do.',
    ]);
  });
  test('of a state of which the change is not kept', () => {
    expect(
      say(rule, others + model('Depot', `${body}\n  status String\n  createdAt DateTime @default(now())`)),
    ).toEqual(['Depot: `Depot` does not keep when a row was changed, as 5 of 6 models do.']);
    expect(say(rule, others + model('Depot', `${body}\n  isActive Boolean`))[0]).toContain('was made or changed, as');
  });
  test('of a model whose only times are planned', () => {
    expect(flagged(rule, others + model('Depot', `${body}\n  startAt DateTime\n  expiresAt DateTime`))).toEqual([
      'Depot',
    ]);
  });
});

describe('is silent', () => {
  const key = (name: string, unique = ''): string =>
    `${name.toLowerCase()}Id Int ${unique}\n  ${name.toLowerCase()} ${name} @relation(fields: [${name.toLowerCase()}Id], references: [id])`;
  test.each([
    ['all times', model('Depot', times + body.replaceAll('title', '\n  title'))],
    ['another name', model('Depot', `${body}\n  insertedAt DateTime`)],
    ['another time that is now', model('Depot', `${body}\n  day DateTime @default(now())`)],
    ['the time at which it was done', model('Depot', `${body}\n  claimedAt DateTime`)],
    [
      'a join table with a role',
      model(
        'Member',
        `${key('Customer')}\n  ${key('Order')}\n  role String\n  rank Int\n  @@unique([customerId, orderId])`,
      ),
    ],
    [
      'a join table without relations',
      'model Pick {\n  orderId Int\n  productId Int\n  size Int\n  rank Int\n  @@id([orderId, productId])\n}',
    ],
    ['a part of one row', model('Note', `${key('Customer', '@unique')}\n  ${body}`)],
    ['the lines of a document', model('OrderItem', `${key('Order')}\n  ${body}`)],
    ['a session', model('Session', `${body}\n  expires DateTime`)],
    ['settings', model('AppSetting', body)],
    ['a lookup', model('Currency', body)],
    ['keys and values', 'model Pair {\n  key String @id\n  value String\n}'],
    [
      'a log without a time of change',
      model('AuditLog', `${body}\n  status String\n  createdAt DateTime @default(now())`),
    ],
    [
      'a state with a time',
      model('Depot', `${body}\n  status String\n  closedAt DateTime?\n  createdAt DateTime @default(now())`),
    ],
    ['no state', model('Depot', `${body}\n  createdAt DateTime @default(now())`)],
    ['a view as a model', `/// @view\n${model('Depot', body)}`],
    ['an ignored model', model('Depot', `${body}\n  @@ignore`)],
  ])('with %s', (_, text) => {
    expect(flagged(rule, others + text)).toEqual([]);
  });
  test('where fewer than four in five models keep a time', () => {
    expect(flagged(rule, others + model('Depot', body) + model('Shelf', body))).toEqual([]);
  });
});

describe('the fix', () => {
  test('adds the columns as the others have them', async () => {
    const mapped = others.replaceAll(
      times,
      'createdAt DateTime @default(now()) @map("created_at") @db.Timestamptz(3)\n  updatedAt DateTime @updatedAt @map("updated_at") @db.Timestamptz(3)',
    );
    const text = await fixed(rule, mapped + model('Depot', `${body}\n  isActive Boolean`));
    expect(text.slice(text.indexOf('model Depot'))).toMatch(
      /createdAt +DateTime +@default\(now\(\)\) @map\("created_at"\) @db\.Timestamptz\(3\)\n +updatedAt +DateTime +@default\(now\(\)\) @updatedAt @map\("updated_at"\) @db\.Timestamptz\(3\)\n/,
    );
  });
  test('is not safe, for the rows that are there get a wrong time', () => {
    expect(fixesOf(rule, others + model('Depot', body))).toMatchObject([{ safety: 'unsafe' }]);
  });
});
