import { distance } from 'fastest-levenshtein';

/** Every group of rules, so that a package which holds only some of them does not call the others unknown. */
export const ruleGroups = ['schema', 'drift', 'database', 'history', 'migration', 'suppression'] as const;

/** `schema` of `schema/missing-relation`. */
export function groupOf(rule: string): string {
  return rule.slice(0, Math.max(0, rule.indexOf('/')));
}

/**
 * What is wrong with a rule's name, as `there is no rule …; did you mean …?`, or undefined where nothing is. A rule of a
 * group that is not loaded here cannot be judged: the generator shares a config file with the command line.
 */
export function unknownRule(id: string, known: Iterable<string>): string | undefined {
  const ids = [...known];
  if (ids.includes(id)) return undefined;
  const group = groupOf(id);
  const loaded = ids.some(candidate => groupOf(candidate) === group);
  if (!loaded && (ruleGroups as readonly string[]).includes(group)) return undefined;
  return `there is no rule \`${id}\`${didYouMean(id, ids)}`;
}

/** `; did you mean …?` with the nearest of the known names, or nothing when there are none. */
export function didYouMean(name: string, known: readonly string[]): string {
  const far = (candidate: string): number =>
    // A rule is often written without its group.
    Math.min(distance(name, candidate), distance(name, candidate.slice(candidate.indexOf('/') + 1)));
  const nearest = known.reduce<string | undefined>(
    (best, candidate) => (best === undefined || far(candidate) < far(best) ? candidate : best),
    undefined,
  );
  return nearest === undefined ? '' : `; did you mean \`${nearest}\`?`;
}
