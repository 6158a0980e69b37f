import type { Config } from './config.ts';

/** An identity function that gives `migrate-lint.config.ts` its types. */
export function defineConfig(config: Config): Config {
  return config;
}
