import { describe, expect, test } from '@jest/globals';
import { comment, sqlFix, type Phase } from './edits.ts';
import { migrationFor as scriptsFor, migrationName, nameMigrations, type Mendable } from './write-migration.ts';

const migrationFor = (findings: readonly Mendable[]): readonly string[] => scriptsFor(findings).map(({ sql }) => sql);

const finding = (
  rule: string,
  subject: string,
  steps: readonly (readonly [Phase, string])[],
  unsafe = false,
): Mendable => ({
  rule,
  subject,
  fix: sqlFix(
    `Mend ${subject}`,
    unsafe ? 'unsafe' : 'safe',
    steps.map(([phase, sql]) => ({ phase, sql })),
  ),
});

describe('migrationFor', () => {
  test('nothing to mend is no migration', () => {
    expect(migrationFor([])).toEqual([]);
    expect(
      migrationFor([{ rule: 'drift/unmanaged-object', subject: 'v', fix: { title: 'List it', safety: 'safe' } }]),
    ).toEqual([]);
  });

  test('orders statements by phase, names the finding above them and the danger of unsafe ones', () => {
    expect(
      migrationFor([
        finding('drift/missing-foreign-key', 'a.fk', [['add foreign key', 'ADD FK;']]),
        finding(
          'drift/extra-table',
          'old',
          [
            ['drop foreign key', 'DROP FK;'],
            ['drop table', 'DROP TABLE;'],
          ],
          true,
        ),
        finding('drift/missing-table', 'a', [
          ['create table', 'CREATE TABLE;'],
          ['create index', 'CREATE INDEX;'],
        ]),
      ]),
    ).toEqual([
      `-- Written by migrate-lint: what mends these findings. Read it before you apply it.

-- drift/extra-table: old
-- UNSAFE, look before you run it: Mend old
DROP FK;

-- drift/missing-table: a
CREATE TABLE;

-- drift/extra-table: old
-- UNSAFE, look before you run it: Mend old
DROP TABLE;

-- drift/missing-table: a
CREATE INDEX;

-- drift/missing-foreign-key: a.fk
ADD FK;
`,
    ]);
  });

  test('a statement that two fixes need runs once', () => {
    const shared = ['drop foreign key', 'DROP FK;'] as const;
    const [sql = ''] = migrationFor([
      finding('drift/type-change', 'a.id', [shared, ['change type', 'TYPE a;']]),
      finding('drift/type-change', 'b.id', [shared, ['change type', 'TYPE b;']]),
    ]);
    expect(sql.match(/DROP FK;/g)).toHaveLength(1);
    expect(sql).toContain('TYPE b;');
  });

  test('an enum value that another statement uses comes in a migration of its own, one that none uses does not', () => {
    const value = finding('drift/missing-enum-value', 'Role.ADMIN', [
      ['add enum value', `ALTER TYPE "Role" ADD VALUE 'ADMIN';`],
    ]);
    const other = finding('drift/missing-index', 'a.i', [['create index', 'CREATE INDEX;']]);
    const byDefault = finding('drift/default-change', 'a.role', [
      ['change default', `ALTER TABLE "a" ALTER COLUMN "r" SET DEFAULT 'ADMIN'::"Role";`],
    ]);
    expect(migrationFor([value, other])).toHaveLength(1);
    expect(migrationFor([value])).toHaveLength(1);
    const [first = '', second = '', ...more] = migrationFor([other, byDefault, value]);
    expect(more).toEqual([]);
    expect(first).toContain('ADD VALUE');
    expect(first).not.toContain('SET DEFAULT');
    expect(second).toContain('SET DEFAULT');
    expect(second).not.toContain('ADD VALUE');
  });

  test('a constraint is validated in a migration of its own, and the plain SQL of a rule of the schema is taken', () => {
    const sql = `-- Fails while this finds rows: SELECT 1
ALTER TABLE "a" ADD CONSTRAINT "c" CHECK (x > 0) NOT VALID;
ALTER TABLE "a" VALIDATE CONSTRAINT "c";`;
    const plain: Mendable = {
      rule: 'schema/exclusive-owner',
      subject: 'A',
      fix: { title: 'Check it', safety: 'unsafe', sql },
    };
    const scripts = scriptsFor([plain, finding('drift/missing-index', 'a.i', [['create index', 'CREATE INDEX;']])]);
    expect(scripts.map(({ suffix }) => suffix)).toEqual(['', '_validate']);
    expect(scripts[0]?.sql).toContain('CREATE INDEX;');
    expect(scripts[0]?.sql).toContain('NOT VALID;');
    expect(scripts[0]?.sql).not.toContain('VALIDATE');
    expect(scripts[1]?.sql).toContain('-- schema/exclusive-owner: A');
    expect(scripts[1]?.sql).toContain('ALTER TABLE "a" VALIDATE CONSTRAINT "c";');
  });

  test('what is done CONCURRENTLY has a migration of its own, in the order of the findings, and what needs it comes behind', () => {
    const plain = (subject: string, sql: string): Mendable => ({
      rule: 'migration/blocking-index',
      subject,
      fix: { title: 'Move it', safety: 'unsafe', sql },
    });
    const scripts = scriptsFor([
      plain('1', 'CREATE INDEX CONCURRENTLY "a_b_idx" ON "a"("b");'),
      finding('migration/blocking-index-drop', '2', [['drop index', 'DROP INDEX CONCURRENTLY "old";']]),
      plain(
        '3',
        `-- Fails while this finds rows: SELECT 1
CREATE UNIQUE INDEX CONCURRENTLY "u"
  ON "a"("c");
ALTER TABLE "a" ADD CONSTRAINT "u" UNIQUE USING INDEX "u";
ALTER TABLE "a" VALIDATE CONSTRAINT "c";`,
      ),
      plain('4', 'CREATE INDEX "concurrently" ON "a"("x");'),
    ]);
    const statements = scripts.map(({ suffix, sql }) => [suffix, sql.replace(/^--.*\n|^\n/gm, '').trimEnd()]);
    expect(statements).toEqual([
      ['', 'CREATE INDEX "concurrently" ON "a"("x");'],
      ['_concurrently', 'CREATE INDEX CONCURRENTLY "a_b_idx" ON "a"("b");'],
      ['_concurrently', 'DROP INDEX CONCURRENTLY "old";'],
      ['_concurrently', 'CREATE UNIQUE INDEX CONCURRENTLY "u"\n  ON "a"("c");'],
      ['_behind_indexes', 'ALTER TABLE "a" ADD CONSTRAINT "u" UNIQUE USING INDEX "u";'],
      ['_validate', 'ALTER TABLE "a" VALIDATE CONSTRAINT "c";'],
    ]);
    expect(scripts[3]?.sql).toContain('-- Fails while this finds rows');
    expect(scripts.every(({ sql }) => sql.includes('-- migration/blocking-index'))).toBe(true);
    const names = nameMigrations(scripts, 'fix', new Date('2026-11-20T19:30:00Z'), ['0_init']).map(({ name }) => name);
    expect([...new Set(names)].sort()).toEqual(names);
  });

  test('a step that says itself that it validates keeps its statements together', () => {
    const sql = `ALTER TABLE "a" VALIDATE CONSTRAINT "n";
ALTER TABLE "a" ALTER COLUMN "b" SET NOT NULL;
ALTER TABLE "a" DROP CONSTRAINT "n";`;
    const [main = '', last = '', ...more] = migrationFor([
      finding('migration/set-not-null', 'a', [
        ['protect', 'ALTER TABLE "a" ADD CONSTRAINT "n" CHECK ("b" IS NOT NULL) NOT VALID;'],
        ['validate', sql],
      ]),
    ]);
    expect(more).toEqual([]);
    expect(main).toContain('NOT VALID;');
    expect(last).toContain(sql);
  });

  test.each([
    ['DROP INDEX CONCURRENTLY IF EXISTS "x";', true],
    ['REINDEX (VERBOSE) INDEX CONCURRENTLY "x";', true],
    ['ALTER TABLE "p" DETACH PARTITION "c" CONCURRENTLY;', true],
    ['VACUUM "a";', true],
    ['CREATE -- why; so\n  INDEX /* ; */ CONCURRENTLY "x;" ON "a"("b") WHERE "c" = \';\'; -- done', true],
    ['REFRESH MATERIALIZED VIEW CONCURRENTLY "m";', false],
    ['ALTER TABLE "p" DETACH PARTITION "concurrently";', false],
    [`COMMENT ON TABLE "a" IS 'CREATE INDEX CONCURRENTLY';`, false],
  ])('%s alone: %s', (sql, alone) => {
    const scripts = scriptsFor([finding('migration/x', 'a', [['protect', sql]])]);
    expect(scripts.map(({ suffix }) => suffix)).toEqual([alone ? '_concurrently' : '']);
  });

  test('a name with line breaks cannot leave its comment', () => {
    const [sql = ''] = migrationFor([
      finding('drift/extra-table', 'x\r\nDROP SCHEMA public;\u2028\u001b[31m', [['drop table', 'DROP TABLE;']], true),
    ]);
    expect(sql.split('\n').filter(line => !line.startsWith('--') && line !== '')).toEqual(['DROP TABLE;']);
    expect(sql).not.toMatch(/[\r\u2028\u001b]/);
    expect(comment('a\u0085b')).toBe('-- a b');
  });
});

describe('migrationName', () => {
  const now = new Date('2026-11-20T19:30:00Z');

  test('is the time and the name in words that a folder can hold', () => {
    expect(migrationName(now, 'Fix drift!', ['20250101000000_init'])).toBe('20261120193000_fix_drift');
    expect(migrationName(now, '../../etc/Ünïcode', [])).toBe('20261120193000_etc_unicode');
    expect(migrationName(now, '///', [])).toBe('20261120193000_migration');
  });

  test('sorts behind every folder, whatever it is called', () => {
    for (const existing of [
      ['20990101000000_future'],
      ['0_init', '3000_x'],
      ['9999_x'],
      ['20261120193000_zzz'],
      ['zzz_init'],
      ['20261120193000_fix'],
    ]) {
      const name = migrationName(now, 'fix', existing);
      expect([...existing, name].sort().at(-1)).toBe(name);
      expect(existing).not.toContain(name);
    }
  });

  test('two scripts become two folders in order', () => {
    const scripts = [
      { suffix: '_enum_values', sql: 'values' },
      { suffix: '', sql: 'rest' },
    ];
    const written = nameMigrations(scripts, 'fix drift', now, ['0_init']);
    expect(written).toEqual([
      { name: '20261120193000_fix_drift_enum_values', sql: 'values' },
      { name: '20261120193001_fix_drift', sql: 'rest' },
    ]);
    expect(nameMigrations([{ suffix: '', sql: 'one' }], 'fix', now, [])).toEqual([
      { name: '20261120193000_fix', sql: 'one' },
    ]);
  });
});
