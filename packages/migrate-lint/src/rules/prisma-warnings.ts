/**
 * Whether Prisma warns of what no rule of this group speaks of: a changed primary key. Of drops, casts, required columns, uniques and
 * values of enums they speak at the statement, and other words in the block are those of a person.
 */
export function isUnspokenWarning(line: string): boolean {
  return /^the primary key for the `/i.test(line);
}
