import { afterAll, expect, test } from '@jest/globals';
import { openEmbedded } from '../database/embedded.ts';
import { migrationRows } from './migrations-table.ts';

const database = await openEmbedded([]);

afterAll(() => database.close());

/** As Prisma makes it. */
const table = (schema: string): string => `CREATE TABLE ${schema}._prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ, migration_name VARCHAR(255) NOT NULL,
  logs TEXT, rolled_back_at TIMESTAMPTZ, started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0
);`;

test('is undefined where there is no table', async () => {
  expect(await migrationRows(database, 'public')).toBeUndefined();
  expect(await migrationRows(database, 'no "such"\' schema.')).toBeUndefined();
});

test('has the state of each run, in the order in which they started', async () => {
  await database.execute(`${table('public')}
    INSERT INTO public._prisma_migrations (id, checksum, migration_name, started_at, finished_at, rolled_back_at, logs) VALUES
      ('4', 'd', '3_c', '2026-01-04', NULL, NULL, 'ERROR: …'),
      ('1', 'a', '1_a', '2026-01-01', '2026-01-01', NULL, NULL),
      ('2', 'b', '2_b', '2026-01-02', NULL, '2026-01-03', 'ERROR: …'),
      ('3', 'c', '2_b', '2026-01-03', '2026-01-03', NULL, NULL),
      ('5', 'e', '4_d', '2026-01-05', '2026-01-05', '2026-01-06', NULL);`);
  expect(await migrationRows(database, 'public')).toEqual([
    { name: '1_a', checksum: 'a', state: 'applied' },
    { name: '2_b', checksum: 'b', state: 'rolled back' },
    { name: '2_b', checksum: 'c', state: 'applied' },
    { name: '3_c', checksum: 'd', state: 'failed' },
    { name: '4_d', checksum: 'e', state: 'rolled back' },
  ]);
});

test('looks in the schema that is asked for', async () => {
  await database.execute(`CREATE SCHEMA "Odd ""name"; ${table('"Odd ""name"')}`);
  expect(await migrationRows(database, 'Odd "name')).toEqual([]);
});

test('is not verified where the role may not read it', async () => {
  await database.execute('CREATE ROLE reader; SET ROLE reader');
  await expect(migrationRows(database, 'public')).rejects.toMatchObject({
    name: 'FactUnavailable',
    message: expect.stringMatching(
      /^What is applied in the database could not be read \(permission denied .*\): give the role/,
    ),
  });
  await database.execute('RESET ROLE');
});
