import { describe, expect, test } from '@jest/globals';
import { fixed, fixesOf, flagged, say } from '../../../test/rule.ts';
import rule from './implicit-on-delete.ts';

const models = (relation: string, beside = ', onDelete: Cascade', above = '', name = 'Order'): string => `
model User {
  id       Int       @id
  sessions Session[]
  tokens   Token[]
  orders   ${name}[]
}
model Session {
  id     Int  @id
  user   User @relation(fields: [userId], references: [id]${beside})
  userId Int
}
model Token {
  id     Int  @id
  user   User @relation(fields: [userId], references: [id], onDelete: Cascade)
  userId Int
}
${above}
model ${name} {
  id     Int  @id
  ${relation}
  userId Int?
}`;
const implicit = 'user User @relation(fields: [userId], references: [id])';
const required = (text: string): string => text.replace('Int?', 'Int');

describe('is silent', () => {
  test.each(['Cascade', 'Restrict', 'NoAction'])('where %s is said', action => {
    expect(flagged(rule, models(implicit.replace('[id]', `[id], onDelete: ${action}`)))).toEqual([]);
  });
  test('of an optional relation, which is SetNull', () => {
    expect(flagged(rule, models(implicit.replace('User @', 'User? @')))).toEqual([]);
  });
  test('of an audit log, which should refuse it', () => {
    expect(flagged(rule, models(implicit, undefined, undefined, 'AuditLog'))).toEqual([]);
  });
  test('where not twice as many cascade', () => {
    expect(flagged(rule, models(implicit, ''))).toEqual([]);
    expect(flagged(rule, models(implicit, ', onDelete: Restrict'))).toEqual([]);
  });
  test('of a view, and of ignored models', () => {
    expect(flagged(rule, models(implicit, undefined, '/// @view'))).toEqual([]);
    expect(flagged(rule, models(`${implicit}\n  @@ignore`))).toEqual([]);
  });
  test('of a model that refers to itself', () => {
    const tree = `model Node {
  id       Int    @id
  parentId Int
  parent   Node   @relation("tree", fields: [parentId], references: [id])
  children Node[] @relation("tree")
  notes    Note[]
  tasks    Task[]
}
model Task {
  id     Int  @id
  nodeId Int
  node   Node @relation(fields: [nodeId], references: [id], onDelete: Cascade)
}
model Note {
  id     Int  @id
  nodeId Int
  node   Node @relation(fields: [nodeId], references: [id], onDelete: Cascade)
}`;
    expect(flagged(rule, tree)).toEqual([]);
  });
});

describe('speaks', () => {
  test('of what refuses the delete that others are made for', () => {
    expect(say(rule, models(implicit))).toEqual([
      'Order.user: Deleting a row of `User` is meant to take rows of `Session` and 1 more along, but `Order.user` has no `onDelete` and refuses it.',
    ]);
  });
  test('without foreign keys too, where Prisma Client refuses', () => {
    expect(flagged(rule, models(implicit), { relationMode: 'prisma' })).toEqual(['Order.user']);
  });
});

describe('the fix says what is', () => {
  test('and is safe', async () => {
    expect(await fixed(rule, required(models(implicit)))).toContain('references: [id], onDelete: Restrict)\n  userId');
    expect(fixesOf(rule, models(implicit))[0]?.safety).toBe('safe');
  });
  test('on SQL Server, which knows no Restrict', async () => {
    expect(await fixed(rule, required(models(implicit)), { provider: 'sqlserver' })).toContain('onDelete: NoAction)');
  });
  test('before other arguments', async () => {
    const named = 'user User @relation("buyer", fields: [userId], references: [id], map: "fk")';
    const text = required(models(named)).replace('orders   Order[]', 'orders   Order[] @relation("buyer")');
    expect(await fixed(rule, text)).toContain('references: [id], onDelete: Restrict, map: "fk")');
  });
});
