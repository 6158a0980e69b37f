import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import type { SourceFile } from '../facts/index.ts';
import type { Finding, Report } from '../report.ts';
import type { Level } from '../rule.ts';
import { reporters, type ReportContext, type ReporterName } from './index.ts';

const schema = `model Post {
  id       Int  @id
  author   User @relation(fields: [authorId], references: [id])
  authorId Int
}
`;
const files = new Map<string, SourceFile>([
  ['schema.prisma', { path: 'schema.prisma', text: schema, language: 'prisma', blocks: [] }],
]);
const context: ReportContext = { files, color: false, width: 100, failOn: 'high' };

const finding = (more: Partial<Finding> = {}): Finding => ({
  project: '.',
  rule: 'schema/unindexed-foreign-key',
  level: 'high',
  category: 'performance',
  subject: 'Post.author',
  message: 'No index covers `Post.authorId`, so that deleting a `User` reads all of `Post`.',
  location: { file: 'schema.prisma', line: 3, column: 3, endLine: 3, endColumn: 9 },
  related: [],
  fix: null,
  precheck: null,
  docs: 'docs/rules/schema/unindexed-foreign-key.md',
  fingerprint: '0123456789abcdef',
  suppressed: null,
  ...more,
});
const report = (more: Partial<Report> = {}): Report => ({
  version: 1,
  findings: [],
  checks: [],
  skipped: [],
  tenancy: null,
  scores: { overall: null, categories: {} },
  ...more,
});
const print = async (name: ReporterName, value: Report, more: Partial<ReportContext> = {}) =>
  (await reporters[name]())(value, { ...context, ...more });

const full = report({
  findings: [
    finding({
      fix: {
        title: 'Add the index',
        safety: 'safe',
        sql: 'CREATE INDEX "Post_authorId_idx"\n  ON "Post" ("authorId");',
        edits: [
          {
            location: { file: 'schema.prisma', line: 4, column: 15, endLine: 4, endColumn: 15 },
            text: '\n\n  @@index([authorId])',
          },
        ],
      },
      related: [
        {
          message: 'The key is made here',
          location: { file: 'm/1/migration.sql', line: 7, column: 1, endLine: 7, endColumn: 9 },
        },
      ],
    }),
    finding({
      rule: 'drift/missing-table',
      level: 'critical',
      subject: 'posts',
      message: '`posts` is missing.',
      location: null,
    }),
    finding({ rule: 'schema/redundant-index', level: 'low', suppressed: { by: 'comment', reason: 'tiny' } }),
  ],
  checks: [
    { rule: 'drift/missing-table', subjects: 4, findings: 1 },
    { rule: 'schema/nullable-unique', subjects: 0, findings: 0 },
    { rule: 'schema/redundant-index', subjects: 12, findings: 1 },
    { rule: 'schema/unindexed-foreign-key', subjects: 25, findings: 1 },
  ],
  skipped: [{ rule: 'history/replay-failure', reason: 'The extension `postgis` is not here; give `--shadow-url`.' }],
  tenancy: {
    tenant: 'Space',
    inferred: true,
    paths: [
      { model: 'Space', path: [] },
      { model: 'Item', path: ['order', 'space'] },
      { model: 'Currency\u001b[31m', path: null },
    ],
  },
  scores: { overall: 61, categories: { performance: 61 } },
});

const migrationFile = 'prisma/migrations/2/migration.sql';
const migration = 'ALTER TABLE "Post"\n  ADD "a" serial;\nCREATE INDEX CONCURRENTLY "i" ON audit.log (at);\n';
const migrationFiles: ReportContext['files'] = new Map([
  [migrationFile, { path: migrationFile, text: migration, language: 'sql', blocks: [] }],
]);
const locks: Report['locks'] = [
  {
    statement: '2#1',
    location: { file: migrationFile, line: 1, column: 1, endLine: 2, endColumn: 17 },
    table: 'Post',
    index: null,
    mode: 'ACCESS EXCLUSIVE',
    rewrite: true,
    blocks: 'reads and writes',
    source: 'measured',
  },
  {
    statement: '2#2',
    location: { file: migrationFile, line: 3, column: 1, endLine: 3, endColumn: 50 },
    table: 'audit.log\u001b[2J',
    index: null,
    mode: 'SHARE UPDATE EXCLUSIVE',
    rewrite: false,
    blocks: 'nothing much',
    source: 'known',
  },
  {
    statement: '3#1',
    location: { file: 'prisma/migrations/3/migration.sql', line: 1, column: 1, endLine: 1, endColumn: 9 },
    table: 'Post',
    index: 'p',
    mode: 'ACCESS EXCLUSIVE',
    rewrite: false,
    blocks: 'reads and writes',
    source: 'measured',
  },
];

describe('pretty', () => {
  test('tells many rules that found nothing by their groups', async () => {
    const checks = ['schema', 'drift'].flatMap(group =>
      Array.from({ length: 20 }, (_, at) => ({ rule: `${group}/rule-${String(at)}`, subjects: 3, findings: 0 })),
    );
    expect(await print('pretty', report({ checks }))).toContain(`Verified 40 rules on 120 subjects without a finding
  20 rules of schema/ (60), 20 rules of drift/ (60)
`);
  });

  test('has groups by level, code frames, fixes, related places, and says what was not verified and what was', async () => {
    expect(await print('pretty', full)).toBe(`critical  drift/missing-table  1 finding in 4 checked

  posts
  \`posts\` is missing.

high  schema/unindexed-foreign-key  1 finding in 25 checked

  schema.prisma:3:3
  No index covers \`Post.authorId\`, so that deleting a \`User\` reads all of \`Post\`.
      2 |   id       Int  @id
    > 3 |   author   User @relation(fields: [authorId], references: [id])
        |   ^^^^^^
      4 |   authorId Int
    m/1/migration.sql:7:1  The key is made here
    fix: Add the index
      + @@index([authorId])
      CREATE INDEX "Post_authorId_idx"
        ON "Post" ("authorId");

Not verified
  The extension \`postgis\` is not here; give \`--shadow-url\`.
    history/replay-failure

Tenant \`Space\`, as inferred from the relations; name it with \`tenant\` in the config
  1 model leads to it
    Item (order → space)
  1 model without a required way to it
    Currency\\x1b[31m

Verified 1 rule on 12 subjects without a finding
  schema/redundant-index (12)

\`npx migrate-lint explain <rule>\` says why a rule matters and what to do.

✖ 1 critical, 1 high in 1 file; 1 rule not verified; 1 suppressed; score 61
`);
  });

  test('forty findings of one rule stay readable', async () => {
    const findings = Array.from({ length: 40 }, (_, index) => finding({ subject: `Post.author${String(index)}` }));
    const text = await print('pretty', report({ findings }));
    expect(text.match(/\^{3,}/g)).toHaveLength(3);
    expect(text.match(/schema\.prisma:3:3/g)).toHaveLength(13);
    expect(text).toContain('and 27 more (--format json lists them all)');
    expect(text.split('\n').length).toBeLessThan(45);
  });

  test('of a long place shows the start, of a long line the part around the place', async () => {
    const text = `${'a'.repeat(5000)}HERE${'b'.repeat(5000)}\n${'line\n'.repeat(100)}`;
    const long = new Map([['x.sql', { path: 'x.sql', text, language: 'sql' as const, blocks: [] }]]);
    const location = { file: 'x.sql', line: 1, column: 5001, endLine: 1, endColumn: 5005 };
    const narrow = await print('pretty', report({ findings: [finding({ location })] }), { files: long, width: 60 });
    expect(narrow).toMatch(/> 1 \| a{9}HEREb+\n\s+\|\s{10}\^\^\^\^\n/);
    expect(
      Math.max(
        ...narrow
          .split('\n')
          .slice(3)
          .map(line => line.length),
      ),
    ).toBeLessThanOrEqual(90);
    const whole = await print(
      'pretty',
      report({ findings: [finding({ location: { ...location, column: 1, endLine: 90, endColumn: 2 } })] }),
      { files: long, width: 60 },
    );
    expect(whole.split('\n').length).toBeLessThan(14);
  });

  test('numbers the lines of a place far down', async () => {
    const far = new Map([
      ['x', { path: 'x', text: `${'\n'.repeat(98)}one\ntwo\n`, language: 'sql' as const, blocks: [] }],
    ]);
    const location = { file: 'x', line: 100, column: 1, endLine: 100, endColumn: 4 };
    const text = await print('pretty', report({ findings: [finding({ location })] }), { files: far });
    expect(text).toContain('\n       99 | one\n    > 100 | two\n          | ^^^\n');
  });

  test('a project each has its heading only when there are several', async () => {
    const several = report({ findings: [finding({ project: 'b' }), finding({ project: 'a' })] });
    const text = await print('pretty', several);
    expect(text.startsWith('a\n\nhigh')).toBe(true);
    expect(text).toContain('\n\nb\n\nhigh');
  });

  test.each([
    [[], [], '✔ No findings'],
    [['medium'], [], '⚠ 1 medium in 1 file'],
    [['high', 'low', 'high'], [], '✖ 2 high, 1 low in 1 file'],
    [[], ['a/b'], '⚠ No findings; 1 rule not verified'],
  ] as [Level[], string[], string][])('ends with one line: %j %j', async (levels, skipped, last) => {
    const value = report({
      findings: levels.map(level => finding({ level })),
      skipped: skipped.map(rule => ({ rule, reason: 'It cannot.' })),
    });
    expect((await print('pretty', value)).trimEnd().split('\n').at(-1)).toBe(last);
  });

  test('shows what is locked behind all else, one row a lock, and fits it into the width', async () => {
    const text = await print('pretty', report({ locks }), { files: migrationFiles, width: 100 });
    expect(text.slice(text.indexOf('Locks'))).toBe(`Locks

  prisma/migrations/2/migration.sql
  statement              lock                            table             rewrite  blocks
  1: ALTER TABLE "Post…  ACCESS EXCLUSIVE                Post              yes      reads and writes
  3: CREATE INDEX CONC…  SHARE UPDATE EXCLUSIVE (known)  audit.log\\x1b[2J  no       nothing much

  prisma/migrations/3/migration.sql
  statement              lock                            table             rewrite  blocks
  3#1                    ACCESS EXCLUSIVE                Post (index p)    no       reads and writes

  Measured on empty tables: for how long a lock is held depends on the rows of yours.
`);
    const lines = text.split('\n').filter(line => !line.includes('Measured'));
    expect(Math.max(...lines.map(line => line.length))).toBeLessThanOrEqual(100);
    expect(await print('pretty', report({ locks: [] }))).toContain('no statement locks a table');
    expect(await print('pretty', report())).not.toContain('Locks');
  });

  test('tells of the queries only where there are any', async () => {
    const asked = report({ findings: [finding({ precheck: 'SELECT 1' }), finding()] });
    expect(await print('pretty', asked)).toContain('`npx migrate-lint --prechecks` writes the queries');
    expect(await print('pretty', full)).not.toContain('--prechecks');
  });

  test('has colours only when told so', async () => {
    const escape = String.fromCharCode(27);
    expect(await print('pretty', full, { color: true })).toContain(`${escape}[`);
    expect(await print('pretty', full)).not.toContain(escape);
  });
});

describe('hostile names', () => {
  const text = fc.string({
    unit: fc.oneof(
      fc.constantFrom('\n', '\r', '\u001b[2J', '\u009b', '\u202e', '%', '%0A', '::error::', '`', ',', ':'),
      fc.string({ maxLength: 3 }),
    ),
  });
  const evil = fc
    .record({ message: text, subject: text, file: text, title: text, source: text })
    .map(({ message, subject, file, title, source }) => ({
      value: report({
        findings: [
          finding({
            message,
            subject,
            location: { file, line: 1, column: 1, endLine: 1, endColumn: 2 },
            related: [{ message, location: { file, line: 1, column: 1, endLine: 1, endColumn: 1 } }],
            fix: {
              title,
              safety: 'safe',
              sql: source,
              edits: [{ location: { file, line: 1, column: 1, endLine: 1, endColumn: 1 }, text: title }],
            },
          }),
          finding({ location: null, subject, message }),
        ],
        skipped: [{ rule: 'a/b', reason: message }],
        locks: [
          {
            statement: subject,
            location: { file, line: 1, column: 1, endLine: 9, endColumn: 1 },
            table: subject,
            index: title,
            mode: 'SHARE',
            rewrite: false,
            blocks: 'writes',
            source: 'measured',
          },
        ],
      }),
      files: new Map([[file, { path: file, text: source, language: 'sql' as const, blocks: [] }]]),
    }));

  test('neither move the cursor nor make lines at the margin', async () => {
    const pretty = await reporters.pretty();
    fc.assert(
      fc.property(evil, ({ value, files: some }) => {
        const lines = pretty(value, { ...context, files: some }).split('\n');
        expect(lines.filter(line => /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u.test(line))).toEqual([]);
        expect(lines.filter(line => /^\S/.test(line)).length).toBe(5);
      }),
    );
  });

  test('make no workflow command of their own', async () => {
    const github = await reporters.github();
    fc.assert(
      fc.property(evil, ({ value }) => {
        const lines = github(value, context).trimEnd().split('\n');
        expect(lines).toHaveLength(4);
        expect(lines.slice(0, 3).map(line => /^::(\w+) /.exec(line)?.[1])).toEqual(['error', 'error', 'warning']);
        const properties = /^::error (.*?)::/.exec(lines[0] ?? '')?.[1]?.split(',') ?? [];
        expect(properties.map(each => each.split('=')[0])).toEqual([
          'file',
          'line',
          'endLine',
          'col',
          'endColumn',
          'title',
        ]);
        expect(lines.join('')).not.toMatch(/\r/);
      }),
    );
  });
});

describe('github', () => {
  test('writes a command for each finding that counts, and a summary', async () => {
    expect(await print('github', full)).toBe(
      [
        '::error file=schema.prisma,line=3,endLine=3,col=3,endColumn=9,title=high%3A schema/unindexed-foreign-key::No index covers `Post.authorId`, so that deleting a `User` reads all of `Post`.%0Am/1/migration.sql:7: The key is made here%0AFix: Add the index%0AWhy: npx migrate-lint explain schema/unindexed-foreign-key',
        '::error title=critical%3A drift/missing-table::`posts` is missing.%0AWhy: npx migrate-lint explain drift/missing-table',
        '::warning title=not verified%3A history/replay-failure::The extension `postgis` is not here; give `--shadow-url`.',
        '✖ 1 critical, 1 high in 1 file; 1 rule not verified; 1 suppressed; score 61',
        '',
      ].join('\n'),
    );
  });

  test('has a command for each level', async () => {
    const value = report({
      findings: (['critical', 'high', 'medium', 'low'] as const).map(level => finding({ level })),
    });
    expect((await print('github', value)).match(/^::\w+/gm)).toEqual(['::error', '::error', '::warning', '::notice']);
  });

  test('escapes', async () => {
    const location = { file: 'a,b:c%.prisma', line: 1, column: 1, endLine: 2, endColumn: 1 };
    const text = await print('github', report({ findings: [finding({ location, message: '100% of\nit' })] }));
    expect(text).toContain('file=a%2Cb%3Ac%25.prisma,line=1,endLine=2,col=1,title=');
    expect(text).toContain('::100%25 of\\nit%0A');
  });
});

describe('json', () => {
  test('is the report, and what the schema in the docs says', async () => {
    const text = await print('json', full);
    expect(text.endsWith('}\n')).toBe(true);
    expect(JSON.parse(text)).toEqual(full);
    const contract = JSON.parse(
      await readFile(new URL('../../../../docs/report.schema.json', import.meta.url), 'utf8'),
    ) as object;
    const validate = new Ajv2020({ allErrors: true }).compile(contract);
    const asked = report({ locks, findings: [finding({ precheck: 'SELECT 1' })] });
    for (const value of [full, report(), asked]) {
      validate(JSON.parse(await print('json', value)));
      expect(validate.errors).toBeNull();
    }
    expect(validate({ ...full, version: 2 })).toBe(false);
    expect(validate({ ...full, extra: 1 })).toBe(false);
    expect(validate({ ...full, findings: [{ ...full.findings[0], location: undefined }] })).toBe(false);
  });
});
