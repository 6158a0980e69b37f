import { expect, test } from '@jest/globals';
import { flagged, say } from '../../../test/rule.ts';
import rule from './wide-index.ts';

const model = (...lines: readonly string[]): string =>
  `model Ticket {\n  id Int @id\n  a Int\n  b Int\n  c Int\n  d Int\n  e Int\n  f Int\n  g Int[]\n  ${lines.join('\n  ')}\n}\n`;

test.each([
  ['an index of five columns', '@@index([a, b, c, d, e])'],
  ['a unique', '@@unique([a, b, c, d, e, f])'],
  ['a Brin index', '@@index([a, b, c, d, e, f], type: Brin)'],
  ['an ignored model', '@@index([a, b, c, d, e, f])\n  @@ignore'],
])('is silent with %s', (_, line) => {
  expect(flagged(rule, model(line))).toEqual([]);
});

test('is silent with an id', () => {
  expect(flagged(rule, model('@@id([a, b, c, d, e, f])').replace('id Int @id', 'id Int'))).toEqual([]);
});

test('speaks of six columns', () => {
  expect(say(rule, model('@@index([a, b, c, d, e, f])'))).toEqual([
    'Ticket.@@index([a, b, c, d, e, f]): The index on `a, b, c, d, e, f` of `Ticket` has 6 columns, of which the last ones seldom narrow a search and make every update of them expensive.',
  ]);
});

test('speaks from the number of the option on', () => {
  expect(flagged(rule, model('@@index([a, b, c])', '@@index([a, b])'), { options: { columns: 2 } })).toEqual([
    'Ticket.@@index([a, b, c])',
  ]);
});
