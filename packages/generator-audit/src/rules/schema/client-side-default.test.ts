import { describe, expect, test } from '@jest/globals';
import { fixed, fixesOf, flagged, say } from '../../../test/rule.ts';
import rule from './client-side-default.ts';

const model = (id: string, line = '', name = 'User'): string => `model ${name} {\n  id ${id}\n  ${line}\n}\n`;

test.each([
  ['autoincrement', 'Int @id @default(autoincrement())', ''],
  ['dbgenerated', 'String @id @default(dbgenerated("gen_random_uuid()"))', ''],
  ['now', 'Int @id', 'at DateTime @default(now())'],
  ['both', 'Int @id', 'at DateTime @default(now()) @updatedAt'],
  ['an optional column', 'Int @id', 'at DateTime? @updatedAt'],
  ['an ignored model', 'String @id @default(cuid())', '@@ignore'],
])('is silent with %s', (_, id, line) => {
  expect(flagged(rule, model(id, line))).toEqual([]);
});

test('is silent on MongoDB, and of a view', () => {
  expect(flagged(rule, model('String @id @default(cuid()) @map("_id")'), { provider: 'mongodb' })).toEqual([]);
  expect(flagged(rule, `/// @view\n${model('String @id @default(cuid())')}`)).toEqual([]);
});

describe('speaks', () => {
  test('of one column', () => {
    expect(say(rule, model('String @id @default(uuid())'))).toEqual([
      '@default(uuid()): `User.id` gets its value from `@default(uuid())`, which only Prisma Client fills in, so an INSERT from anywhere else fails.',
    ]);
  });
  test('once for each kind, however many columns there are', () => {
    const one = (name: string): string => model('String @id @default(cuid())', 'at DateTime @updatedAt', name);
    expect(say(rule, one('A') + one('B') + one('C'))).toEqual([
      '@default(cuid()): `A.id` and 2 more required columns get their values from `@default(cuid())`, which only Prisma Client fills in, so an INSERT from anywhere else fails.',
      '@updatedAt: `A.at` and 2 more required columns get their values from `@updatedAt`, which only Prisma Client fills in, so an INSERT from anywhere else fails.',
    ]);
  });
  test.each(['uuid(7)', 'cuid(2)', 'nanoid(10)', 'ulid()'])('of %s', maker => {
    expect(flagged(rule, model(`String @id @default(${maker})`))).toEqual([`@default(${maker})`]);
  });
});

describe('the fix', () => {
  test('gives the time of the insert to all, and is safe', async () => {
    const text = await fixed(
      rule,
      model('Int @id', 'at DateTime @updatedAt') + model('Int @id', 'on DateTime @updatedAt', 'B'),
    );
    expect(text).toContain('at DateTime @default(now()) @updatedAt\n');
    expect(text).toContain('on DateTime @default(now()) @updatedAt\n');
    expect(fixesOf(rule, model('Int @id', 'at DateTime @updatedAt'))[0]?.safety).toBe('safe');
  });
  test('lets Postgres make a uuid, and is not safe', async () => {
    const text = model('String @id @default(uuid()) @db.Uuid');
    expect(await fixed(rule, text)).toContain('String @id @default(dbgenerated("gen_random_uuid()")) @db.Uuid');
    expect(fixesOf(rule, text)[0]?.safety).toBe('unsafe');
  });
  test.each(['cuid()', 'uuid(7)', 'nanoid()'])('is not there for %s, which no database makes', maker => {
    expect(fixesOf(rule, model(`String @id @default(${maker})`))).toEqual([]);
  });
  test('is not there for a uuid on MySQL', () => {
    expect(fixesOf(rule, model('String @id @default(uuid())'), { provider: 'mysql' })).toEqual([]);
  });
});
