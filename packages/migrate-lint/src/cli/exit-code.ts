import type { Level, Report } from '@migrate-lint/core';
import { active, reaches } from '@migrate-lint/core/reporters';

export const exitCodes = { clean: 0, findings: 1, usage: 2, notVerified: 3 } as const;

/** 1 for a finding at or above `failOn`, else 3 when a rule could not run, else 0. */
export function exitCode(report: Report, failOn: Level): number {
  if (active(report).some(finding => reaches(finding.level, failOn))) return exitCodes.findings;
  return report.skipped.length > 0 ? exitCodes.notVerified : exitCodes.clean;
}
