import { Option, type Command } from 'commander';

/** What commander makes of the flags that several commands share. */
export interface Flags {
  readonly schema?: string;
  readonly migrations?: string;
  readonly config?: string;
  readonly url?: string;
  readonly shadowUrl?: string;
  /** False for `--no-since`. */
  readonly since?: string | false;
  readonly only?: readonly string[];
  readonly failOn?: Level;
  readonly format?: readonly OutputFlag[];
  readonly output?: readonly OutputFlag[];
  readonly baseline?: string;
  readonly writeBaseline?: boolean;
  readonly cache: boolean;
}

type Level = (typeof levels)[number];

/** `--format` and `--output` in the order in which they were given. */
export type OutputFlag = { readonly format: string } | { readonly file: string };

/** The names of core, so that `--help` need not load it; a test compares them. */
export const levels = ['critical', 'high', 'medium', 'low'] as const;
export const formats = ['github', 'json', 'pretty'] as const;

/** A name on the command line that is none of those that are known. */
export class UnknownName extends Error {
  override readonly name = 'UnknownName';
  readonly what: string;
  readonly given: string;
  readonly known: readonly string[];

  constructor(what: string, given: string, known: readonly string[]) {
    super(`there is no ${what} ${given}`);
    this.what = what;
    this.given = given;
    this.known = known;
  }
}

function oneOf<Name extends string>(what: string, known: readonly Name[]) {
  return (given: string): Name => {
    const found = known.find(name => name === given);
    if (found === undefined) throw new UnknownName(what, given, known);
    return found;
  };
}

/** Where the project is. */
export function addProjectFlags(command: Command): Command {
  return command
    .option('--schema <path>', 'the .prisma file or its folder')
    .option('--migrations <folder>', 'the folder of the migrations')
    .option('--config <file>', 'a migrate-lint.config.ts, .mts, .mjs, .js or .json')
    .option('--shadow-url <url>', 'a Postgres server for the shadow database; the default is an embedded one')
    .option(
      '--since <git ref>',
      'migrations that it has are applied; the default is where the branch left the default one, in CI and on other branches',
    )
    .option('--no-since', 'take no migration as applied')
    .option('--no-cache', 'compute everything anew');
}

/** What is checked, and how the report looks. */
export function addReportFlags(command: Command): Command {
  const outputs: OutputFlag[] = [];
  const isFormat = oneOf('reporter', formats);
  const add = (output: OutputFlag): readonly OutputFlag[] => {
    outputs.push(output);
    return outputs;
  };
  return command
    .option('--url <url>', 'a database to compare with the schema; it is only read')
    .addOption(
      new Option('--fail-on <level>', `the lowest level that fails: ${levels.join(', ')} (default high)`).argParser(
        oneOf('level', levels),
      ),
    )
    .addOption(
      new Option('--format <reporter>', `how to report: ${formats.join(', ')} (default pretty); repeatable`).argParser(
        name => add({ format: isFormat(name) }),
      ),
    )
    .addOption(
      new Option('--output <file>', 'a file for the --format before it, in place of stdout; repeatable').argParser(
        file => add({ file }),
      ),
    );
}

/** What `check` alone has: what else it can say of the migrations. */
export interface CheckFlags extends Flags {
  readonly locks?: boolean;
  readonly prechecks?: boolean;
}

/** What else is said of the migrations. */
export function addMigrationFlags(command: Command): Command {
  return command
    .option('--locks', 'show behind the report what each migration that is not applied locks, measured by running it')
    .option('--prechecks', 'in place of the report, the queries that find rows on which a migration would fail');
}

/** Which findings count. */
export function addFilterFlags(command: Command): Command {
  return command
    .addOption(
      new Option('--only <group,…>', 'groups of rules or single ones, such as schema,drift').argParser(
        (list: string, before: readonly string[] | undefined) => [
          ...(before ?? []),
          ...list.split(',').filter(Boolean),
        ],
      ),
    )
    .option('--baseline <file>', 'findings that are listed in this file do not count')
    .option('--write-baseline', 'write the findings of now into the baseline, and let them pass');
}
