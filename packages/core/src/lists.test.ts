import fc from 'fast-check';
import { firstOf, flatMap, groupBy } from './lists.ts';

test('finds what the method of an array finds', () => {
  const item = fc.oneof(fc.integer(), fc.string(), fc.constant(undefined), fc.array(fc.integer(), { maxLength: 3 }));
  fc.assert(
    fc.property(fc.array(item), items => {
      const of = (each: (typeof items)[number], at: number) => (at % 2 === 0 ? each : [each, at]);
      expect(flatMap<(typeof items)[number], unknown>(items, of)).toEqual(items.flatMap(of));
    }),
  );
});

test('groups by a key, in the order of the first of each', () => {
  const groups = groupBy(['b1', 'a1', 'b2', 'a2', 'c1'], name => name[0]);
  expect([...groups]).toEqual([
    ['b', ['b1', 'b2']],
    ['a', ['a1', 'a2']],
    ['c', ['c1']],
  ]);
});

test('finds the first thing that is found, and looks no further', () => {
  const seen: number[] = [];
  const found = firstOf([1, 2, 3], item => {
    seen.push(item);
    return item === 2 ? 'two' : undefined;
  });
  expect([found, seen]).toEqual(['two', [1, 2]]);
  expect(firstOf<number, string>([1, 2], item => (item > 2 ? 'more' : undefined))).toBeUndefined();
});
