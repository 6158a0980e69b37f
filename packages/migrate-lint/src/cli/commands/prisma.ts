import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { UsageError } from '@migrate-lint/core';
import { auditProject } from '../audit.ts';
import { exitCode, exitCodes } from '../exit-code.ts';
import type { Flags } from '../flags.ts';
import { writeReport } from '../output.ts';
import type { Session } from '../session.ts';
import { optionsOf } from './check.ts';

/**
 * The groups of rules that have to pass before a command. `migrate dev` and `db push` are there to mend drift, so it must
 * not stop them; Prisma 7 runs no generator in either, so nobody else looks at the schema.
 */
const audited: ReadonlyMap<string, readonly string[] | 'all'> = new Map<string, readonly string[] | 'all'>([
  ['migrate dev', ['schema', 'history', 'migration/syntax-error']],
  ['migrate deploy', 'all'],
  ['migrate reset', ['history', 'migration/syntax-error']],
  ['db push', ['schema']],
]);

/** Audits the project, then runs the project's own prisma with the same arguments. */
export async function runPrisma(
  args: readonly string[],
  flags: Flags & { anyway?: boolean },
  session: Session,
): Promise<number> {
  const prisma = findPrisma(session.cwd);
  const help = args.some(arg => ['--help', '-h'].includes(arg));
  const [first = '', second = ''] = args;
  const groups = help ? undefined : audited.get(`${first} ${second}`);
  if (groups !== undefined) {
    const audit = await auditProject({
      ...optionsOf({ ...flags, ...schemaOf(args, flags) }, session),
      prismaConfig: valueOf(args, '--config'),
      only: groups === 'all' ? undefined : groups,
    });
    const { failOn } = audit.config;
    const code = exitCode(audit.report, failOn);
    // What prisma prints is for others to read; ours goes beside it.
    if (audit.report.findings.length > 0 || code !== exitCodes.clean)
      await writeReport(audit, failOn, [{ format: 'pretty' }], {
        ...session,
        print: text => session.note(text.trimEnd()),
      });
    if (code !== exitCodes.clean && !flags.anyway) {
      const command = `migrate-lint prisma --anyway ${first} ${second}`;
      await session.note(
        `migrate-lint: prisma was not run, because the audit failed; to run it all the same: ${command}`,
      );
      return code;
    }
  }
  session.signal.throwIfAborted();
  return run(prisma, args, session.cwd);
}

function schemaOf(args: readonly string[], flags: Flags): { readonly schema?: string } {
  const schema = valueOf(args, '--schema') ?? flags.schema;
  return schema === undefined ? {} : { schema };
}

/** `--name value` or `--name=value`. */
function valueOf(args: readonly string[], name: string): string | undefined {
  const index = args.findIndex(arg => arg === name || arg.startsWith(`${name}=`));
  if (index === -1) return undefined;
  const arg = args[index] ?? '';
  return arg === name ? args[index + 1] : arg.slice(name.length + 1);
}

function findPrisma(cwd: string): string {
  try {
    const manifest = createRequire(join(cwd, 'package.json')).resolve('prisma/package.json');
    const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { bin: string | { prisma: string } };
    return join(dirname(manifest), typeof bin === 'string' ? bin : bin.prisma);
  } catch {
    throw new UsageError('Prisma is not installed here; add `prisma` to the dependencies of this project.');
  }
}

/** The terminal sends Ctrl-C to both processes; prisma decides what it means. */
function run(prisma: string, args: readonly string[], cwd: string): Promise<number> {
  const wait = (): void => undefined;
  process.on('SIGINT', wait);
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [prisma, ...args], { cwd, stdio: 'inherit' });
    process.once('SIGTERM', () => child.kill('SIGTERM'));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      process.off('SIGINT', wait);
      resolve(code ?? (signal === 'SIGINT' ? 130 : 143));
    });
  });
}
