import { describe, expect, test } from '@jest/globals';
import { flagged, say } from '../../../test/rule.ts';
import rule from './unbounded-text.ts';

const model = (...lines: readonly string[]): string => `model Person {\n  key Int @id\n  ${lines.join('\n  ')}\n}\n`;

describe('is silent', () => {
  test.each([
    'name String @db.VarChar(200)',
    'code String @db.Char(3)',
    'uid String @db.Uuid',
    'address String @db.Inet',
    'id String',
    'stripeId String',
    'handle String @default(cuid())',
    'handle String @default(dbgenerated("random_handle()"))',
    'age Int',
    'state State',
  ])('with %s', line => {
    expect(flagged(rule, `${model(line)}enum State {\n  ON\n}\n`)).toEqual([]);
  });
  test('of a foreign key and of an ignored model', () => {
    const text = `
model Person {
  code String @id @db.VarChar(20)
  pets Pet[]
}
model Pet {
  id        Int    @id
  owner     Person @relation(fields: [ownerCode], references: [code])
  ownerCode String
}`;
    expect(flagged(rule, text)).toEqual([]);
    expect(flagged(rule, model('name String', '@@ignore'))).toEqual([]);
  });
  test.each(['mysql', 'sqlserver', 'sqlite', 'mongodb'] as const)('with a bare String on %s', provider => {
    expect(flagged(rule, model('name String'), { provider })).toEqual([]);
  });
  test('with a text that is said, when the option allows it', () => {
    const options = { allowText: true };
    expect(flagged(rule, model('bio String @db.Text', 'name String'), { options })).toEqual(['Person.name']);
  });
});

describe('speaks', () => {
  test('of a bare String', () => {
    expect(say(rule, model('name String?'))).toEqual([
      'Person.name: `Person.name` has no limit on its length, so the database takes whatever a client sends.',
    ]);
  });
  test.each(['bio String @db.Text', 'tags String[]', 'mail String @db.Citext', 'name String @db.VarChar'])(
    'of %s',
    line => {
      expect(flagged(rule, model(line))).toHaveLength(1);
    },
  );
  test('of types without a limit on MySQL and SQL Server', () => {
    expect(flagged(rule, model('bio String @db.LongText'), { provider: 'mysql' })).toHaveLength(1);
    expect(flagged(rule, model('bio String @db.NVarChar(Max)'), { provider: 'sqlserver' })).toHaveLength(1);
  });
});
