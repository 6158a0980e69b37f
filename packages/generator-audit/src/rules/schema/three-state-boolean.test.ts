import { describe, expect, test } from '@jest/globals';
import { fixed, fixesOf, flagged, say } from '../../../test/rule.ts';
import rule from './three-state-boolean.ts';

const model = (line: string, name = 'User'): string => `model ${name} {\n  id Int @id\n  ${line}\n}\n`;

test.each([
  'isActive Boolean',
  'isActive Boolean @default(true)',
  'flags Boolean[]',
  'isCorrect Boolean?',
  'wasHelpful Boolean?',
  'isAccepted Boolean?',
  'isThumbsUp Boolean?',
  'hasClearance Boolean?',
  'vote Boolean?',
  'emailEnabled Boolean?',
  'allowDownload Boolean?',
  'joinOverride Boolean?',
  'isActive Boolean? // null: not asked yet',
  'isActive Boolean? @default(false) // deprecated',
  "/// NULL inherits the team's\n  isPublic Boolean? @default(true)",
])('is silent with %s', line => {
  expect(flagged(rule, model(line))).toEqual([]);
});

test.each(['TeamSettings', 'UserPreference', 'PolicyOverride'])(
  'is silent in %s, where NULL means another one',
  name => {
    expect(flagged(rule, model('isPublic Boolean?', name))).toEqual([]);
    expect(flagged(rule, model('isPublic Boolean? @default(false)', name))).toHaveLength(1);
  },
);

test('is silent of an ignored model', () => {
  expect(flagged(rule, model('isActive Boolean?\n  @@ignore'))).toEqual([]);
});

describe('speaks', () => {
  test('of a state', () => {
    expect(say(rule, model('isActive Boolean?'))).toEqual([
      'User.isActive: `User.isActive` can be NULL, which is neither true nor false, so a filter for one of the two misses those rows.',
    ]);
  });
  test.each([
    'is_archived Boolean?',
    'hasStarted Boolean?',
    'emailVerified Boolean?',
    'banned Boolean?',
    'autoplay Boolean? @default(true)',
    'enableUpload Boolean? @default(false) // Optional give the user a choice',
  ])('of %s', line => {
    expect(flagged(rule, model(line))).toHaveLength(1);
  });
  test.each(['mysql', 'sqlite', 'mongodb'] as const)('on %s, without SQL', provider => {
    expect(fixesOf(rule, model('isActive Boolean?'), { provider })).toEqual([
      expect.not.objectContaining({ sql: expect.anything() }),
    ]);
  });
});

describe('the fix', () => {
  test('makes it required, with a default', async () => {
    expect(await fixed(rule, model('isActive Boolean? @default(true)'))).toContain(
      '  isActive Boolean @default(true)\n',
    );
    expect(await fixed(rule, model('isActive Boolean?'))).toContain('  isActive Boolean @default(false)\n');
    expect(await fixed(rule, model('isActive Boolean? @map("a")'))).toContain(
      'isActive Boolean @default(false) @map("a")\n',
    );
  });
  test('keeps the lines aligned', async () => {
    const text = 'model User {\n  id     Int      @id\n  active Boolean? @default(true)\n}\n';
    const required = 'model User {\n  id     Int     @id\n  active Boolean @default(true)\n}\n';
    expect(await fixed(rule, text)).toBe(required);
    expect(await fixed(rule, text.replace(' @default(true)', ''))).toBe(required.replace('true', 'false'));
  });
  test('fills what is NULL before it requires', () => {
    const text = model('isActive Boolean? @map("is_active")\n  @@map("users")\n  @@schema("app")');
    expect(fixesOf(rule, text)[0]).toMatchObject({
      safety: 'unsafe',
      sql: `ALTER TABLE "app"."users" ALTER COLUMN "is_active" SET DEFAULT false;
UPDATE "app"."users" SET "is_active" = false WHERE "is_active" IS NULL;
ALTER TABLE "app"."users" ADD CONSTRAINT "users_is_active_not_null" CHECK ("is_active" IS NOT NULL) NOT VALID;
ALTER TABLE "app"."users" VALIDATE CONSTRAINT "users_is_active_not_null";
ALTER TABLE "app"."users" ALTER COLUMN "is_active" SET NOT NULL;
ALTER TABLE "app"."users" DROP CONSTRAINT "users_is_active_not_null";`,
    });
  });
  test('has no value for a default that the database makes', () => {
    expect(fixesOf(rule, model('isActive Boolean? @default(dbgenerated("f()"))'))).toEqual([]);
  });
});
