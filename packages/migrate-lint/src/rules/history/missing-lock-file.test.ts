import { expect, jest, test } from '@jest/globals';
import { pooledTesting } from '../../../test/pooled-testing.ts';
import rule from './missing-lock-file.ts';

jest.setTimeout(120_000);
const { auditOf } = await pooledTesting();

async function say(lockFile: string | null, migrations: Record<string, string> = { '1_init': 'SELECT 1;' }) {
  const { report } = await auditOf({ schema: 'model A {\n  id Int @id\n}\n', migrations, lockFile }, [rule]);
  return report.findings.map(({ location, message }) => `${location?.file ?? ''}: ${message}`);
}

test('is silent with a provider, and without any migration', async () => {
  expect(await say('provider = "postgresql"\n')).toEqual([]);
  expect(await say("# a comment\r\nprovider = 'postgresql'\r\n")).toEqual([]);
  expect(await say(null, {})).toEqual([]);
});

test('names the file that is missing', async () => {
  expect(await say(null)).toEqual([
    'prisma/migrations/1_init/migration.sql: `prisma/migrations/migration_lock.toml` is missing, so Prisma cannot tell which kind of database the migrations are for; write `provider = "postgresql"` into it and commit it.',
  ]);
});

test.each(['', 'provider = \n', '][\n'])('speaks of a lock file that says %j', async text => {
  expect(await say(text)).toEqual([
    'prisma/migrations/migration_lock.toml: `prisma/migrations/migration_lock.toml` names no provider, so Prisma cannot tell which kind of database the migrations are for; write `provider = "postgresql"` into it and commit it.',
  ]);
});
