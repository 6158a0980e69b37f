import { describe, expect, test } from '@jest/globals';
import { fixed, fixesOf, flagged, say } from '../../../test/rule.ts';
import rule from './char-n.ts';

const model = (...lines: readonly string[]): string => `model Person {\n  key Int @id\n  ${lines.join('\n  ')}\n}\n`;
const owner = (type: string, made: string): string => `
model Person {
  id   String @id @default(${made}) @db.${type}
  pets Pet[]
}
model Pet {
  id      Int    @id
  owner   Person @relation(fields: [ownerId], references: [id])
  ownerId String @db.${type}
}`;

describe('is silent', () => {
  test.each([
    'name String @db.VarChar(50)',
    'name String @db.Text',
    'name String',
    'initial String @db.Char(1)',
    'initial String @db.Char',
    'uf String? @db.Char(2)',
    'currency String @db.Char(3)',
    'countryCode String? @db.Char(2)',
    'country String? @db.Char(2)',
    'sha256Hash String @db.Char(44)',
    'deviceId String @db.Char(36)',
    'uuid String @default(uuid()) @db.Char(36)',
  ])('with %s', line => {
    expect(flagged(rule, model(line))).toEqual([]);
  });
  test('with ids of the right length, and of their foreign keys', () => {
    expect(flagged(rule, owner('Char(36)', 'uuid()'))).toEqual([]);
    expect(flagged(rule, owner('Char(25)', 'cuid()'))).toEqual([]);
    expect(flagged(rule, owner('Char(24)', 'cuid(2)'))).toEqual([]);
    expect(flagged(rule, owner('Char(10)', 'nanoid(10)'))).toEqual([]);
  });
  test('on MySQL, and of an ignored model', () => {
    expect(flagged(rule, model('name String @db.Char(50)'), { provider: 'mysql' })).toEqual([]);
    expect(flagged(rule, model('name String @db.Char(50)', '@@ignore'))).toEqual([]);
  });
});

describe('speaks', () => {
  test('of a text that varies', () => {
    expect(say(rule, model('name String @db.Char(50)'))).toEqual([
      'Person.name: `Person.name` is filled up with blanks to 50 characters, so shorter values come back longer than they were written.',
    ]);
  });
  test('of an id that Prisma makes shorter, once and without a fix for one side only', () => {
    expect(say(rule, owner('Char(36)', 'cuid()'))).toEqual([
      'Person.id: `Person.id` is filled up with blanks to 36 characters, so the 25 characters of its default come back longer than they were written.',
    ]);
    expect(fixesOf(rule, owner('Char(36)', 'cuid()'))).toEqual([]);
  });
});

test('the fix keeps the length, and is not safe', async () => {
  const text = model('name String @db.Char(50)', 'phones String[] @db.Char(20)');
  expect(fixesOf(rule, text).map(({ safety }) => safety)).toEqual(['unsafe', 'unsafe']);
  expect(await fixed(rule, text)).toBe(model('name String @db.VarChar(50)', 'phones String[] @db.VarChar(20)'));
});
