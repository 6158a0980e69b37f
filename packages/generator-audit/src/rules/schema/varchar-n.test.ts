import { describe, expect, test } from '@jest/globals';
import { fixed, fixesOf, flagged, say } from '../../../test/rule.ts';
import rule from './varchar-n.ts';

const model = (...lines: readonly string[]): string => `model Person {\n  id Int @id\n  ${lines.join('\n  ')}\n}\n`;
const keyed = `
model Person {
  code String @id @db.VarChar(20)
  pets Pet[]
}
model Pet {
  id        Int    @id
  owner     Person @relation(fields: [ownerCode], references: [code])
  ownerCode String @db.VarChar(20)
}`;

test.each(['name String', 'name String @db.Text', 'name String @db.VarChar', 'code String @db.Char(3)'])(
  'is silent with %s',
  line => {
    expect(flagged(rule, model(line))).toEqual([]);
  },
);

test('is silent on MySQL, and of an ignored model', () => {
  expect(flagged(rule, model('name String @db.VarChar(50)'), { provider: 'mysql' })).toEqual([]);
  expect(flagged(rule, model('name String @db.VarChar(50)', '@@ignore'))).toEqual([]);
});

test('speaks of a limit', () => {
  expect(say(rule, model('name String? @db.VarChar(50)'))).toEqual([
    'Person.name: `Person.name` has its limit of 50 characters in the type, so a smaller one rewrites the table, where a CHECK could be exchanged.',
  ]);
});

test('speaks of a key and not of what refers to it, without a fix for one side only', () => {
  expect(flagged(rule, keyed)).toEqual(['Person.code']);
  expect(fixesOf(rule, keyed)).toEqual([]);
});

describe('the fix', () => {
  test('makes a text', async () => {
    expect(await fixed(rule, model('name String @unique @db.VarChar(50)', 'tags String[] @db.VarChar(9)'))).toBe(
      model('name String @unique @db.Text', 'tags String[] @db.Text'),
    );
  });
  // Run on Postgres 15: the type changes without a rewrite, and 51 letters are refused.
  test('puts the limit in a CHECK', () => {
    const [fix] = fixesOf(rule, model('name String @map("full\\"name") @db.VarChar(50)', '@@map("people")'));
    expect(fix).toMatchObject({ safety: 'unsafe' });
    expect(fix?.sql).toBe(
      [
        'ALTER TABLE "people" ALTER COLUMN "full""name" TYPE text;',
        '-- Rows that break it: SELECT * FROM "people" WHERE NOT (char_length("full""name") <= 50);',
        'ALTER TABLE "people" ADD CONSTRAINT "people_full""name_length" CHECK (char_length("full""name") <= 50) NOT VALID;',
        'ALTER TABLE "people" VALIDATE CONSTRAINT "people_full""name_length";',
      ].join('\n'),
    );
  });
  test('has none for a list, which a CHECK cannot look into', () => {
    expect(fixesOf(rule, model('tags String[] @db.VarChar(9)'))[0]?.sql).toBeUndefined();
  });
});
