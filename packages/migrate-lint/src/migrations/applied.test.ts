import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { audit } from '@migrate-lint/core';
import { gitTesting, migrations, type Repository } from '../../test/git-testing.ts';
import { sources } from '../sources.ts';
import { appliedMigrations, hasChecksum, type Applied } from './applied.ts';

const { repository } = gitTesting();

type Changes = Partial<ReturnType<Repository['project']>>;

/** The reasons by name. */
async function reasons(of: Pick<Repository, 'project'>, more: Changes = {}) {
  return Object.fromEntries((await applied(of, more))?.reasons ?? []);
}

/** In a context as the audit makes it. */
async function applied({ project }: Pick<Repository, 'project'>, more: Changes) {
  let found: Applied | undefined;
  const { fact } = await audit({
    rules: [],
    // Any fact serves to get hold of a context.
    sources: { ...sources, looseSql: async context => ((found = await appliedMigrations(context)), { files: [] }) },
    project: project(more),
    settings: { level: () => 'off', enabled: () => true, options: () => undefined, baseline: new Map() },
    today: '2026-01-01',
  });
  await fact('looseSql');
  return found;
}

async function branched(): Promise<Repository> {
  const made = await repository();
  await made.write(migrations({ '1_init': 'SELECT 1;' }));
  made.commit();
  made.git('switch', '--quiet', '--create', 'feature');
  await made.write(migrations({ '2_next': 'SELECT 2;' }));
  return made;
}

describe('what is applied', () => {
  test('is what the base has, edited since or not, and what was merged of this work since', async () => {
    const { write, git, commit, project } = await branched();
    await write(migrations({ '1_init': 'SELECT 3;' }));
    expect(await reasons({ project })).toEqual({ '1_init': '`main` has it.' });
    commit();
    git('switch', '--quiet', 'main');
    await write(migrations({ '2_next': 'SELECT 2;' }));
    commit();
    git('switch', '--quiet', 'feature');
    expect(await reasons({ project })).toEqual({ '1_init': '`main` has it.', '2_next': '`main` has it.' });
  });

  test('is nothing where there is no branch to ask', async () => {
    const { project } = await branched();
    const nothing = { reasons: new Map(), unknown: undefined };
    expect(await applied({ project }, { since: false })).toEqual(nothing);
    const elsewhere = { cwd: '/', schemaPath: '/schema.prisma', migrationsPath: undefined };
    expect(await applied({ project }, elsewhere)).toEqual(nothing);
  });

  test('is unknown where git cannot tell', async () => {
    const { project } = await branched();
    process.env.PATH = '/nowhere';
    const { reasons: known, unknown } = (await applied({ project }, {})) ?? {};
    expect(known).toEqual(new Map());
    expect(unknown).toMatch(/^Which migrations are applied is not known, because git cannot be asked/);
  });

  test('goes by git where the database does not answer', async () => {
    const { project } = await branched();
    const url = 'postgresql://nobody@127.0.0.1:1/none';
    expect(await reasons({ project }, { url })).toEqual({ '1_init': '`main` has it.' });
  });

  test('is wrong usage where the ref is not there', async () => {
    await expect(reasons(await branched(), { since: 'nope' })).rejects.toMatchObject({ name: 'UsageError' });
  });
});

describe('a checksum', () => {
  const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

  test.each([
    ['as it ran', 'a\r\nb\n', 'a\r\nb\n'],
    ['run on Unix, read on Windows', 'a\nb\n', 'a\r\nb\r\n'],
    ['run on Windows, read on Unix', 'a\r\nb\r\n', 'a\nb\n'],
    ['with a byte order mark', '\uFEFFä', '\uFEFFä'],
    ['of nothing', '', ''],
  ])('matches %s', (_what, ran, text) => {
    expect(hasChecksum(text, sha256(ran))).toBe(true);
  });

  test('matches as the first versions of the engine wrote it, without zeros', () => {
    const text = Array.from({ length: 50 }, (_, at) => `SELECT ${String(at)};`).find(each =>
      /^(?:..)*0/.test(sha256(each)),
    );
    const old = (sha256(text ?? '').match(/../g) ?? []).map(byte => byte.replace(/^0/, '')).join('');
    expect(old.length).toBeLessThan(64);
    expect(hasChecksum(text ?? '', old)).toBe(true);
  });

  test.each(['SELECT 2;', 'SELECT 1; ', '\uFEFFSELECT 1;'])('does not match %j', text => {
    expect(hasChecksum(text, sha256('SELECT 1;'))).toBe(false);
  });
});
