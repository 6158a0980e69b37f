import { Command, Help, Option } from 'commander';
import {
  addFilterFlags,
  addMigrationFlags,
  addProjectFlags,
  addReportFlags,
  UnknownName,
  type CheckFlags,
  type Flags,
} from './flags.ts';
import { ownPackage } from '../own-package.ts';
import type { Session } from './session.ts';

const closing = `
Examples:
  migrate-lint                                    check everything that can be checked here
  migrate-lint --only schema --fail-on medium     the schema's rules alone, and stricter
  migrate-lint --locks                            show what the next migrations lock, too
  migrate-lint --prechecks --output prechecks.sql write queries to run before them
  migrate-lint drift --url "$DATABASE_URL"        compare a real database with the schema
  migrate-lint drift --write-migration add_missing_tables
  migrate-lint fix --dry-run                      show the fixes, change nothing
  migrate-lint --format pretty --format json --output audit.json
  migrate-lint prisma migrate deploy              audit, and deploy only if it passes

Exit codes:
  0  no finding at or above --fail-on
  1  findings
  2  wrong usage, configuration or input
  3  something could not be verified; it is never counted as a pass

Colours: NO_COLOR, FORCE_COLOR, --color and --no-color are heard.
`;

/** The command line. Every command loads its own code when it runs. `done` takes the exit code. */
export function createProgram(session: Session, done: (exitCode: number) => void): Command {
  const program = new Command('migrate-lint')
    .description('Audits the database of a Prisma project: its schema, its migrations, and whether the two agree.')
    .usage('[command] [options]')
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ writeErr: () => undefined, outputError: () => undefined })
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help; behind a command, its own')
    .helpCommand('help [command]', 'print the help of a command')
    .addHelpText('after', closing);
  addColorFlags(program);
  const command = (name: string, what: string): Command =>
    addColorFlags(program.command(name, { isDefault: name === 'check' }).description(what));

  const check = command('check', 'check everything that can be checked here (the default)');
  addMigrationFlags(addFilterFlags(addReportFlags(addProjectFlags(check))));
  check
    .usage('[options]')
    .argument('[command...]')
    .action(async ([first]: string[], flags: CheckFlags) => {
      if (first !== undefined)
        throw new UnknownName(
          'command',
          first,
          program.commands.map(each => each.name()),
        );
      const { runCheck } = await import('./commands/check.ts');
      done(await runCheck(flags, session));
    });

  const drift = command('drift', 'compare the schema with the migrations, or with the database of --url');
  addReportFlags(addProjectFlags(drift))
    .option('--write-migration <name>', 'write what mends the drift as a new migration')
    .option('--write-manifest', 'list in unmanaged.json what no .prisma file can say')
    .action(async (flags: Flags & { writeMigration?: string; writeManifest?: boolean }) => {
      const { runDrift } = await import('./commands/drift.ts');
      done(await runDrift(flags, session));
    });

  const fix = command('fix', 'apply the safe fixes: edits in place, SQL as a new migration');
  addFilterFlags(addReportFlags(addProjectFlags(fix)))
    .option('--unsafe', 'apply those too that may change data or behaviour')
    .option('--dry-run', 'show what would change, and change nothing')
    .action(async (flags: Flags & { unsafe?: boolean; dryRun?: boolean }) => {
      const { runFix } = await import('./commands/fix.ts');
      done(await runFix(flags, session));
    });

  const prisma = command('prisma', 'audit, then run prisma with the arguments that follow');
  addProjectFlags(prisma)
    .usage('[options] <arguments of prisma...>')
    .argument('[arguments...]')
    .option('--anyway', 'run prisma even when the audit fails')
    .passThroughOptions()
    .allowUnknownOption()
    .addHelpText(
      'after',
      '\nOur own options come first: migrate-lint prisma --anyway migrate deploy.\n' +
        'migrate deploy waits for the whole audit, migrate dev and db push for the rules of the schema (the drift is what they\n' +
        'are about to mend), migrate reset for the replay. Other commands run at once. The exit code is that of prisma.',
    )
    .action(async (passed: string[], flags: Flags & { anyway?: boolean }) => {
      const { runPrisma } = await import('./commands/prisma.ts');
      done(await runPrisma(passed, flags, session));
    });

  command('init', 'add the generator, the configuration and the scripts to this project')
    .option('--schema <path>', 'the .prisma file or its folder')
    .action(async (flags: { schema?: string }) => {
      const { runInit } = await import('./commands/init.ts');
      done(await runInit(flags, session));
    });

  command('rules', 'list the rules')
    .option('--config <file>', 'the configuration that turns them on and off')
    .action(async (flags: { config?: string }) => {
      const { runRules } = await import('./commands/rules.ts');
      done(await runRules(flags, session));
    });

  command('explain', 'say what a rule finds, why it matters, and what to do')
    .argument('<rule>', 'such as schema/unindexed-foreign-key')
    .action(async (rule: string) => {
      const { runExplain } = await import('./commands/explain.ts');
      done(await runExplain(rule, session));
    });

  // Without a command it is `check` that runs, so its options belong to the first help page.
  const plain = new Help();
  return program.configureHelp({
    visibleOptions: () => [...check.options.filter(option => !option.hidden), ...plain.visibleOptions(program)],
  });
}

/** picocolors reads them from the arguments itself. */
function addColorFlags(command: Command): Command {
  return command.addOption(new Option('--color').hideHelp()).addOption(new Option('--no-color').hideHelp());
}

function version(): string {
  return (JSON.parse(ownPackage()) as { version: string }).version;
}
