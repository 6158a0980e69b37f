import { readFileSync, statSync } from 'node:fs';

/** The text of our package.json: our version, and those that it pins. This module and the bundle stand one folder below it. */
export function ownPackage(): string {
  return readFileSync(new URL('../package.json', import.meta.url), 'utf8');
}

/** Tells builds of one version from each other, in milliseconds; zeros in a package that was installed. */
export function buildTimes(): readonly number[] {
  const builds = ['dist', '../core/dist', '../generator-audit/dist'];
  return builds.map(folder => {
    const state = new URL(`../${folder}/.tsbuildinfo`, import.meta.url);
    return statSync(state, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  });
}
