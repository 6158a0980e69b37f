import { checkRule, locator, report } from './check.ts';
import type { FactName, Facts, Schema } from './facts/index.ts';
import type { SourceFile } from './facts/span.ts';
import type { Check, Finding, Report, Skipped, Tenancy } from './report.ts';
import type { AnyRule, Fix, Level } from './rule.ts';
import { score } from './score.ts';
import { FactUnavailable, noCache, type Cache, type Project, type SourceContext, type Sources } from './source.ts';
import { judgeSuppressions, suppressionRules } from './suppress.ts';
import { tenancyOf } from './tenancy.ts';
import { flatMap } from './lists.ts';

/** What decides about a rule, from presets, the config file and flags. */
export interface Settings {
  /** `off`, or the level at which the rule's findings in this file are reported. */
  level(rule: AnyRule, file: string | null): Level | 'off';
  /** Whether the rule is on for any file. */
  enabled(rule: AnyRule): boolean;
  /** The rule's options, validated. */
  options(rule: AnyRule): unknown;
  /** The model of one customer, as the config names it. */
  readonly tenant?: string | undefined;
  /** Fingerprints that were there before, with the reason to show. */
  readonly baseline: ReadonlyMap<string, string>;
}

export interface AuditInput {
  readonly rules: readonly AnyRule[];
  readonly sources: Sources;
  readonly project: Project;
  readonly settings: Settings;
  readonly cache?: Cache;
  readonly signal?: AbortSignal;
  readonly progress?: (doing: string) => void;
  /** For the expiry of suppressions. */
  readonly today: string;
}

export interface Audit {
  readonly report: Report;
  readonly files: ReadonlyMap<string, SourceFile>;
  /** Fixes by fingerprint, with offsets, for whoever applies them. */
  readonly fixes: ReadonlyMap<string, Fix>;
  /** A fact that was built for a rule or is built now. */
  fact<Name extends FactName>(name: Name): Promise<Facts[Name]>;
}

/** Builds the facts that the enabled rules need, runs the rules, and reports. */
export async function audit(input: AuditInput): Promise<Audit> {
  const files = new Map<string, SourceFile>();
  const facts = factLoader(input, files);
  const enabled = input.rules.filter(rule => input.settings.enabled(rule));
  const findings: Finding[] = [];
  const fixes = new Map<string, Fix>();
  const checks: Check[] = [];
  const skipped: Skipped[] = [];
  const locate = locator(files);

  // All at once: while one waits for a thread or the disk, another goes on.
  for (const name of new Set(flatMap(enabled, rule => rule.needs as readonly FactName[]))) {
    facts.settle(name).catch(() => undefined);
  }
  for (const rule of enabled) {
    input.signal?.throwIfAborted();
    const given: Partial<Record<FactName, unknown>> = {};
    let unavailable: string | undefined;
    for (const name of rule.needs as readonly FactName[]) {
      const fact = await facts.settle(name);
      if (fact instanceof FactUnavailable) unavailable ??= fact.message;
      else given[name] = fact;
    }
    if (unavailable !== undefined) {
      skipped.push({ rule: rule.id, reason: unavailable });
      continue;
    }
    for (const name of (rule.uses ?? []) as readonly FactName[]) {
      const fact = input.sources[name] === undefined ? undefined : await facts.settle(name);
      if (!(fact instanceof FactUnavailable)) given[name] = fact;
    }
    const options = input.settings.options(rule);
    const level = (file: string | null): Level | 'off' => input.settings.level(rule, file);
    try {
      const checked = checkRule({ rule, facts: given, options, level, locate });
      findings.push(...checked.findings);
      for (const [fingerprint, fix] of checked.fixes) fixes.set(fingerprint, fix);
      checks.push(checked.check);
    } catch (error) {
      // The fact is there, and lacks what this rule asks it for.
      if (!(error instanceof FactUnavailable)) throw error;
      skipped.push({ rule: rule.id, reason: error.message });
    }
  }

  const told = withoutOutdone(findings, enabled);
  const judged = judgeSuppressions({
    findings: told,
    files,
    today: input.today,
    known: new Set(input.rules.map(rule => rule.id)),
    ran: new Set(checks.map(check => check.rule)),
    baseline: input.settings.baseline,
    report: (id, subject, problem) => {
      const rule = suppressionRules.find(candidate => candidate.id === id);
      if (!rule) throw new Error(`no such rule: ${id}`);
      const level = input.settings.level(rule, problem.span?.file ?? null);
      return level === 'off' ? undefined : report(rule, level, subject, problem, locate);
    },
  });
  const sorted = [...judged].sort(byPlace(files));
  return {
    report: {
      version: 1,
      findings: sorted,
      checks: told.length === findings.length ? checks : recounted(checks, told),
      skipped,
      tenancy: enabled.some(needsSchema) ? tenancyIn(await facts.settle('schema'), input.settings.tenant) : null,
      scores: score(checks, sorted, input.rules),
    },
    files,
    fixes,
    fact: name => facts.get(name),
  };
}

function recounted(checks: readonly Check[], findings: readonly Finding[]): readonly Check[] {
  return checks.map(check => ({ ...check, findings: findings.filter(({ rule }) => rule === check.rule).length }));
}

/** The findings without those of which another rule speaks at the same place, and knows more. */
function withoutOutdone(findings: readonly Finding[], rules: readonly AnyRule[]): readonly Finding[] {
  const better = new Map(flatMap(rules, ({ id, outdoes }) => (outdoes ? [[id, outdoes] as const] : [])));
  const places = flatMap(findings, ({ rule, level, location }) => {
    const outdone = level === 'critical' ? better.get(rule) : undefined;
    return outdone && location ? [{ outdone, location }] : [];
  });
  return findings.filter(
    ({ rule, location: at }) =>
      !places.some(
        ({ outdone, location }) =>
          at?.file === location.file &&
          outdone.includes(rule) &&
          at.line <= location.endLine &&
          at.endLine >= location.line,
      ),
  );
}

function needsSchema({ needs }: AnyRule): boolean {
  return (needs as readonly FactName[]).includes('schema');
}

function tenancyIn(schema: Schema | FactUnavailable, tenant: string | undefined): Tenancy | null {
  return schema instanceof FactUnavailable ? null : tenancyOf(schema, tenant);
}

/** Memoizes facts; a fact that cannot be built is asked for once. */
function factLoader(input: AuditInput, files: Map<string, SourceFile>) {
  const built = new Map<FactName, Promise<unknown>>();
  const get = <Name extends FactName>(name: Name): Promise<Facts[Name]> => {
    let fact = built.get(name);
    if (!fact) {
      const source = input.sources[name] as ((context: SourceContext) => Promise<unknown>) | undefined;
      fact = source ? source(context) : Promise.reject(new FactUnavailable(`Nothing here can read “${name}”.`));
      built.set(name, fact);
    }
    return fact as Promise<Facts[Name]>;
  };
  const context: SourceContext = {
    project: input.project,
    cache: input.cache ?? noCache,
    signal: input.signal ?? new AbortController().signal,
    get,
    addFile: file => void files.set(file.path, file),
    texts: paths => paths.map(path => ({ path, text: files.get(path)?.text ?? '' })),
    progress: input.progress ?? (() => undefined),
  };
  const settle = async <Name extends FactName>(name: Name): Promise<Facts[Name] | FactUnavailable> => {
    try {
      return await get(name);
    } catch (error) {
      if (error instanceof FactUnavailable) return error;
      throw error;
    }
  };
  return { get, settle };
}

/** File, place, rule; what has no file comes last. The paths are compared by code unit, the same on every machine. */
function byPlace(files: ReadonlyMap<string, SourceFile>) {
  const order = new Map([...files.keys()].sort().map((file, index) => [file, index]));
  const rank = (finding: Finding): number =>
    finding.location ? (order.get(finding.location.file) ?? order.size) : order.size + 1;
  return (a: Finding, b: Finding): number =>
    rank(a) - rank(b) ||
    (a.location?.line ?? 0) - (b.location?.line ?? 0) ||
    (a.location?.column ?? 0) - (b.location?.column ?? 0) ||
    (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0) ||
    (a.subject < b.subject ? -1 : a.subject > b.subject ? 1 : 0);
}
