import { describe, expect, test } from '@jest/globals';
import { settingsFor } from './config.ts';
import type { Migrations, SourceFile } from './facts/index.ts';
import { defineRule, type AnyRule } from './rule.ts';
import { audit, type AuditInput } from './run.ts';
import { FactUnavailable, type Sources } from './source.ts';

const project = {
  cwd: '/nowhere',
  schemaPath: '/nowhere/schema.prisma',
  migrationsPath: undefined,
  url: undefined,
  shadowUrl: undefined,
  externalTables: [],
  prismaConfigPath: undefined,
};
const config = { extends: 'recommended', failOn: 'high', file: 'c.json' } as const;
const docs = { summary: 'A.', why: 'b', bad: 'c', good: 'd' };

/** Speaks at each line of the migrations' text that has an x. */
const lines = defineRule({
  id: 'schema/redundant-index',
  level: 'high',
  category: 'performance',
  needs: ['migrations'],
  docs,
  subjects: ({ migrations }) =>
    migrations.migrations.flatMap(({ file, text }) =>
      [...text.matchAll(/.+/g)].map(match => ({
        path: match[0],
        file,
        start: match.index,
        end: match.index + match[0].length,
      })),
    ),
  check: ({ path, ...span }) => {
    if (!/\bx\b/.test(path)) return;
    return {
      span,
      message: `\`${path}\` is wrong.`,
      fix: { title: 'Drop it', safety: 'safe', edits: [{ ...span, text: '' }] },
    };
  },
});

function sourcesOf(text: string): Sources & { readonly built: () => number } {
  let built = 0;
  const file: SourceFile = { path: 'b.prisma', text, language: 'prisma', blocks: [] };
  return {
    built: () => built,
    migrations: context => {
      built += 1;
      context.addFile(file);
      const migration = {
        path: 'm',
        name: 'm',
        file: file.path,
        text,
        provider: 'postgresql',
        statements: [],
        span: { file: file.path, start: 0, end: 1 },
        syntaxError: undefined,
        applied: undefined,
        warnings: [],
      };
      const migrations: Migrations = {
        directory: '.',
        provider: 'postgresql',
        lockFile: undefined,
        migrations: [migration],
        appliedUnknown: undefined,
        prisma: undefined,
        unread: [],
        withoutSql: [],
        lastTouch: () => undefined,
      };
      return Promise.resolve(migrations);
    },
    replay: () => Promise.reject(new FactUnavailable('The history cannot run here; give --shadow-url.')),
  };
}

const run = (rules: readonly AnyRule[], sources: Sources, more: Partial<AuditInput> = {}) =>
  audit({ rules, sources, project, settings: settingsFor(config, rules), today: '2026-01-01', ...more });

describe('audit', () => {
  test('reports in the order of the file, with places, fixes, checks and scores', async () => {
    const { report, fixes } = await run([lines], sourcesOf('one\n two x\nthree x\n'));
    expect(report.findings.map(({ subject, location }) => [subject, location?.line, location?.column])).toEqual([
      [' two x', 2, 1],
      ['three x', 3, 1],
    ]);
    expect(report.findings[0]).toMatchObject({
      project: '.',
      rule: 'schema/redundant-index',
      level: 'high',
      category: 'performance',
      docs: 'docs/rules/schema/redundant-index.md',
      suppressed: null,
      fix: { title: 'Drop it', safety: 'safe', sql: null },
    });
    expect(report.checks).toEqual([{ rule: 'schema/redundant-index', subjects: 3, findings: 2 }]);
    expect(report.scores).toEqual({ overall: 80, categories: { performance: 80 } });
    expect([...fixes.keys()].sort()).toEqual(report.findings.map(each => each.fingerprint).sort());
  });

  test('gives the same fingerprints when lines move, and the same bytes twice', async () => {
    const fingerprints = async (text: string) =>
      (await run([lines], sourcesOf(text))).report.findings.map(each => each.fingerprint);
    expect(await fingerprints('\n\nx')).toEqual(await fingerprints('x'));
    const text = async () => JSON.stringify((await run([lines], sourcesOf('x\nyx'))).report);
    expect(await text()).toBe(await text());
  });

  test('builds a fact once, and none for a rule that is off', async () => {
    const sources = sourcesOf('x');
    const second = { ...lines, id: 'schema/missing-relation' };
    const { fact } = await run([lines, second], sources);
    await fact('migrations');
    expect(sources.built()).toBe(1);

    const unused = sourcesOf('x');
    const settings = settingsFor({ ...config, rules: { 'schema/redundant-index': 'off' } }, [lines]);
    const { report } = await run([lines], unused, { settings });
    expect(unused.built()).toBe(0);
    expect(report).toMatchObject({ findings: [], checks: [], skipped: [], scores: { overall: null } });
  });

  test('skips, with the reason, a rule whose fact cannot be built', async () => {
    const needy: AnyRule = {
      ...lines,
      id: 'history/replay-failure',
      needs: ['replay'],
      subjects: () => [],
      check: () => undefined,
    };
    const { report } = await run([needy, lines], sourcesOf('x'));
    expect(report.skipped).toEqual([
      { rule: 'history/replay-failure', reason: 'The history cannot run here; give --shadow-url.' },
    ]);
    expect(report.checks.map(check => check.rule)).toEqual(['schema/redundant-index']);
  });

  test('skips, with the reason, a rule that finds its fact to lack what it asks for', async () => {
    const needy: AnyRule = {
      ...lines,
      id: 'migration/blocking-index',
      subjects: () => {
        throw new FactUnavailable('The clone is shallow; fetch the whole history.');
      },
    };
    const { report } = await run([needy, lines], sourcesOf('x'));
    expect(report.skipped).toEqual([
      { rule: 'migration/blocking-index', reason: 'The clone is shallow; fetch the whole history.' },
    ]);
    expect(report.checks.map(check => check.rule)).toEqual(['schema/redundant-index']);
  });

  test('runs a rule without the optional fact that cannot be built', async () => {
    const given: string[] = [];
    const relaxed: AnyRule = {
      ...lines,
      needs: [],
      uses: ['replay', 'schema', 'migrations'],
      subjects: facts => {
        given.push(...Object.keys(facts as object));
        return [];
      },
    };
    const { report } = await run([relaxed], sourcesOf('x'));
    expect(given).toContain('migrations');
    expect(given).not.toContain('replay');
    expect(report.skipped).toEqual([]);
  });

  test('a problem may have a level of its own, unless the configuration says one', async () => {
    const rule: AnyRule = {
      ...lines,
      check: (subject: { readonly path: string }) =>
        subject.path.includes('x') ? { span: null, message: 'It is wrong.', level: 'low' } : undefined,
    };
    const levelsWith = async (rules: Parameters<typeof settingsFor>[0]['rules']): Promise<readonly string[]> => {
      const settings = settingsFor({ ...config, ...(rules && { rules }) }, [rule]);
      const { report } = await run([rule], sourcesOf('x\n'), { settings });
      return report.findings.map(({ level }) => level);
    };
    expect(await levelsWith(undefined)).toEqual(['low']);
    expect(await levelsWith({ [rule.id]: 'critical' })).toEqual(['critical']);
  });

  test('leaves out what another rule says better at the same place', async () => {
    const vague: AnyRule = { ...lines, id: 'schema/missing-relation' };
    const better = (level: 'critical' | 'high'): AnyRule => ({ ...lines, level, outdoes: ['schema/missing-relation'] });
    const told = async (rule: AnyRule) => (await run([vague, rule], sourcesOf('x\ny'))).report;
    const { findings, checks } = await told(better('critical'));
    expect(findings.map(({ rule }) => rule)).not.toContain('schema/missing-relation');
    expect(checks.map(check => [check.rule, check.findings > 0])).toEqual([
      ['schema/missing-relation', false],
      ['schema/redundant-index', true],
    ]);
    expect((await told(better('high'))).findings.map(({ rule }) => rule)).toContain('schema/missing-relation');
  });

  test('lets a defect through', async () => {
    await expect(run([lines], { migrations: () => Promise.reject(new TypeError('a defect')) })).rejects.toThrow(
      'a defect',
    );
  });

  test('stops when it is aborted', async () => {
    await expect(run([lines], sourcesOf('x'), { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
  });

  test('applies suppressions, and reports the useless ones at the level that is set', async () => {
    const text =
      'x // migrate-lint-ignore schema/redundant-index -- tiny\ny // migrate-lint-ignore schema/redundant-index -- tiny\n';
    const { report } = await run([lines], sourcesOf(text));
    expect(report.findings.map(each => [each.rule, each.level, each.location?.line, each.suppressed?.reason])).toEqual([
      ['schema/redundant-index', 'high', 1, 'tiny'],
      ['suppression/unused-suppression', 'low', 2, undefined],
    ]);
    const settings = settingsFor({ ...config, rules: { 'suppression/unused-suppression': 'off' } }, [lines]);
    expect((await run([lines], sourcesOf(text), { settings })).report.findings).toHaveLength(1);
  });

  test('reports nothing of a rule at a path where it is off', async () => {
    const settings = settingsFor(
      { ...config, overrides: [{ files: ['b.*'], rules: { 'schema/redundant-index': 'off' } }] },
      [lines],
    );
    const { report } = await run([lines], sourcesOf('x'), { settings });
    expect(report.findings).toEqual([]);
    expect(report.checks).toEqual([{ rule: 'schema/redundant-index', subjects: 1, findings: 0 }]);
  });
});
