import { describe, expect, test } from '@jest/globals';
import { flagged, say } from '../../../test/rule.ts';
import rule from './field-type.ts';

const user = (id: string, lines = ''): string => `model User {\n  id ${id}\n  ${lines}\n}\n`;
const uuid = { require: [{ ifName: 'id', type: 'String', nativeType: 'Uuid' }] };
const times = { require: [{ ifName: '/At$/', type: 'DateTime' }] };

describe('speaks', () => {
  test('of another type, and says both', () => {
    expect(say(rule, user('Int @id', 'createdAt String @db.VarChar(20)'), { options: times })).toEqual([
      'User.createdAt: `User.createdAt` is `String @db.VarChar(20)`, and the configuration wants `DateTime` for such a name.',
    ]);
  });
  test.each(['Int @id', 'String @id', 'String @id @db.VarChar(36)'])('of %s', id => {
    expect(flagged(rule, user(id), { options: uuid })).toEqual(['User.id']);
  });
  test('of another size', () => {
    const options = { require: [{ ifName: 'code', type: 'String', nativeType: 'VarChar(20)' }] };
    expect(flagged(rule, user('Int @id', 'code String @db.VarChar(30)'), { options })).toEqual(['User.code']);
  });
});

test.each([
  ['nothing required', user('Int @id'), {}],
  ['the type', user('String @id @db.Uuid'), uuid],
  ['a native type where none is asked for', user('Int @id', 'createdAt DateTime @db.Timestamptz(3)'), times],
  ['another name', user('Int @id', 'atCreation String'), times],
  [
    'the native type with any size',
    user('Int @id', 'code String @db.VarChar(30)'),
    { require: [{ ifName: 'code', type: 'String', nativeType: 'VarChar' }] },
  ],
  ['the last rule that fits', user('Int @id'), { require: [...uuid.require, { ifName: '/^id$/', type: 'Int' }] }],
  ['an ignored field', user('Int @id', 'createdAt String @ignore'), times],
])('is silent with %s', (_, text, options) => {
  expect(flagged(rule, text, { options })).toEqual([]);
});
