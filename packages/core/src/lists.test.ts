import fc from 'fast-check';
import { flatMap, groupBy } from './lists.ts';

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
