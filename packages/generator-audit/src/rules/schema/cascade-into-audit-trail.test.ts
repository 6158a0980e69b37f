import { describe, expect, test } from '@jest/globals';
import { fixed, fixesOf, flagged, say } from '../../../test/rule.ts';
import rule from './cascade-into-audit-trail.ts';

const models = (name: string, relation: string): string => `
model Org {
  id    Int    @id
  users User[]
}
model User {
  id    Int      @id
  orgId Int
  org   Org      @relation(fields: [orgId], references: [id], onDelete: Cascade)
  rows  ${name}[]
}
model ${name} {
  id     Int   @id
  ${relation}
  userId Int?
}`;
const cascade = 'user User? @relation(fields: [userId], references: [id], onDelete: Cascade)';

test.each(['Event', 'CalendarEvent', 'EmailLog', 'RequestLog', 'WatchHistory', 'FoodLog', 'JournalEntry', 'Post'])(
  'is silent of %s',
  name => {
    expect(flagged(rule, models(name, cascade))).toEqual([]);
  },
);

test.each([
  ['SetNull', 'user User? @relation(fields: [userId], references: [id], onDelete: SetNull)'],
  ['nothing said, which is SetNull', 'user User? @relation(fields: [userId], references: [id])'],
  ['a reason', `/// GDPR: the log is erased with the account\n  ${cascade}`],
  ['a reason behind it', `${cascade} // on purpose`],
])('is silent with %s', (_, relation) => {
  expect(flagged(rule, models('AuditLog', relation))).toEqual([]);
});

test('is silent of a part of a trail, and of ignored models', () => {
  const parts = `model AuditLog {
  id      Int              @id
  changes AuditLogChange[]
}
model AuditLogChange {
  id    Int      @id
  logId Int
  log   AuditLog @relation(fields: [logId], references: [id], onDelete: Cascade)
}`;
  expect(flagged(rule, parts)).toEqual([]);
  expect(flagged(rule, models('AuditLog', `${cascade}\n  @@ignore`))).toEqual([]);
});

describe('speaks', () => {
  test('of an audit log', () => {
    expect(say(rule, models('AuditLog', cascade))).toEqual([
      'AuditLog.user: Deleting a row of `User` deletes its rows of `AuditLog`, so nobody can tell afterwards what happened.',
    ]);
  });
  test.each(['SecurityEvent', 'LedgerEntry', 'OrderStatusHistory', 'LoginHistory', 'ImpersonationAuditLog'])(
    'of %s',
    name => {
      expect(flagged(rule, models(name, cascade))).toEqual([`${name}.user`]);
    },
  );
  test('of an Audit that says who did what', () => {
    expect(flagged(rule, models('Audit', `action String\n  ${cascade}`))).toEqual(['Audit.user']);
    expect(flagged(rule, models('Audit', `url String\n  ${cascade}`))).toEqual([]);
  });
});

describe('the fix', () => {
  test('keeps the rows of an optional relation', async () => {
    expect(await fixed(rule, models('AuditLog', cascade))).toContain('references: [id], onDelete: SetNull)');
  });
  test('refuses the delete for a required one', async () => {
    const text = models('AuditLog', cascade).replace('User? @', 'User @').replace('userId Int?', 'userId Int');
    expect(await fixed(rule, text)).toContain('references: [id], onDelete: Restrict)');
    expect(await fixed(rule, text, { provider: 'sqlserver' })).toContain('onDelete: NoAction)');
  });
  test('is not safe, because deletes may be refused', () => {
    expect(fixesOf(rule, models('AuditLog', cascade))[0]?.safety).toBe('unsafe');
  });
});
