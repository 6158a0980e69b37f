import { hash } from 'node:crypto';
import { lineStarts, positionAt, type Location, type SourceFile, type Span } from './facts/span.ts';
import type { Check, Finding, ReportedFix } from './report.ts';
import type { AnyRule, Fix, Level, Problem, Subject } from './rule.ts';

export interface CheckInput {
  readonly rule: AnyRule;
  /** What the rule needs, and of what it uses what there is. */
  readonly facts: object;
  readonly options: unknown;
  level(file: string | null): Level | 'off';
  locate(span: Span): Location;
}

/** Runs one rule on all of its subjects. */
export function checkRule({ rule, facts, options, level, locate }: CheckInput) {
  const findings: Finding[] = [];
  const fixes = new Map<string, Fix>();
  const { check: say } = rule;
  const subjects = listOf(rule.subjects(facts, options) as Iterable<Subject>);
  // Nearly all of them are in order; a loop would make an object for each.
  subjects.forEach(subject => {
    const said = say(subject, facts, options);
    if (said === undefined) return;
    const find = (problem: Problem): void => {
      const set = level(problem.span?.file ?? null);
      if (set === 'off') return;
      const severity = set === rule.level ? (problem.level ?? set) : set;
      const finding = report(rule, severity, subject.path, problem, locate);
      findings.push(finding);
      if (problem.fix) fixes.set(finding.fingerprint, problem.fix);
    };
    if (isSeveral(said)) said.forEach(find);
    else find(said);
  });
  const check: Check = { rule: rule.id, subjects: subjects.length, findings: findings.length };
  return { check, findings, fixes };
}

function listOf(subjects: Iterable<Subject>): readonly Subject[] {
  return Array.isArray(subjects) ? (subjects as readonly Subject[]) : [...subjects];
}

function isSeveral(said: Problem | readonly Problem[]): said is readonly Problem[] {
  return Array.isArray(said);
}

/** Turns spans into lines and columns; each file's lines are counted once. */
export function locator(files: ReadonlyMap<string, SourceFile>): (span: Span) => Location {
  const starts = new Map<string, readonly number[]>();
  return ({ file, start, end }) => {
    let lines = starts.get(file);
    if (!lines) {
      lines = lineStarts(files.get(file)?.text ?? '');
      starts.set(file, lines);
    }
    const { line, column } = positionAt(lines, start);
    // Most spans are of one line, and looking it up again takes longer than all else here.
    if (end < (lines[line] ?? Infinity)) return { file, line, column, endLine: line, endColumn: column + end - start };
    const to = positionAt(lines, end);
    return { file, line, column, endLine: to.line, endColumn: to.column };
  };
}

/** A finding, as the report has it, of what a rule says about one subject. */
export function report(
  rule: AnyRule,
  level: Level,
  path: string,
  problem: Problem,
  locate: (span: Span) => Location,
): Finding {
  const subject = problem.aspect === undefined ? path : `${path} ${problem.aspect}`;
  return {
    project: '.',
    rule: rule.id,
    level,
    category: rule.category,
    subject,
    message: problem.message,
    location: problem.span && locate(problem.span),
    related: (problem.related ?? []).map(({ message, span }) => ({ message, location: locate(span) })),
    fix: problem.fix ? reportFix(problem.fix, locate) : null,
    precheck: problem.precheck ?? null,
    docs: docsUrl(rule.id),
    fingerprint: hash('sha256', `${rule.id}\0${subject}`).slice(0, 16),
    suppressed: null,
  };
}

function reportFix(fix: Fix, locate: (span: Span) => Location): ReportedFix {
  return {
    title: fix.title,
    safety: fix.safety,
    sql: fix.sql ?? null,
    edits: (fix.edits ?? []).map(edit => ({ location: locate(edit), text: edit.text })),
  };
}

/** The page of a rule, as `npm run docs` writes it. */
export function docsUrl(rule: string): string {
  return `docs/rules/${rule}.md`;
}
