import { commentsOf, type Comment } from './comments.ts';
import { lineStarts, positionAt, type SourceFile, type Span } from './facts/span.ts';
import { unknownRule } from './known.ts';
import type { Finding } from './report.ts';
import type { AnyRule, Level, Problem } from './rule.ts';
import { suppressionDocs } from './suppression-docs.ts';

const marker = 'migrate-lint-ignore';

/** The rules about suppressions themselves. They have no subjects: `judgeSuppressions` makes their findings. */
export const suppressionRules: readonly AnyRule[] = (
  [
    ['expired-suppression', 'medium'],
    ['suppression-without-reason', 'medium'],
    ['unknown-suppression', 'medium'],
    ['unused-suppression', 'low'],
  ] as const satisfies readonly (readonly [keyof typeof suppressionDocs, Level])[]
).map(([name, level]) => ({
  id: `suppression/${name}`,
  level,
  category: 'conventions',
  needs: [],
  docs: suppressionDocs[name],
  subjects: () => [],
  check: () => undefined,
}));

/** A `migrate-lint-ignore` comment. */
export interface Suppression {
  readonly rules: readonly string[];
  readonly reason: string;
  /** The last day on which it holds, as it is written. */
  readonly until: string | undefined;
  /** The place of the comment. */
  readonly span: Span;
  /** It starts a range, and no comment ends that. */
  readonly endless: boolean;
  /** Whether it holds for a finding that starts and ends at these lines. */
  covers(line: number, endLine: number): boolean;
}

export interface JudgeInput {
  readonly findings: readonly Finding[];
  readonly files: ReadonlyMap<string, SourceFile>;
  /** As `2027-01-31`. */
  readonly today: string;
  /** Ids of all rules, whether they are on or off. */
  readonly known: ReadonlySet<string>;
  /** Ids of the rules that really ran; of another it cannot be told whether its suppression is of use. */
  readonly ran: ReadonlySet<string>;
  /** Fingerprints of findings that do not count, with the reason. */
  readonly baseline: ReadonlyMap<string, string>;
  /** Makes a finding of a suppression rule, unless that is off. */
  report(rule: string, subject: string, problem: Problem): Finding | undefined;
}

/**
 * The findings with `suppressed` filled in, and behind them the findings about the suppressions. A suppression without a
 * reason or past its day suppresses nothing. What has no place can only be in the baseline.
 */
export function judgeSuppressions(input: JudgeInput): readonly Finding[] {
  const { baseline } = input;
  const byFile = new Map<string, readonly Suppression[]>();
  for (const file of input.files.values()) {
    const suppressions = suppressionsOf(file);
    if (suppressions.length > 0) byFile.set(file.path, suppressions);
  }
  const used = new Set<string>();
  const judged = input.findings.map(finding => {
    const { rule, location } = finding;
    const hits = (location ? (byFile.get(location.file) ?? []) : []).filter(
      suppression =>
        suppression.rules.includes(rule) &&
        location &&
        suppression.covers(location.line, location.endLine) &&
        holds(suppression, input.today),
    );
    for (const hit of hits) used.add(key(hit, rule));
    return hits[0] ? { ...finding, suppressed: { by: 'comment' as const, reason: hits[0].reason } } : finding;
  });
  const own: Finding[] = [];
  for (const suppressions of byFile.values()) own.push(...complaints(suppressions, used, input));
  return [...judged, ...own].map(finding => {
    const reason = baseline.get(finding.fingerprint);
    return finding.suppressed || reason === undefined
      ? finding
      : { ...finding, suppressed: { by: 'baseline', reason } };
  });
}

/** What is wrong with the suppressions of one file. */
function complaints(suppressions: readonly Suppression[], used: ReadonlySet<string>, input: JudgeInput): Finding[] {
  const findings: Finding[] = [];
  const ordinals = new Map<string, number>();
  for (const suppression of suppressions) {
    const { rules, span, reason, until } = suppression;
    // A line number would move; the ordinal among the same suppressions of the file seldom does.
    const say = (id: string, about: string, message: string): void => {
      const subject = `${span.file} ${about}`.trimEnd();
      const ordinal = (ordinals.get(`${id} ${subject}`) ?? 0) + 1;
      ordinals.set(`${id} ${subject}`, ordinal);
      const finding = input.report(`suppression/${id}`, `${subject} #${String(ordinal)}`, { span, message });
      if (finding) findings.push(finding);
    };
    const all = rules.map(rule => `\`${rule}\``).join(', ');
    if (rules.length === 0)
      say('unknown-suppression', '', `This suppression names no rule; write the rule's id behind \`${marker}\`.`);
    if (suppression.endless)
      say(
        'unknown-suppression',
        rules.join(', '),
        `This suppression counts for nothing, because no \`${marker}-end\` stands below it; write one where it is to end.`,
      );
    for (const rule of rules) {
      const unknown = unknownRule(rule, [...input.known, ...suppressionRules.map(({ id }) => id)]);
      if (unknown !== undefined)
        say('unknown-suppression', rule, `This suppression counts for nothing, because ${unknown}`);
    }
    if (reason === '') {
      say(
        'suppression-without-reason',
        rules.join(', '),
        `The suppression of ${all || 'a rule'} has no reason and does not count; write \`-- reason\` behind it.`,
      );
    } else if (until !== undefined && !isDay(until)) {
      say(
        'expired-suppression',
        rules.join(', '),
        `The suppression of ${all || 'a rule'} ends on \`${until}\`, a day that does not exist, and does not count.`,
      );
    } else if (until !== undefined && until < input.today) {
      say(
        'expired-suppression',
        rules.join(', '),
        `The suppression of ${all || 'a rule'} ended on ${until} and no longer counts; mend the finding or set a new date.`,
      );
    } else {
      for (const rule of rules)
        if (!suppression.endless && input.ran.has(rule) && !used.has(key(suppression, rule)))
          say('unused-suppression', rule, `\`${rule}\` finds nothing here any more; delete this suppression.`);
    }
  }
  return findings;
}

function key({ span }: Suppression, rule: string): string {
  return `${rule} ${String(span.start)} ${span.file}`;
}

function holds({ reason, until }: Suppression, today: string): boolean {
  return reason !== '' && (until === undefined || (isDay(until) && until >= today));
}

/** `2027-02-30` has the form of a day and is none. */
function isDay(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}

/** The suppressions of a file, in its order. */
export function suppressionsOf(file: SourceFile): readonly Suppression[] {
  if (!file.text.includes(marker)) return [];
  const lines = linesOf(file);
  return lines.comments.flatMap(comment => {
    const parsed = parse(comment.text);
    if (!parsed) return [];
    const { extent, ...rest } = parsed;
    const end = extent === 'start' ? endOf(comment, lines) : undefined;
    const covers: Suppression['covers'] =
      extent === 'file' ? () => true : extent === 'start' ? range(comment, end, lines) : coverage(file, lines, comment);
    const endless = extent === 'start' && end === undefined;
    return [{ ...rest, span: { file: file.path, start: comment.start, end: comment.end }, covers, endless }];
  });
}

/** The comment that ends the range which another one starts. */
function endOf(start: Comment, { comments }: Lines): Comment | undefined {
  return comments.find(
    comment => comment.start > start.start && /^migrate-lint-ignore-end(?![\w-])/.test(comment.text),
  );
}

function range(from: Comment, to: Comment | undefined, { starts }: Lines): Suppression['covers'] {
  if (!to) return () => false;
  const [first, last] = [from, to].map(({ start }) => positionAt(starts, start).line);
  return line => line >= (first ?? 0) && line <= (last ?? 0);
}

/** `migrate-lint-ignore schema/a, schema/b -- reason until 2027-01-31`; with `-file` for all of the file, with `-start` up to `-end`. */
function parse(text: string) {
  const match =
    /^migrate-lint-ignore(?:-(?<extent>file|start))?(?![\w-])[\s:]*(?<rules>[^]*?)(?:(?:--|—|–)(?<reason>[^]*))?$/.exec(
      text,
    );
  if (!match?.groups) return undefined;
  const { extent, rules = '', reason = '' } = match.groups;
  const until = /(?:^|\s)\(?until\s+(?<day>\d{4}-\d{2}-\d{2})\)?\.?\s*$/i.exec(reason);
  const named = rules.split(',').flatMap(part => {
    const words = part.split(/\s+/).filter(Boolean);
    // Without the dashes, everything behind the name is prose.
    return match.groups?.reason === undefined ? words.slice(0, 1) : words;
  });
  return {
    extent: extentOf(extent),
    rules: [...new Set(named)],
    reason: (until ? reason.slice(0, until.index) : reason).replace(/\s+/g, ' ').trim(),
    until: until?.groups?.day,
  };
}

type Extent = 'file' | 'start' | 'next';

function extentOf(said: string | undefined): Extent {
  return said === 'file' || said === 'start' ? said : 'next';
}

interface Lines {
  readonly comments: readonly Comment[];
  readonly starts: readonly number[];
  /** For each line, the offset of its first character that is code, if it has any. */
  readonly code: readonly (number | undefined)[];
}

function linesOf(file: SourceFile): Lines {
  const comments = commentsOf(file);
  const starts = lineStarts(file.text);
  let blank = '';
  let at = 0;
  for (const { start, end } of comments) {
    blank += file.text.slice(at, start) + file.text.slice(start, end).replace(/[^\n]/g, ' ');
    at = end;
  }
  blank += file.text.slice(at);
  const code = starts.map((start, index) => {
    const offset = blank.slice(start, starts[index + 1]).search(/\S/);
    return offset === -1 ? undefined : start + offset;
  });
  return { comments, starts, code };
}

/** Behind code: that line. Else the next construct, which is the whole block where one starts. */
function coverage(file: SourceFile, { starts, code }: Lines, comment: Comment): Suppression['covers'] {
  const lineAt = (offset: number): number => positionAt(starts, offset).line;
  const own = lineAt(comment.start);
  const before = code[own - 1];
  if (before !== undefined && before < comment.start) return (line, endLine) => line === own || endLine === own;
  const last = lineAt(comment.end);
  const offset = code.findIndex((start, index) => start !== undefined && index + 1 >= last);
  if (offset === -1) return () => false;
  const next = offset + 1;
  const ends = file.blocks.filter(block => lineAt(block.start) === next).map(block => lineAt(block.end));
  const end = Math.max(next, ...ends);
  return line => line >= next && line <= end;
}
