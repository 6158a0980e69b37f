import { inPrismaOrder } from '@migrate-lint/core';

/** Whether Prisma runs the first before the second. */
export function runsBefore(name: string, other: string): boolean {
  return inPrismaOrder(name, other) < 0;
}

/** The day in the name of a migration, as `2026-01-31`; undefined where the number is no date. */
export function dayOf(name: string): string | undefined {
  const [, year, month, day] = /^(\d{4})[-_]?(\d{2})[-_]?(\d{2})(?:[-_T]?\d{4}|[-_T]?\d{6})?(?!\d)/.exec(name) ?? [];
  const text = `${year ?? ''}-${month ?? ''}-${day ?? ''}`;
  const time = new Date(`${text}T00:00:00Z`);
  // A day that is not in the calendar, such as 2026-02-30, becomes another one or none.
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text) ? text : undefined;
}

/** Whether the day in the name is still to come, wherever on earth it was written: somewhere it is tomorrow already. */
export function isInFuture(name: string, today: string): boolean {
  const tomorrow = new Date(Date.parse(`${today}T00:00:00Z`) + 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
  return (dayOf(name) ?? '') > tomorrow;
}
