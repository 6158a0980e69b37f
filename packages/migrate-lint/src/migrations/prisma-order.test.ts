import fc from 'fast-check';
import { inPrismaOrder } from './prisma-order.ts';

test('is the order of the locale, whatever the names are', () => {
  const digits = fc.stringMatching(/^202[56]0[12]0[12]0000[01]{2}$/);
  const rest = fc.constantFrom('', '_init', '_Init', '-a', '0', '1_b', ' é');
  const name = fc
    .oneof(fc.tuple(digits, rest), fc.tuple(fc.stringMatching(/^[0-9]{0,15}$/), rest))
    .map(parts => parts.join(''));
  fc.assert(
    fc.property(name, name, (a, b) => {
      expect(Math.sign(inPrismaOrder(a, b))).toBe(Math.sign(a.localeCompare(b, 'en')));
    }),
  );
});
