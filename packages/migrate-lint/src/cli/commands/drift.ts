import { UsageError } from '@migrate-lint/core';
import { auditProject } from '../audit.ts';
import { exitCode } from '../exit-code.ts';
import type { Flags } from '../flags.ts';
import { reportOf } from '../kept-report.ts';
import { writeManifest } from '../manifest.ts';
import { outputsOf, writeReport } from '../output.ts';
import type { Session } from '../session.ts';
import { optionsOf } from './check.ts';
import { mendable } from './fix.ts';

interface DriftFlags extends Flags {
  readonly writeMigration?: string;
  readonly writeManifest?: boolean;
}

/** Compares the schema with what the migrations make, or with a database; writes what mends it, if asked to. */
export async function runDrift(flags: DriftFlags, session: Session): Promise<number> {
  const outputs = outputsOf(flags);
  const options = { ...optionsOf(flags, session), only: ['drift', 'history', 'migration/syntax-error'] };
  if (flags.writeMigration !== undefined && flags.url !== undefined)
    throw new UsageError('`--write-migration` mends what the migrations make; leave `--url` out.');
  if (flags.writeMigration === undefined && !flags.writeManifest) {
    const { report, files, failOn } = await reportOf(options);
    await writeReport({ report, files }, failOn, outputs, session);
    return exitCode(report, failOn);
  }
  let audit = await auditProject(options);
  if (flags.writeManifest) {
    await session.note(await writeManifest(audit, session));
    audit = await auditProject(options);
  }
  if (flags.writeMigration !== undefined) {
    const { writeMigrations } = await import('../new-migration.ts');
    const files = await writeMigrations(audit, mendable(audit, { unsafe: true }), flags.writeMigration, session);
    for (const file of files) await session.note(`written: ${file}; read it before you apply it`);
    if (files.length === 0) await session.note('There is no drift that a migration could mend; none was written.');
    else audit = await auditProject(options);
  }
  await writeReport(audit, audit.config.failOn, outputs, session);
  return exitCode(audit.report, audit.config.failOn);
}
