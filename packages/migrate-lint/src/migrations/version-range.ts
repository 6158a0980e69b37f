/** A version as registries have it; anything else would end up in messages. */
const version = /^(\d{1,9})\.(\d{1,9})\.(\d{1,9})(?:[-+][\w.+-]{1,100})?$/;

/** The version if it is one, else undefined. */
export function exactVersion(text: unknown): string | undefined {
  return typeof text === 'string' && version.test(text) ? text : undefined;
}

/**
 * The lowest version of a range, only if all versions of the range run migrations alike: since 7.4 each statement is committed by itself. So `^7.10.0`,
 * `~7.2.0` and `^6` say enough, and `^7.0.0` does not. Undefined for every other way to ask, such as `>=7`, `latest` or `catalog:`.
 */
export function versionOfRange(range: string): string | undefined {
  const found = /^\s*([\^~]|=?)\s*v?(\d+)(?:\.(\d+|[x*]))?(?:\.(\d+|[x*]))?(-[\w.+-]{1,100})?\s*$/.exec(range);
  if (!found) return undefined;
  const [, kind = '', major = '', minor = '', patch = '', label = ''] = found;
  const isNumber = (text: string): boolean => /^\d+$/.test(text);
  const lowest = exactVersion([major, ...[minor, patch].map(part => (isNumber(part) ? part : '0'))].join('.') + label);
  // A caret leaves the minor open, and so does a version that does not say it.
  const open = kind === '^' || !isNumber(minor);
  const spans = open && Number(major) === 7 && Number(isNumber(minor) ? minor : 0) < 4;
  return spans ? undefined : lowest;
}
