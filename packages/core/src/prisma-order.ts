/**
 * Prisma 6 and 7 sort the folders with `localeCompare` before the engine sees them; a locale of our own makes it the same everywhere. Nearly all
 * names differ first in a digit, a small letter or `_`, whose order is known, and to load the locale takes longer than to sort a thousand
 * names.
 */
export function inPrismaOrder(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  const [first, second] = [rank(a[at]), rank(b[at])];
  return first !== -1 && second !== -1 ? first - second : a.localeCompare(b, 'en');
}

function rank(character: string | undefined): number {
  return character === undefined ? -1 : inOrder.indexOf(character);
}

const inOrder = '_0123456789abcdefghijklmnopqrstuvwxyz';
