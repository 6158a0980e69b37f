import { resolve } from 'node:path';
import { applyFixes } from '@migrate-lint/core';
import { count, oneLine } from '@migrate-lint/core/reporters';
import { auditProject, type ProjectAudit } from '../audit.ts';
import { exitCode } from '../exit-code.ts';
import { UnknownName, type Flags } from '../flags.ts';
import { followInManifest } from '../manifest.ts';
import { outputsOf, writeReport } from '../output.ts';
import type { Session } from '../session.ts';
import type { Mendable } from '../../write-migration.ts';
import { writeWhole } from '../write-file.ts';
import { optionsOf } from './check.ts';

interface FixFlags extends Flags {
  readonly unsafe?: boolean;
  readonly dryRun?: boolean;
}

/** Fixes that overlap are applied one after the other, each on a new audit; this many rounds end every honest one. */
const mostRounds = 10;

/** Applies fixes, then reports what is left. */
export async function runFix(flags: FixFlags, session: Session): Promise<number> {
  const outputs = outputsOf(flags);
  if (flags.writeBaseline) throw new UnknownName('option of `fix`', '--write-baseline', ['--baseline']);
  const options = optionsOf(flags, session);
  let audit = await auditProject(options);
  if (flags.dryRun) return showFixes(audit, flags, session);
  const { writeMigrations } = await import('../new-migration.ts');
  const written: string[] = [];
  const write = async (findings: readonly Mendable[]): Promise<number> => {
    const files = await writeMigrations(audit, findings, 'migrate_lint_fixes', session);
    for (const file of files) await session.note(`written: ${file}; read it before you apply it`);
    written.push(...files);
    return files.length;
  };
  for (let round = 0; round < mostRounds; round += 1) {
    const findings = mendable(audit, flags);
    const { texts, applied } = applyFixes(fixesOf(findings), audit.files);
    if (texts.size === 0) break;
    // First, so that a run that is interrupted leaves a statement twice, which is seen, and never not at all.
    await write(findings.filter(finding => isMove(finding) && applied.includes(finding.fix)));
    for (const [file, text] of texts) {
      session.signal.throwIfAborted();
      await writeWhole(resolve(session.cwd, file), text, file);
    }
    for (const { title } of applied) await session.note(`fixed: ${oneLine(title)}`);
    audit = await auditProject(options);
  }
  for (const isNow of [isDrift, isNoDrift]) {
    const left = mendable(audit, flags).filter(finding => hasOnlySql(finding) && isNow(finding));
    if (left.length > 0 && (await write(left)) > 0) audit = await auditProject(options);
  }
  const followed = await followInManifest(audit, written, session);
  if (followed !== undefined) {
    await session.note(followed);
    audit = await auditProject(options);
  }
  await writeReport(audit, audit.config.failOn, outputs, session);
  await noteUnsafe(audit, flags, session);
  return exitCode(audit.report, audit.config.failOn);
}

/** What has a fix and was left alone. */
async function noteUnsafe(audit: ProjectAudit, flags: FixFlags, session: Session): Promise<void> {
  const unsafe = mendable(audit, { unsafe: true }).length - mendable(audit, flags).length;
  if (unsafe > 0)
    await session.note(`--unsafe can fix ${String(unsafe)} more; look at them first with --unsafe --dry-run.`);
}

/** The findings that count and have a fix, in the order of the report. */
export function mendable(
  { report, fixes }: ProjectAudit,
  { unsafe }: { readonly unsafe?: boolean },
): readonly Mendable[] {
  return report.findings.flatMap(({ rule, subject, fingerprint, suppressed }) => {
    const fix = suppressed ? undefined : fixes.get(fingerprint);
    return fix && (fix.safety === 'safe' || unsafe) ? [{ rule, subject, fix }] : [];
  });
}

/** Where a fix has both and changes no migration, its edits alone make the two sides agree. */
function hasOnlySql({ fix }: Mendable): boolean {
  return fix.sql !== undefined && !fix.edits?.length;
}

/** What its edits take out of one migration, its SQL does in another one. */
function isMove({ fix }: Mendable): boolean {
  return fix.sql !== undefined && fix.edits?.some(({ file }) => file.endsWith('/migration.sql')) === true;
}

/** Comes first: it renames and drops what the SQL of other rules names as it is now. */
function isDrift({ rule }: Mendable): boolean {
  return rule.startsWith('drift/');
}

function isNoDrift(finding: Mendable): boolean {
  return !isDrift(finding);
}

function fixesOf(findings: readonly Mendable[]): Mendable['fix'][] {
  return findings.map(({ fix }) => fix);
}

async function showFixes(audit: ProjectAudit, flags: FixFlags, session: Session): Promise<number> {
  const findings = mendable(audit, flags);
  const { texts, applied, skipped } = applyFixes(fixesOf(findings), audit.files);
  const { unifiedDiff } = await import('../diff.ts');
  for (const file of texts.keys()) {
    const edits = applied.flatMap(fix => (fix.edits ?? []).filter(edit => edit.file === file));
    await session.print(unifiedDiff(file, audit.files.get(file)?.text ?? '', edits));
  }
  const moved = findings.filter(finding => isMove(finding) && applied.includes(finding.fix));
  const inMigration = findings.filter(hasOnlySql);
  const { migrationFor } = await import('../../write-migration.ts');
  for (const { sql } of migrationFor(moved)) await session.print(sql);
  for (const isNow of [isDrift, isNoDrift])
    for (const { sql } of migrationFor(inMigration.filter(isNow))) await session.print(sql);
  const later = skipped.length > 0 ? `, and ${String(skipped.length)} more behind them` : '';
  const number = count(applied.length + inMigration.length, 'finding');
  await session.note(`migrate-lint: a fix for ${number}${later}; nothing was changed.`);
  await noteUnsafe(audit, flags, session);
  return exitCode(audit.report, audit.config.failOn);
}
