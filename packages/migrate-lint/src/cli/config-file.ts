import { readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import type { Cache } from '@migrate-lint/core';
import { loadConfig, type LoadedConfig } from '@migrate-lint/core/config';
import { inputsOf } from './config-inputs.ts';

/** The names of our configuration, as core looks for them. */
export const configNames = ['ts', 'mts', 'mjs', 'js', 'json'].map(extension => `migrate-lint.config.${extension}`);

/** Our configuration without the flags. Its loader and its validation are heavy, so the outcome is kept. */
export async function readConfig(cwd: string, said: string | undefined, cache: Cache): Promise<LoadedConfig> {
  const build = () => loadConfig(cwd, said);
  const found = said === undefined ? configNames.filter(name => existsSync(resolve(cwd, name))) : [said];
  const [file] = found;
  // Of none, of two and of one that is not there core says what is to be said.
  if (file === undefined || found.length > 1) return build();
  const path = resolve(cwd, file);
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return build();
  const inputs = extname(path) === '.json' ? [text] : inputsOf(path, text, cwd);
  return inputs ? cache.remember('config', [file, path, ...inputs], build) : build();
}
