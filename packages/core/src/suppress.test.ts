import { describe, expect, test } from '@jest/globals';
import { locator, report as makeFinding } from './check.ts';
import type { SourceFile, Span } from './facts/index.ts';
import type { Finding } from './report.ts';
import type { AnyRule } from './rule.ts';
import { judgeSuppressions, suppressionRules, suppressionsOf } from './suppress.ts';

const rule: AnyRule = {
  id: 'schema/unindexed-foreign-key',
  level: 'high',
  category: 'performance',
  needs: [],
  docs: { summary: '', why: '', bad: '', good: '' },
  subjects: () => [],
  check: () => undefined,
};

/** A file whose blocks are the stretches between `«` and `»`, with a finding at each `‹…›`. */
function read(marked: string, language: SourceFile['language'] = 'prisma', path = 'schema.prisma') {
  let text = '';
  const open: { mark: string; start: number }[] = [];
  const blocks: Span[] = [];
  const places: Span[] = [];
  for (const character of marked) {
    if ('«‹'.includes(character)) open.push({ mark: character, start: text.length });
    else if ('»›'.includes(character)) {
      const start = open.pop()?.start ?? 0;
      (character === '»' ? blocks : places).push({ file: path, start, end: text.length });
    } else text += character;
  }
  const file: SourceFile = { path, text, language, blocks };
  return { file, places };
}

function judge(
  marked: string,
  options: { language?: SourceFile['language']; today?: string; baseline?: Map<string, string>; ran?: string[] } = {},
) {
  const { file, places } = read(marked, options.language);
  const files = new Map([[file.path, file]]);
  const locate = locator(files);
  const findings = places.map((span, index) =>
    makeFinding(rule, 'high', `Subject${String(index)}`, { span, message: 'It is wrong.' }, locate),
  );
  const judged = judgeSuppressions({
    findings,
    files,
    today: options.today ?? '2026-06-15',
    known: new Set(['schema/unindexed-foreign-key', 'schema/redundant-index']),
    ran: new Set(options.ran ?? ['schema/unindexed-foreign-key']),
    baseline: options.baseline ?? new Map<string, string>(),
    report: (id, subject, problem) => {
      const own = suppressionRules.find(each => each.id === id);
      return own && makeFinding(own, own.level, subject, problem, locate);
    },
  });
  return {
    suppressed: judged.slice(0, findings.length).map(finding => finding.suppressed?.reason ?? null),
    own: judged.slice(findings.length).map(finding => `${finding.rule}: ${finding.message}`),
    all: judged,
  };
}

describe('what a suppression covers', () => {
  test('behind code, the line', () => {
    const { suppressed, own } = judge(
      '«model A {\n  ‹b Int› // migrate-lint-ignore schema/unindexed-foreign-key -- tiny\n  ‹c Int›\n}»',
    );
    expect(suppressed).toEqual(['tiny', null]);
    expect(own).toEqual([]);
  });

  test('behind the end of a statement, the statement that ends there', () => {
    const { suppressed } = judge(
      '«‹ALTER TABLE a\n  ADD COLUMN b int›»; -- migrate-lint-ignore schema/unindexed-foreign-key -- tiny\n',
      { language: 'sql' },
    );
    expect(suppressed).toEqual(['tiny']);
  });

  test('above a block, the whole block and no more', () => {
    const { suppressed } = judge(
      '// migrate-lint-ignore schema/unindexed-foreign-key -- tiny\n// another comment\n\n«model A {\n  ‹b Int›\n  ‹c Int›\n}»\n«model B {\n  ‹d Int›\n}»',
    );
    expect(suppressed).toEqual(['tiny', 'tiny', null]);
  });

  test('above a line in a block, that line', () => {
    const { suppressed } = judge(
      '«model A {\n  // migrate-lint-ignore schema/unindexed-foreign-key -- tiny\n  ‹b Int›\n  ‹c Int›\n}»',
    );
    expect(suppressed).toEqual(['tiny', null]);
  });

  test('two comments above one construct both count', () => {
    const { suppressed, own } = judge(
      '// migrate-lint-ignore schema/redundant-index -- one\n// migrate-lint-ignore schema/unindexed-foreign-key -- two\n«model A {\n  ‹b Int›\n}»',
    );
    expect(suppressed).toEqual(['two']);
    expect(own).toEqual([]);
  });

  test('the whole file', () => {
    const { suppressed } = judge(
      '‹model A {}›\n-- migrate-lint-ignore-file schema/unindexed-foreign-key -- generated\n‹model B {}›',
      { language: 'sql' },
    );
    expect(suppressed).toEqual(['generated', 'generated']);
  });

  test('a range, up to the comment that ends it', () => {
    const ranged = [
      '‹model A {}›',
      '-- migrate-lint-ignore-start schema/unindexed-foreign-key -- copied',
      '‹model B {}›',
      '‹model C {}›',
      '-- migrate-lint-ignore-end',
      '‹model D {}›',
    ].join('\n');
    const { suppressed, own } = judge(ranged, { language: 'sql' });
    expect(suppressed).toEqual([null, 'copied', 'copied', null]);
    expect(own).toEqual([]);
  });

  test('a range without an end counts for nothing, and says so', () => {
    const { suppressed, all } = judge(
      '-- migrate-lint-ignore-start schema/unindexed-foreign-key -- copied\n‹model B {}›',
      { language: 'sql' },
    );
    expect(suppressed).toEqual([null]);
    expect(all.map(({ message }) => message)).toContain(
      'This suppression counts for nothing, because no `migrate-lint-ignore-end` stands below it; write one where it is to end.',
    );
  });

  test('only the rules that it names, several of them with commas', () => {
    const named = (names: string) => judge(`// migrate-lint-ignore ${names} -- tiny\n‹b Int›`, { ran: [] }).suppressed;
    expect(named('schema/redundant-index')).toEqual([null]);
    expect(named('schema/redundant-index, schema/unindexed-foreign-key')).toEqual(['tiny']);
  });

  test('with Windows line ends and at the end of a file', () => {
    expect(judge('// migrate-lint-ignore schema/unindexed-foreign-key -- tiny\r\n‹b Int›\r\n').suppressed).toEqual([
      'tiny',
    ]);
    expect(judge('‹b Int›\n// migrate-lint-ignore schema/unindexed-foreign-key -- tiny').suppressed).toEqual([null]);
  });
});

describe('where the marker is no comment', () => {
  const marker = 'migrate-lint-ignore schema/unindexed-foreign-key -- tiny';
  test.each([
    ['sql', `SELECT '\n-- ${marker}\n';`],
    ['sql', `SELECT 'it''s\n-- ${marker}\n';`],
    ['sql', `SELECT E'it\\'s\n-- ${marker}\n';`],
    ['sql', `SELECT "a\n-- ${marker}\n";`],
    ['sql', `DO $$\n-- ${marker}\n$$;`],
    ['sql', `DO $body$ SELECT $$ x $$\n-- ${marker}\n$body$;`],
    ['prisma', `a String @default("// ${marker}")`],
    ['prisma', `a String @default("\\"// ${marker}")`],
    ['typescript', `const a = "// ${marker}";`],
    ['typescript', `const a = \`\n// ${marker}\n\`;`],
    ['prisma', '// migrate-lint-ignored schema/unindexed-foreign-key -- tiny'],
    ['prisma', '// write migrate-lint-ignore schema/x -- why'],
  ] as const)('%s: %j', (language, text) => {
    expect(suppressionsOf({ path: 'a', text, language, blocks: [] })).toEqual([]);
  });

  test.each([
    ['sql', `SELECT 'a'; -- ${marker}`],
    ['sql', `/* ${marker} */ SELECT 1;`],
    ['sql', `/* /* ' */ */ -- ${marker}`],
    ['sql', `PREPARE p AS SELECT $1, $2; -- ${marker}`],
    ['prisma', `a String @default("it's") // ${marker}`],
    ['prisma', `/// ${marker}`],
    ['typescript', `const a = /'"\`/; // ${marker}`],
    ['typescript', `const a = 4 / 2; // ${marker}`],
    ['typescript', 'const a = `it\'s ${"`"} `; // ' + marker],
  ] as const)('and where it is one, %s: %j', (language, text) => {
    const found = suppressionsOf({ path: 'a', text, language, blocks: [] });
    expect(found.map(({ rules, reason }) => [rules, reason])).toEqual([[['schema/unindexed-foreign-key'], 'tiny']]);
  });
});

describe('what does not count', () => {
  test('without a reason', () => {
    const { suppressed, own } = judge('// migrate-lint-ignore schema/unindexed-foreign-key\n‹b Int›');
    expect(suppressed).toEqual([null]);
    expect(own).toEqual([
      'suppression/suppression-without-reason: The suppression of `schema/unindexed-foreign-key` has no reason and does not count; write `-- reason` behind it.',
    ]);
  });

  test('without the dashes, the rest of the line is no rule', () => {
    const { own } = judge('// migrate-lint-ignore schema/unindexed-foreign-key because it is tiny\n‹b Int›');
    expect(own).toHaveLength(1);
    expect(own[0]).toContain('has no reason');
  });

  test('past its day, which itself still counts', () => {
    const text = '// migrate-lint-ignore schema/unindexed-foreign-key -- tiny until 2026-06-15\n‹b Int›';
    expect(judge(text, { today: '2026-06-15' })).toMatchObject({ suppressed: ['tiny'], own: [] });
    const late = judge(text, { today: '2026-06-16' });
    expect(late.suppressed).toEqual([null]);
    expect(late.own).toEqual([
      'suppression/expired-suppression: The suppression of `schema/unindexed-foreign-key` ended on 2026-06-15 and no longer counts; mend the finding or set a new date.',
    ]);
  });

  test('with a day that does not exist', () => {
    const { suppressed, own } = judge(
      '// migrate-lint-ignore schema/unindexed-foreign-key -- tiny until 2026-02-30\n‹b Int›',
    );
    expect(suppressed).toEqual([null]);
    expect(own[0]).toContain('a day that does not exist');
  });

  test('`until` in the middle of a reason is part of it', () => {
    const { suppressed } = judge(
      '// migrate-lint-ignore schema/unindexed-foreign-key -- until 2020-01-01 it was big\n‹b Int›',
    );
    expect(suppressed).toEqual(['until 2020-01-01 it was big']);
  });
});

describe('unknown and unused', () => {
  test('an unknown rule is named with the nearest', () => {
    expect(judge('// migrate-lint-ignore schema/unindexed-foreign-keys -- tiny\nb Int').own).toEqual([
      'suppression/unknown-suppression: This suppression counts for nothing, because there is no rule `schema/unindexed-foreign-keys`; did you mean `schema/unindexed-foreign-key`?',
    ]);
    expect(judge('// migrate-lint-ignore redundant-index -- tiny\nb Int').own[0]).toContain(
      'did you mean `schema/redundant-index`?',
    );
  });

  test('a rule of a group that is not loaded is left alone, one of no group is not', () => {
    expect(judge('// migrate-lint-ignore drift/missing-table -- tiny\nb Int').own).toEqual([]);
    expect(judge('// migrate-lint-ignore drfit/missing-table -- tiny\nb Int').own).toHaveLength(1);
  });

  test('no rule at all', () => {
    expect(judge('// migrate-lint-ignore -- tiny\nb Int').own[0]).toContain('names no rule');
  });

  test('unused is said only when the rule ran', () => {
    const text = '// migrate-lint-ignore schema/unindexed-foreign-key, schema/redundant-index -- tiny\nb Int';
    expect(judge(text).own).toEqual([
      'suppression/unused-suppression: `schema/unindexed-foreign-key` finds nothing here any more; delete this suppression.',
    ]);
    expect(judge(text, { ran: [] }).own).toEqual([]);
  });

  test('the fingerprint does not move with the lines, and two of the same differ', () => {
    const one = '// migrate-lint-ignore schema/unindexed-foreign-key -- tiny\nb Int\n';
    const fingerprints = (text: string) => judge(text).all.map(finding => finding.fingerprint);
    expect(fingerprints(`\n\n\n${one}`)).toEqual(fingerprints(one));
    expect(new Set(fingerprints(one + one)).size).toBe(2);
  });
});

describe('the baseline', () => {
  test('takes what is in it, without a place too, and leaves what a comment has', () => {
    const without = judge('// migrate-lint-ignore schema/unindexed-foreign-key -- tiny\n‹b Int›\n‹c Int›');
    const baseline = new Map(without.all.map(finding => [finding.fingerprint, 'old']));
    const suppressed = judge('// migrate-lint-ignore schema/unindexed-foreign-key -- tiny\n‹b Int›\n‹c Int›', {
      baseline,
    });
    expect(suppressed.suppressed).toEqual(['tiny', 'old']);

    const placeless: Finding = { ...without.all[0]!, location: null, suppressed: null };
    const input = {
      files: new Map(),
      today: '2026-01-01',
      known: new Set<string>(),
      ran: new Set<string>(),
      report: () => undefined,
    };
    expect(judgeSuppressions({ ...input, findings: [placeless], baseline })[0]?.suppressed).toEqual({
      by: 'baseline',
      reason: 'old',
    });
    expect(judgeSuppressions({ ...input, findings: [placeless], baseline: new Map() })[0]?.suppressed).toBeNull();
  });

  test('a finding about a suppression can be in it', () => {
    const text = '// migrate-lint-ignore schema/unindexed-foreign-key\nb Int';
    const baseline = new Map(judge(text).all.map(finding => [finding.fingerprint, 'old']));
    expect(judge(text, { baseline }).all.map(finding => finding.suppressed)).toEqual([
      { by: 'baseline', reason: 'old' },
    ]);
  });
});

test('a megabyte of SQL in one literal is read', () => {
  const text = `INSERT INTO a VALUES ('${"x''y".repeat(400_000)}'); -- migrate-lint-ignore schema/unindexed-foreign-key -- tiny`;
  expect(suppressionsOf({ path: 'a', text, language: 'sql', blocks: [] })).toHaveLength(1);
});

describe('the examples in the docs', () => {
  const speaks = (rule: AnyRule, example: string) =>
    judge(example.replace('userId Int', '‹userId Int›')).own.some(finding => finding.startsWith(`${rule.id}: `));

  test.each(suppressionRules.map(each => [each.id, each] as const))('%s: bad and good', (_, each) => {
    expect([speaks(each, each.docs.bad), speaks(each, each.docs.good)]).toEqual([true, false]);
  });
});
