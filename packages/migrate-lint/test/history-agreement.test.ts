import { afterEach, describe, expect, test } from '@jest/globals';
import type { AnyRule } from '@migrate-lint/core';
import { testRule } from '@migrate-lint/core/testing';
import { migrationRows } from '../src/migrations/migrations-table.ts';
import deletedMigration from '../src/rules/history/deleted-migration.ts';
import editedMigration from '../src/rules/history/edited-migration.ts';
import failedOrPending from '../src/rules/history/failed-or-pending.ts';
import outOfOrder from '../src/rules/history/out-of-order.ts';
import { appliedFacts } from './applied-testing.ts';
import { startHistoryOracle, type History, type HistoryOracle } from './history-oracle.ts';

// Prisma's own engine deploys and judges here; what the docs of these rules say of it is tried.
let oracle: HistoryOracle | undefined;

afterEach(async () => {
  await oracle?.database.close();
  oracle = undefined;
});

async function start(): Promise<HistoryOracle> {
  oracle = await startHistoryOracle();
  return oracle;
}

/** The subjects of which a rule speaks, from the table that Prisma wrote. */
async function subjects(rule: AnyRule, { database }: HistoryOracle, here: History): Promise<readonly string[]> {
  const rows = (await migrationRows(database, 'public')) ?? null;
  return testRule(rule, { facts: appliedFacts({ here, rows }) }).map(({ subject }) => subject);
}

const first = { '1_a': 'CREATE TABLE a (id int);\n' };
const both = { ...first, '2_b': 'CREATE TABLE b (id int);\r\nSELECT 1;\r\n' };

test('an edited migration, line ends aside', async () => {
  const on = await start();
  expect(await on.deploy(both)).toEqual(['1_a', '2_b']);
  const texts = [
    { ...both },
    { '1_a': both['1_a'].replaceAll('\n', '\r\n'), '2_b': both['2_b'].replaceAll('\r\n', '\n') },
    { '1_a': `${both['1_a']}-- more\n`, '2_b': both['2_b'] },
    { '1_a': both['1_a'].trim(), '2_b': `\uFEFF${both['2_b']}` },
    { '1_a': '', '2_b': 'SELECT 1;' },
  ];
  const verdicts = [];
  for (const text of texts) {
    const { editedMigrationNames } = await on.diagnose(text);
    expect(await subjects(editedMigration, on, text)).toEqual(editedMigrationNames);
    verdicts.push(editedMigrationNames);
  }
  expect(verdicts).toEqual([[], [], ['1_a'], ['1_a', '2_b'], ['1_a', '2_b']]);
  // A deploy does not look.
  expect(await on.deploy({ '1_a': '', '2_b': '', '3_c': 'SELECT 1;' })).toEqual(['3_c']);
});

describe('what is failed or pending', () => {
  test('stops every deploy until it is resolved', async () => {
    const on = await start();
    expect((await on.diagnose(both)).history).toMatchObject({ unappliedMigrationNames: ['1_a', '2_b'] });
    expect(await subjects(failedOrPending, on, both)).toEqual(['1_a']);
    const broken = { ...first, '2_b': 'SELECT 1/0;', '3_c': 'SELECT 1;' };
    await expect(on.deploy(broken)).rejects.toThrow();
    expect(await on.diagnose(broken)).toMatchObject({ failedMigrationNames: ['2_b'], hasMigrationsTable: true });
    expect(await subjects(failedOrPending, on, broken)).toEqual(['2_b', '3_c']);
    const mended = { ...broken, '2_b': 'SELECT 1;' };
    await expect(on.deploy(mended)).rejects.toMatchObject({ code: 'P3009' });
    await on.database.execute("UPDATE _prisma_migrations SET rolled_back_at = now() WHERE migration_name = '2_b'");
    expect(await on.deploy(mended)).toEqual(['2_b', '3_c']);
    expect(await on.diagnose(mended)).toMatchObject({ failedMigrationNames: [], editedMigrationNames: [] });
    expect(await subjects(failedOrPending, on, mended)).toEqual([]);
    expect(await subjects(editedMigration, on, mended)).toEqual([]);
    // A second row does not make the first one better.
    await on.database.execute('UPDATE _prisma_migrations SET rolled_back_at = NULL');
    expect(await subjects(failedOrPending, on, mended)).toEqual(['2_b']);
    await expect(on.deploy(mended)).rejects.toMatchObject({ code: 'P3009' });
  });
});

test('a deleted migration is unknown to Prisma, and a deploy passes; a renamed one runs again', async () => {
  const on = await start();
  await on.deploy(both);
  expect((await on.diagnose(first)).history).toMatchObject({ unpersistedMigrationNames: ['2_b'] });
  expect(await subjects(deletedMigration, on, first)).toEqual(['2_b']);
  expect(await on.deploy(first)).toEqual([]);
  const renamed = { ...first, '3_b': both['2_b'] };
  expect(await subjects(deletedMigration, on, renamed)).toEqual(['2_b']);
  await expect(on.deploy(renamed)).rejects.toThrow();
});

test('a migration that sorts before one that is applied runs after it', async () => {
  const on = await start();
  await on.deploy({ '1_a': 'SELECT 1;', '3_c': 'SELECT 3;' });
  const late = { '1_a': 'SELECT 1;', '2_b': 'SELECT 2;', '3_c': 'SELECT 3;' };
  expect(await subjects(outOfOrder, on, late)).toEqual(['2_b']);
  expect(await on.deploy(late)).toEqual(['2_b']);
  expect((await on.diagnose(late)).history).toBeNull();
});
