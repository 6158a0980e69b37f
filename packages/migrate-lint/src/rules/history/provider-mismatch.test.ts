import { expect, test } from '@jest/globals';
import { sayOf } from '../../../test/history-testing.ts';
import rule from './provider-mismatch.ts';

const migrations = { '1_a': 'SELECT 1;' };
const schemaFor = (provider: string): string =>
  `model A {\n  id Int @id\n}\ndatasource db {\n  provider = "${provider}"\n}\n`;

test.each([
  ['postgresql', 'provider = "postgresql"'],
  ['postgres', 'provider = "postgresql"'],
  ['postgresql', 'provider = "postgres"'],
  ['mysql', 'provider = "mysql"'],
  ['postgresql', '# nothing'],
])('is silent for %s with %s', async (provider, lockFile) => {
  expect(await sayOf(rule, migrations, { schema: schemaFor(provider), lockFile })).toEqual([]);
});

test('names both', async () => {
  expect(await sayOf(rule, migrations, { schema: schemaFor('postgresql'), lockFile: 'provider = "sqlite"' })).toEqual([
    'prisma/migrations/migration_lock.toml: The migrations are for `sqlite` and the schema is for `postgresql`, so `prisma migrate` refuses to run (P3019).',
  ]);
});
