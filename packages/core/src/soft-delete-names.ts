import type { Field } from './facts/schema.ts';
import { mentions, phrases } from './names.ts';

const deletions = phrases('deleted, is deleted, soft deleted, removed, trashed, discarded, tombstoned, voided');
/** Of these the time at which it will happen, or has to. */
const plans = phrases(
  'scheduled, planned, requested, permanently, hard, to be, will be, should be, can be, count, reason',
);

/** Whether a column marks rows as deleted that stay: `deletedAt`, `is_deleted`. */
export function marksDeletion({ name, type, kind, required, list }: Field): boolean {
  if (kind !== 'scalar' || list || !(type === 'Boolean' || (type === 'DateTime' && !required))) return false;
  return mentions(name, deletions) && !mentions(name, plans);
}
