import { expect, jest, test } from '@jest/globals';
import { remembered, rememberedFor } from './remembered.ts';

test('a name is answered once', () => {
  const answer = jest.fn((name: string) => name.length);
  const length = remembered(answer);
  expect([length('one'), length('three'), length('one')]).toEqual([3, 5, 3]);
  expect(answer).toHaveBeenCalledTimes(2);
});

test('a thing is answered once, and another one that is equal by itself; nothing is an answer too', () => {
  const answer = jest.fn(({ name }: { readonly name?: string }) => name);
  const nameOf = rememberedFor(answer);
  const [one, other] = [{ name: 'a' }, { name: 'a' }];
  const none = {};
  expect([nameOf(one), nameOf(other), nameOf(none), nameOf(one), nameOf(none)]).toEqual([
    'a',
    'a',
    undefined,
    'a',
    undefined,
  ]);
  expect(answer).toHaveBeenCalledTimes(3);
});
