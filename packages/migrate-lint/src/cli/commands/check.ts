import { resolve } from 'node:path';
import { FactUnavailable, UsageError, writeBaseline, type Skipped } from '@migrate-lint/core';
import { active, byReason, count, oneLine } from '@migrate-lint/core/reporters';
import { auditProject, type AuditOptions, type ProjectAudit } from '../audit.ts';
import { exitCode, exitCodes } from '../exit-code.ts';
import type { CheckFlags, Flags } from '../flags.ts';
import { reportOf } from '../kept-report.ts';
import { outputsOf, writeReport } from '../output.ts';
import type { Session } from '../session.ts';
import { writeWhole } from '../write-file.ts';

/** Without a name for it, the baseline is written here; it is read only where the config or a flag names it. */
const usualBaseline = 'migrate-lint.baseline.json';

/** Audits the project and reports. */
export async function runCheck(flags: CheckFlags, session: Session): Promise<number> {
  if (flags.prechecks) return writePrechecks(flags, session);
  const outputs = outputsOf(flags);
  if (flags.writeBaseline) return writeNewBaseline(flags, session);
  if (flags.locks) return checkWithLocks(flags, session);
  const audit = await reportOf(optionsOf(flags, session));
  await writeReport(audit, audit.failOn, outputs, session);
  return exitCode(audit.report, audit.failOn);
}

/** The options of an audit that the flags ask for. */
export function optionsOf(flags: Flags, { cwd, signal, progress }: Session): AuditOptions {
  const { schema, migrations, config, url, shadowUrl, since, only, failOn, baseline, cache } = flags;
  return { cwd, schema, migrations, config, url, shadowUrl, since, only, failOn, baseline, cache, signal, progress };
}

/** The report with the locks behind it. That they could not be looked at is no pass, either. */
async function checkWithLocks(flags: Flags, session: Session): Promise<number> {
  const outputs = outputsOf(flags);
  const audit = await auditProject(optionsOf(flags, session));
  const { failOn } = audit.config;
  const { withLocks } = await import('../locks.ts');
  const { report, unmeasured } = await withLocks(audit).catch((error: unknown) => {
    if (!(error instanceof FactUnavailable)) throw error;
    return { report: audit.report, unmeasured: error.message };
  });
  await writeReport({ report, files: audit.files }, failOn, outputs, session);
  if (unmeasured !== undefined) await session.note(`migrate-lint: ${oneLine(unmeasured)}`);
  const code = exitCode(report, failOn);
  return code === exitCodes.clean && !report.locks ? exitCodes.notVerified : code;
}

/** A script and no verdict, so findings do not fail it; rules that could not run do, for their queries are missing. */
async function writePrechecks(flags: CheckFlags, session: Session): Promise<number> {
  const other = flags.locks ? '--locks' : flags.writeBaseline ? '--write-baseline' : flags.format && '--format';
  if (other) throw new UsageError(`\`--prechecks\` writes a script in place of the report; leave \`${other}\` out.`);
  const [{ file } = {}, second] = (flags.output ?? []).filter(flag => 'file' in flag);
  if (second) throw new UsageError('`--prechecks` writes one script; name one `--output`.');
  const { report } = await reportOf(optionsOf(flags, session));
  const { precheckScript } = await import('../../prechecks.ts');
  const script = precheckScript(active(report));
  if (file === undefined) await session.print(script);
  else {
    await writeWhole(resolve(session.cwd, file), script, file);
    const queries = report.findings.filter(({ precheck, suppressed }) => precheck !== null && suppressed === null);
    await session.note(`written: ${file}, with what ${count(queries.length, 'finding')} can ask the database`);
  }
  await noteSkipped(report.skipped, session);
  return report.skipped.length > 0 ? exitCodes.notVerified : exitCodes.clean;
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
  await noteSkipped(skipped, session);
  return skipped.length > 0 ? exitCodes.notVerified : exitCodes.clean;
}

async function noteSkipped(skipped: readonly Skipped[], session: Session): Promise<void> {
  if (skipped.length === 0) return;
  for (const { reason, rules } of byReason(skipped))
    await session.note(`migrate-lint: not verified: ${rules}: ${reason}`);
}
