import { readFile, stat } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import picomatch from 'picomatch';
import { didYouMean, groupOf, unknownRule } from './known.ts';
import type { AnyRule, Level } from './rule.ts';
import type { Settings } from './run.ts';
import { UsageError } from './source.ts';
import { suppressionRules } from './suppress.ts';
import { optionShape } from './options.ts';

/** `off`, a level, or a level with options. */
export type RuleSetting = 'off' | Level | readonly [Level, Readonly<Record<string, unknown>>];

/** What `migrate-lint.config.ts` holds. */
export interface Config {
  /** `recommended` (the default), or `strict`, which turns on the opt-in rules. */
  readonly extends?: 'recommended' | 'strict';
  readonly rules?: Readonly<Record<string, RuleSetting>>;
  /** Other levels for files that match; of several the last counts. */
  readonly overrides?: readonly Override[];
  /** The .prisma file or folder, relative to the working directory. */
  readonly schema?: string;
  /** The folder of the migrations, relative to the working directory. */
  readonly migrations?: string;
  /** The lowest level that fails the build; `high` if not said. */
  readonly failOn?: Level;
  /** The baseline file, relative to the working directory. */
  readonly baseline?: string;
  /** The model of one customer, for the rules about tenancy: it fills their option `tenant`. */
  readonly tenant?: string;
  /** A server for the shadow database in the embedded one's stead. */
  readonly shadowUrl?: string;
}

export interface Override {
  /** Globs on paths relative to the working directory. */
  readonly files: readonly string[];
  readonly rules: Readonly<Record<string, 'off' | Level>>;
}

/** A validated configuration, the defaults filled in. */
export interface LoadedConfig extends Config {
  readonly extends: 'recommended' | 'strict';
  readonly failOn: Level;
  /** Where it comes from, as messages name it: the file, or `the defaults`. */
  readonly file: string;
}

const extensions = ['ts', 'mts', 'mjs', 'js', 'json'] as const;

/**
 * Defaults ← file ← flags. Without a path it looks for `migrate-lint.config.*` in `cwd` alone, and none is fine. What is
 * wrong with the file is a `UsageError`; the rules' names and options are judged by `settingsFor`, which knows the rules.
 */
export async function loadConfig(cwd: string, explicitPath?: string, flags: Config = {}): Promise<LoadedConfig> {
  const file = explicitPath ?? (await findConfig(cwd));
  const config = file === undefined ? {} : await readConfig(cwd, file);
  return { extends: 'recommended', failOn: 'high', ...config, ...defined(flags), file: file ?? 'the defaults' };
}

async function findConfig(cwd: string): Promise<string | undefined> {
  const names = extensions.map(extension => `migrate-lint.config.${extension}`);
  const there = await Promise.all(names.map(name => isFile(resolve(cwd, name))));
  const [first, second] = names.filter((_, index) => there[index]);
  if (second !== undefined)
    throw new UsageError(`\`${String(first)}\` and \`${second}\` are both here; keep one of them.`);
  return first;
}

async function readConfig(cwd: string, file: string): Promise<Config> {
  const path = resolve(cwd, file);
  if (!(await isFile(path))) throw new UsageError(`The configuration \`${file}\` does not exist; check the path.`);
  const value = extname(path) === '.json' ? await readJson(path, file) : await importConfig(cwd, path, file);
  const { validateConfig } = await import('./config-schema.ts');
  return validateConfig(value, file);
}

async function readJson(path: string, file: string): Promise<unknown> {
  const text = await readFile(path, 'utf8');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`\`${file}\` is not valid JSON: ${firstLine(error)}.`);
  }
}

async function importConfig(cwd: string, path: string, file: string): Promise<unknown> {
  if (!['.ts', '.mts', '.mjs', '.js'].includes(extname(path)))
    throw new UsageError(`\`${file}\` is no configuration file; its ending must be one of ${extensions.join(', ')}.`);
  try {
    if (extname(path) === '.mjs') return ((await import(pathToFileURL(path).href)) as { default?: unknown }).default;
    return await loadTypeScript(cwd, path);
  } catch (error) {
    throw new UsageError(`The configuration \`${file}\` cannot be loaded: ${firstLine(error)}.`);
  }
}

async function loadTypeScript(cwd: string, configFile: string): Promise<unknown> {
  // c12 and the TypeScript compiler behind it cost a tenth of a second, which a warm run has not got to spare.
  const { loadConfig: load } = await import('c12');
  const { config } = await load<Record<string, unknown>>({
    cwd,
    configFile,
    rcFile: false,
    globalRc: false,
    packageJson: false,
    dotenv: false,
    envName: false,
    giget: false,
    extend: false,
  });
  return config;
}

export interface SettingsOptions {
  /** Groups of rules; the others are off. */
  readonly only?: readonly string[] | undefined;
  readonly baseline?: ReadonlyMap<string, string> | undefined;
}

/** What the configuration says of these rules. Unknown rules, groups and options are a `UsageError`. */
export function settingsFor(
  config: LoadedConfig,
  rules: readonly AnyRule[],
  { only, baseline = new Map() }: SettingsOptions = {},
): Settings {
  const all = [...rules, ...suppressionRules];
  expectKnown(config, all, only);
  const overrides = (config.overrides ?? []).map(override => ({
    matches: picomatch([...override.files], { dot: true }),
    rules: override.rules,
  }));
  const isOff = ({ id }: AnyRule): boolean => only !== undefined && !only.includes(groupOf(id)) && !only.includes(id);
  const base = (rule: AnyRule): Level | 'off' => {
    const setting = config.rules?.[rule.id];
    if (setting !== undefined) return typeof setting === 'string' ? setting : setting[0];
    return rule.optIn && config.extends !== 'strict' ? 'off' : rule.level;
  };
  const options = new Map(all.map(rule => [rule.id, optionsOf(rule, config)]));
  return {
    baseline,
    tenant: config.tenant,
    options: rule => options.get(rule.id),
    enabled: rule =>
      !isOff(rule) &&
      [base(rule), ...overrides.map(each => each.rules[rule.id] ?? 'off')].some(level => level !== 'off'),
    level: (rule, file) => {
      if (isOff(rule)) return 'off';
      const override =
        file === null ? undefined : overrides.findLast(each => rule.id in each.rules && each.matches(file));
      return override?.rules[rule.id] ?? base(rule);
    },
  };
}

function expectKnown(config: LoadedConfig, rules: readonly AnyRule[], only: readonly string[] | undefined): void {
  const ids = rules.map(rule => rule.id);
  const named = [config.rules ?? {}, ...(config.overrides ?? []).map(override => override.rules)].flatMap(Object.keys);
  for (const id of named) {
    const unknown = unknownRule(id, ids);
    if (unknown !== undefined) throw new UsageError(`In ${config.file}, ${unknown}`);
  }
  const groups = [...new Set(ids.map(groupOf))];
  for (const name of only ?? []) {
    if (groups.includes(name) || ids.includes(name)) continue;
    const what = name.includes('/') ? 'rule' : 'group of rules';
    throw new UsageError(`There is no ${what} \`${name}\`${didYouMean(name, what === 'rule' ? ids : groups)}`);
  }
}

function optionsOf(rule: AnyRule, { rules, tenant, file }: LoadedConfig): unknown {
  const setting = rules?.[rule.id];
  const given = Array.isArray(setting) ? (setting[1] as Readonly<Record<string, unknown>>) : {};
  const known = Object.keys(optionShape(rule) ?? {});
  for (const name of Object.keys(given)) {
    if (known.includes(name)) continue;
    const way = known.length === 0 ? ', which has no options.' : didYouMean(name, known);
    throw new UsageError(`In ${file}, there is no option \`${name}\` of the rule \`${rule.id}\`${way}`);
  }
  const common = tenant !== undefined && known.includes('tenant') ? { tenant } : {};
  const parsed = rule.options?.safeParse({ ...common, ...given });
  if (parsed && !parsed.success) {
    const [issue] = parsed.error.issues;
    const place = [rule.id, ...(issue?.path ?? [])].map(String).join('.');
    throw new UsageError(`In ${file}, the option \`${place}\` is wrong: ${issue?.message ?? 'invalid'}.`);
  }
  return parsed?.data;
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    found => found.isFile(),
    () => false,
  );
}

/** Without the flags that were not given. */
function defined(flags: Config): Config {
  return Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined));
}

function firstLine(error: unknown): string {
  const message = (error as Partial<Error> | undefined)?.message ?? String(error);
  return (message.split('\n')[0] ?? '').replace(/\.$/, '');
}
