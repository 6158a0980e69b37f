import type { PastObject } from '@migrate-lint/core';
import type { Thing } from '../thing.ts';
import { recordOf } from '../past/records.ts';
import type { Step } from '../step.ts';

/**
 * What goes with a thing or stops its end: all that needs it, near or far, besides its own parts and their sequences. An index that
 * belongs to a constraint counts as that.
 */
export function dependentsOf(thing: Thing): readonly PastObject[] {
  const found = new Set<Thing>();
  // Foreign keys need the index of a key.
  const open = [thing, ...(thing.twin ? [thing.twin] : []), ...thing.parts.values()];
  const seen = new Set(open);
  for (let next = open.pop(); next; next = open.pop()) {
    next.dependents?.forEach(dependent => {
      if (seen.has(dependent)) return;
      seen.add(dependent);
      open.push(dependent, ...dependent.parts.values());
      if (dependent.table !== thing && dependent.kind !== 'sequence') found.add(dependent);
    });
  }
  return [...found]
    .filter(({ kind, twin }) => kind !== 'index' || !twin)
    .sort((a, b) => a.id - b.id)
    .map(recordOf);
}

/** All that stands in a schema. */
export function heldBySchema({ objects }: Step, schema: string): readonly PastObject[] {
  return (['relation', 'type', 'function'] as const)
    .flatMap(space => objects.all(space))
    .filter(thing => thing.schema === schema && !thing.table)
    .sort((a, b) => a.id - b.id)
    .map(recordOf);
}
