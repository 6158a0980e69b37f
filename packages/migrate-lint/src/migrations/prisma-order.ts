/** Prisma 6 and 7 sort the folders with `localeCompare` before the engine sees them; a locale of our own makes it the same everywhere. */
export function inPrismaOrder(a: string, b: string): number {
  return a.localeCompare(b, 'en');
}
