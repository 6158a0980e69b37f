import pc from 'picocolors';
import type { Location } from '../facts/span.ts';
import type { Check, Finding, ReportedFix } from '../report.ts';
import { levels, type Level } from '../rule.ts';
import { codeLine, oneLine } from './escape.ts';
import { codeFrame, editLines } from './frame.ts';
import { lockLines } from './locks.ts';
import type { Colors, ReportContext, Reporter } from './reporter.ts';
import { active, count, summary } from './summary.ts';
import { tenancyLines } from './tenancy.ts';
import { notVerified, verified } from './verified.ts';

/** Findings of one rule that are shown with their code, and those that follow with one line each. */
const framed = 3;
const listed = 10;

/** For people: one group for each rule, the worst level first. */
export const pretty: Reporter = (report, context) => {
  const colors = pc.createColors(context.color);
  const findings = active(report);
  const projects = [...new Set(findings.map(finding => finding.project))].sort();
  const sections = projects.flatMap(project => [
    ...(projects.length > 1 ? [[colors.underline(oneLine(project))]] : []),
    ...groups(findings.filter(finding => finding.project === project)).map(group => {
      const check = report.checks.find(each => each.rule === group[0].rule);
      return groupLines(group, check, context, colors);
    }),
  ]);
  const last = summary(report, context.failOn);
  const paint = last.startsWith('✖') ? colors.red : last.startsWith('✔') ? colors.green : colors.yellow;
  const all = [
    ...sections,
    notVerified(report.skipped, colors),
    tenancyLines(report.tenancy, context.width, colors),
    verified(report.checks, findings, context.width, colors),
    hints(findings).map(hint => colors.dim(hint)),
    [paint(colors.bold(last))],
    lockLines(report.locks, context, colors),
  ];
  return `${all
    .filter(lines => lines.length > 0)
    .map(lines => lines.join('\n'))
    .join('\n\n')}\n`;
};

function hints(findings: readonly Finding[]): readonly string[] {
  const queries = findings.filter(({ precheck }) => precheck !== null).length;
  return [
    ...(findings.length > 0 ? ['`npx migrate-lint explain <rule>` says why a rule matters and what to do.'] : []),
    ...(queries > 0
      ? [
          `\`npx migrate-lint --prechecks\` writes the queries that tell of ${count(queries, 'finding')} whether your data has the rows.`,
        ]
      : []),
  ];
}

type Group = readonly [Finding, ...Finding[]];

function groups(findings: readonly Finding[]): readonly Group[] {
  const byRule = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    const group = byRule.get(finding.rule);
    if (group) group.push(finding);
    else byRule.set(finding.rule, [finding]);
  }
  const rank = (group: Group): number => Math.min(...group.map(finding => levels.indexOf(finding.level)));
  return [...byRule.values()].sort((a, b) => rank(a) - rank(b) || (a[0].rule < b[0].rule ? -1 : 1));
}

function groupLines(group: Group, check: Check | undefined, context: ReportContext, colors: Colors): readonly string[] {
  const [{ rule }] = group;
  const worst = levels.find(level => group.some(finding => finding.level === level)) ?? 'low';
  const of = check && check.subjects >= group.length ? ` in ${String(check.subjects)} checked` : '';
  const rest = group.slice(framed);
  const hidden = rest.length - listed;
  return [
    `${levelMark(worst, colors)}  ${colors.bold(rule)}  ${colors.dim(`${count(group.length, 'finding')}${of}`)}`,
    ...group.slice(0, framed).flatMap(finding => ['', ...findingLines(finding, context, colors)]),
    ...(rest.length > 0 ? [''] : []),
    ...rest.slice(0, listed).map(finding => `  ${placeOf(finding, colors)}  ${oneLine(finding.message)}`),
    ...(hidden > 0 ? [colors.dim(`  and ${String(hidden)} more (--format json lists them all)`)] : []),
  ];
}

function findingLines(finding: Finding, context: ReportContext, colors: Colors): readonly string[] {
  const frame = finding.location ? codeFrame(finding.location, context.files, context.width - 4) : [];
  return [
    `  ${placeOf(finding, colors)}`,
    `  ${oneLine(finding.message)}`,
    ...frame.map(line => `    ${line.startsWith('>') || /\|\s*\^+$/.test(line) ? line : colors.dim(line)}`),
    ...finding.related.map(({ location, message }) => `    ${colors.cyan(place(location))}  ${oneLine(message)}`),
    ...(finding.fix ? fixLines(finding.fix, context, colors) : []),
  ];
}

function fixLines(fix: ReportedFix, { files }: ReportContext, colors: Colors): readonly string[] {
  const sql = fix.sql === null ? [] : fix.sql.trim().split(/\r?\n/);
  return [
    `    ${colors.green('fix')}${fix.safety === 'unsafe' ? colors.yellow(' (unsafe)') : ''}: ${oneLine(fix.title)}`,
    ...editLines(fix, files).map(line => `      ${line.startsWith('-') ? colors.red(line) : colors.green(line)}`),
    ...sql.map(line => `      ${colors.green(codeLine(line))}`),
  ];
}

function levelMark(level: Level, colors: Colors): string {
  const paint = { critical: colors.magenta, high: colors.red, medium: colors.yellow, low: colors.blue }[level];
  return paint(colors.bold(level));
}

function placeOf({ location, subject }: Finding, colors: Colors): string {
  return colors.cyan(location ? place(location) : oneLine(subject));
}

function place({ file, line, column }: Location): string {
  return `${oneLine(file)}:${String(line)}:${String(column)}`;
}
