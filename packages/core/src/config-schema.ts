import * as z from 'zod';
import type { Config } from './config.ts';
import { didYouMean } from './known.ts';
import { levels } from './rule.ts';
import { UsageError } from './source.ts';

const named = ['off', ...levels] as const;
const words = named.map(level => `"${level}"`).join(', ');

const level = z.enum(named, { error: `it must be one of ${words}` });
const setting = z.union([z.enum(named), z.tuple([z.enum(levels), z.record(z.string(), z.unknown())])], {
  error: `it must be one of ${words}, or a level with options as ["high", { … }]`,
});
const text = z.string({ error: 'it must be a text' }).min(1, { error: 'it must not be empty' });

const override = z.strictObject({
  files: z.array(text, { error: 'it must be a list of globs' }),
  rules: z.record(z.string(), level, { error: 'it must be an object of rules and levels' }),
});

/** The shape of a config file. Names and options of rules are not judged here. */
const schema = z.strictObject({
  $schema: z.string().optional(),
  extends: z.enum(['recommended', 'strict'], { error: 'it must be "recommended" or "strict"' }).optional(),
  rules: z.record(z.string(), setting, { error: 'it must be an object of rules and levels' }).optional(),
  overrides: z.array(override, { error: 'it must be a list of { files, rules }' }).optional(),
  schema: text.optional(),
  migrations: text.optional(),
  failOn: z.enum(levels, { error: `it must be one of ${words.replace('"off", ', '')}` }).optional(),
  baseline: text.optional(),
  shadowUrl: text.optional(),
  tenant: text.optional(),
});

/** The configuration, or a `UsageError` about the first thing that is wrong with it. */
export function validateConfig(value: unknown, file: string): Config {
  const result = schema.safeParse(value);
  if (result.success) {
    const { $schema: _, ...config } = result.data;
    return config as Config;
  }
  const [issue] = result.error.issues;
  if (issue?.code === 'unrecognized_keys') {
    const known = Object.keys(issue.path[0] === 'overrides' ? override.shape : schema.shape).filter(
      key => key !== '$schema',
    );
    const [key = ''] = issue.keys;
    throw new UsageError(`In ${file}, there is no key \`${place([...issue.path, key])}\`${didYouMean(key, known)}`);
  }
  const path = issue?.path ?? [];
  const what = path.length === 0 ? 'the configuration' : `\`${place(path)}\``;
  throw new UsageError(
    `In ${file}, ${what} is wrong: ${path.length === 0 ? 'it must be an object' : (issue?.message ?? '')}.`,
  );
}

function place(path: readonly PropertyKey[]): string {
  return path.map(String).join('.');
}
