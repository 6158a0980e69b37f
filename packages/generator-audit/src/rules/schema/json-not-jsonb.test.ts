import { describe, expect, test } from '@jest/globals';
import { fixed, fixesOf, flagged, say } from '../../../test/rule.ts';
import rule from './json-not-jsonb.ts';

const model = (...lines: readonly string[]): string => `model Event {\n  id Int @id\n  ${lines.join('\n  ')}\n}\n`;

describe('is silent', () => {
  test.each([
    'data Json',
    'data Json @db.JsonB',
    'rawPayload Json @db.Json',
    'originalEvent Json @db.Json',
    'inputSchema Json? @db.Json',
    'data Json @db.Json // json, because the order of keys matters',
    'data Json @db.Json /// kept verbatim',
  ])('with %s', line => {
    expect(flagged(rule, model(line))).toEqual([]);
  });
  test('on MySQL, and of an ignored model', () => {
    expect(flagged(rule, model('data Json @db.Json'), { provider: 'mysql' })).toEqual([]);
    expect(flagged(rule, model('data Json @db.Json', '@@ignore'))).toEqual([]);
  });
});

test('speaks of a json', () => {
  expect(say(rule, model('data Json? @db.Json'))).toEqual([
    'Event.data: `Event.data` is a `json` and not a `jsonb`, so it can have no index, and DISTINCT, GROUP BY and UNION over it fail.',
  ]);
  expect(flagged(rule, model('all Json[] @db.Json'))).toEqual(['Event.all']);
});

test('the fix makes a jsonb, and is not safe', async () => {
  const text = model('data Json @default("{}") @db.Json');
  expect(fixesOf(rule, text)).toMatchObject([{ safety: 'unsafe' }]);
  expect(await fixed(rule, text)).toBe(model('data Json @default("{}") @db.JsonB'));
});
