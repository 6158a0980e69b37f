import type { Finding } from '../report.ts';
import type { Level } from '../rule.ts';
import { oneLine } from './escape.ts';
import type { Reporter } from './reporter.ts';
import { active, byReason, summary } from './summary.ts';

const commands: Readonly<Record<Level, string>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'notice',
};

/** Workflow commands, which GitHub Actions shows as annotations at the lines of a pull request. */
export const github: Reporter = (report, { failOn }) => {
  const lines = [
    ...active(report).map(annotation),
    // GitHub shows ten annotations of a step.
    ...byReason(report.skipped).map(({ reason, rules }) =>
      command('warning', { title: `not verified: ${rules}` }, oneLine(reason)),
    ),
    summary(report, failOn),
  ];
  return `${lines.join('\n')}\n`;
};

function annotation({ level, rule, location, message, related, fix }: Finding): string {
  const text = [
    oneLine(message),
    ...related.map(each => `${oneLine(each.location.file)}:${String(each.location.line)}: ${oneLine(each.message)}`),
    ...(fix ? [`Fix: ${oneLine(fix.title)}`] : []),
    `Why: npx migrate-lint explain ${rule}`,
  ].join('\n');
  const place = location
    ? {
        file: location.file,
        line: location.line,
        endLine: location.endLine,
        col: location.column,
        // GitHub refuses an end column on another line.
        ...(location.endLine === location.line ? { endColumn: location.endColumn } : {}),
      }
    : {};
  return command(commands[level], { ...place, title: `${level}: ${rule}` }, text);
}

function command(name: string, properties: Readonly<Record<string, string | number>>, message: string): string {
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  return `::${name} ${list.join(',')}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
