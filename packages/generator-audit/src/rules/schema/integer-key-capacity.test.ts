import { describe, expect, test } from '@jest/globals';
import { fixed, fixesOf, flagged, say } from '../../../test/rule.ts';
import rule from './integer-key-capacity.ts';

const model = (name: string, key = 'id Int @id @default(autoincrement())'): string =>
  `model ${name} {\n  ${key}\n  at DateTime\n}\n`;

describe('is silent', () => {
  test.each([
    'User',
    'Country',
    'Team',
    'EventType',
    'LogSetting',
    'NotificationChannel',
    'Event',
    'event_roles',
    'GroupActivityClue',
    'Blog',
    'Catalog',
  ])('of %s, which grows slowly', name => {
    expect(flagged(rule, model(name))).toEqual([]);
  });
  test.each([
    'id BigInt @id @default(autoincrement())',
    'id Int @id',
    'id String @id @default(cuid())',
    'id Int @id @default(dbgenerated("next_id()"))',
  ])('with %s', key => {
    expect(flagged(rule, model('AuditLog', key))).toEqual([]);
  });
  test('on SQLite, and of an ignored model', () => {
    expect(flagged(rule, model('AuditLog'), { provider: 'sqlite' })).toEqual([]);
    expect(flagged(rule, model('AuditLog').replace('at DateTime', '@@ignore'))).toEqual([]);
  });
});

describe('speaks', () => {
  test('of a key that will run out', () => {
    expect(say(rule, model('AuditLog'))).toEqual([
      'AuditLog.id: The numbers of `AuditLog.id` end at 2,147,483,647, and then every INSERT into `AuditLog` fails.',
    ]);
  });
  test.each([
    'PageView',
    'ChatMessage',
    'image_reactions',
    'Transactions',
    'SensorReading',
    'WebhookDelivery',
    'ChallengeEvent',
    'MessagesV2',
  ])('of %s', name => {
    expect(flagged(rule, model(name))).toHaveLength(1);
  });
  test('of every model when the option says so', () => {
    expect(flagged(rule, model('User'), { options: { models: 'all' } })).toEqual(['User.id']);
  });
  test('of a smaller key in any model', () => {
    expect(say(rule, model('User', 'id Int @id @default(autoincrement()) @db.SmallInt'))[0]).toContain('end at 32,767');
  });
  test('of an unsigned key on MySQL and of a sequence on CockroachDB', () => {
    const unsigned = model('AuditLog', 'id Int @id @default(autoincrement()) @db.UnsignedInt');
    expect(say(rule, unsigned, { provider: 'mysql' })[0]).toContain('end at 4,294,967,295');
    const sequence = model('AuditLog', 'id Int @id @default(sequence())');
    expect(flagged(rule, sequence, { provider: 'cockroachdb' })).toHaveLength(1);
  });
});

describe('the fix', () => {
  test('changes the columns that refer to the key, and what refers to them', async () => {
    const text = `
model Message {
  id        Int        @id @default(autoincrement()) @db.Integer
  replyToId Int?
  replyTo   Message?   @relation("replies", fields: [replyToId], references: [id])
  replies   Message[]  @relation("replies")
  detail    Detail?
}
model Detail {
  messageId Int     @id
  message   Message @relation(fields: [messageId], references: [id])
  notes     Note[]
}
model Note {
  id       Int    @id
  detail   Detail @relation(fields: [detailId], references: [messageId])
  detailId Int
}`;
    // Run on Postgres 15: the keys stay in place, and the number after 3,000,000,000 comes.
    expect(fixesOf(rule, text)).toMatchObject([
      {
        safety: 'unsafe',
        sql: [
          'ALTER TABLE "Message" ALTER COLUMN "id" TYPE bigint;',
          'ALTER TABLE "Message" ALTER COLUMN "replyToId" TYPE bigint;',
          'ALTER TABLE "Detail" ALTER COLUMN "messageId" TYPE bigint;',
          'ALTER TABLE "Note" ALTER COLUMN "detailId" TYPE bigint;',
          'ALTER SEQUENCE "Message_id_seq" AS bigint;',
        ].join('\n'),
      },
    ]);
    const result = await fixed(rule, text);
    expect(result).toMatch(/id +BigInt +@id @default\(autoincrement\(\)\)\n/);
    expect(result.match(/BigInt/g)).toHaveLength(4);
    expect(result).toMatch(/replyToId +BigInt\?/);
  });
  test('keeps the sign on MySQL', async () => {
    const text = model('AuditLog', 'id Int @id @default(autoincrement()) @db.UnsignedInt');
    expect(await fixed(rule, text, { provider: 'mysql' })).toContain(
      'BigInt @id @default(autoincrement()) @db.UnsignedBigInt',
    );
  });
});
