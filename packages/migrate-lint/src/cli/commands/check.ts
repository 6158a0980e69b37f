import { UsageError, writeBaseline } from '@migrate-lint/core';
import { auditProject, type AuditOptions, type ProjectAudit } from '../audit.ts';
import { exitCode, exitCodes } from '../exit-code.ts';
import type { Flags } from '../flags.ts';
import { reportOf } from '../kept-report.ts';
import { outputsOf, writeReport } from '../output.ts';
import type { Session } from '../session.ts';

/** Without a name for it, the baseline is written here; it is read only where the config or a flag names it. */
const usualBaseline = 'migrate-lint.baseline.json';

/** Audits the project and reports. */
export async function runCheck(flags: Flags, session: Session): Promise<number> {
  const outputs = outputsOf(flags);
  if (flags.writeBaseline) return writeNewBaseline(flags, session);
  const audit = await reportOf(optionsOf(flags, session));
  await writeReport(audit, audit.failOn, outputs, session);
  return exitCode(audit.report, audit.failOn);
}

/** The options of an audit that the flags ask for. */
export function optionsOf(flags: Flags, { cwd, signal, progress }: Session): AuditOptions {
  const { schema, migrations, config, url, shadowUrl, only, failOn, baseline, cache } = flags;
  return { cwd, schema, migrations, config, url, shadowUrl, only, failOn, baseline, cache, signal, progress };
}

async function writeNewBaseline(flags: Flags, session: Session): Promise<number> {
  if (flags.only) throw new UsageError('`--write-baseline` needs all rules; leave `--only` out.');
  const audit: ProjectAudit = await auditProject({ ...optionsOf(flags, session), baseline: false });
  const { skipped, findings } = audit.report;
  const file = flags.baseline ?? audit.config.baseline ?? usualBaseline;
  await writeBaseline(session.cwd, file, findings);
  const counted = findings.filter(({ suppressed }) => suppressed === null).length;
  await session.print(`${file}: ${String(counted)} findings written.\n`);
  if (audit.config.baseline === undefined && flags.baseline === undefined)
    await session.print(`Name it in the config to use it: "baseline": "${file}".\n`);
  for (const { rule, reason } of skipped) await session.note(`migrate-lint: not verified: ${rule}: ${reason}`);
  return skipped.length > 0 ? exitCodes.notVerified : exitCodes.clean;
}
