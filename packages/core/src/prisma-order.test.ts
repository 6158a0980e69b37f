import fc from 'fast-check';
import { inPrismaOrder } from './prisma-order.ts';

test('is the order of the locale, whatever the names are', () => {
  const time = fc.stringMatching(/^202[56]0[12]0[12]0000[01]{2}$/);
  const part = fc.constantFrom(
    '',
    '_',
    'a',
    'A',
    'b',
    'z',
    '0',
    '9',
    '-',
    '.toml',
    ' ',
    'é',
    'e\u0301',
    'ß',
    'ss',
    '_init',
  );
  const name = fc.tuple(fc.oneof(time, part), part, part, part).map(parts => parts.join(''));
  fc.assert(
    fc.property(name, name, (a, b) => {
      expect(Math.sign(inPrismaOrder(a, b))).toBe(Math.sign(a.localeCompare(b, 'en')));
    }),
    { numRuns: 2_000 },
  );
});
