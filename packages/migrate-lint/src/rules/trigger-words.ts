import { rememberedFor, type DatabaseCode, type Routine, type Trigger } from '@migrate-lint/core';

/** The function that a trigger calls, where its body is read. */
export function routineOf({ function: path }: Trigger, { routines }: DatabaseCode): Routine | undefined {
  return path === null ? undefined : ofTriggers(routines).get(path);
}

const ofTriggers = rememberedFor((routines: readonly Routine[]) => {
  const triggers = routines.filter(routine => routine.function.returns === 'trigger').reverse();
  return new Map(triggers.map(routine => [routine.function.path, routine]));
});

/** Whether a trigger or rule keeps these rows as they are, be it on a condition. */
export function refuses(trigger: Trigger, event: Trigger['events'][number], read: DatabaseCode): boolean {
  const { enabled, events, kind, timing, perRow } = trigger;
  if (!enabled || !events.includes(event)) return false;
  if (kind === 'rule') return timing === 'instead of';
  const routine = routineOf(trigger, read);
  // What is in another language is not read.
  if (!routine || routine.raises) return true;
  return (
    timing === 'before' && perRow && routine.returns.length > 0 && routine.returns.every(value => value === 'null')
  );
}

/** Whether a trigger that can raise reads all these columns of the new row. */
export function isGuarded(columns: readonly string[], triggers: readonly Trigger[], read: DatabaseCode): boolean {
  return triggers.some(trigger => {
    const routine = trigger.enabled ? routineOf(trigger, read) : undefined;
    return routine?.raises === true && columns.every(column => routine.fields.has(`new.${column}`));
  });
}

/** Whether the body raises for every row, or for each of the events that it asks for. */
export function raisesAlways({ raises, words }: Routine): boolean {
  const chooses = words.has('if') || words.has('case');
  return raises && (!chooses || words.has('tg_op') || words.has('else'));
}

/** `new.updatedAt` as `NEW.updatedAt`. */
export function shown(field: string): string {
  return field.replace(/^\w+/, row => row.toUpperCase());
}
