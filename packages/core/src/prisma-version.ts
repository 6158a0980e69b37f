import type { PrismaVersion } from './facts/migrations.ts';

/** Whether this Prisma commits each statement of a migration by itself, as it does since 7.4; before, a file is one query, and so one transaction. */
export function commitsEachStatement({ version }: PrismaVersion): boolean {
  const [major = 0, minor = 0] = version.split('.').map(part => Number.parseInt(part, 10));
  return major > 7 || (major === 7 && minor >= 4);
}
