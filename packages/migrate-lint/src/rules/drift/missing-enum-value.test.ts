import { expect, jest, test } from '@jest/globals';
import { driftTesting } from '../../../test/drift-testing.ts';
import { at, healthy } from '../../../test/healthy-project.ts';

jest.setTimeout(120_000);
const drift = await driftTesting('drift/missing-enum-value');

/** The schema has more values than the type, around those that it has. */
const project = {
  ...healthy,
  schema: healthy.schema.replace(
    '  USER\n  ADMIN\n',
    '  GUEST\n  USER\n  EDITOR\n  OWNER @map("it\'s")\n  ADMIN\n  ROOT\n',
  ),
};

test('is silent where every value is there, in whatever order', async () => {
  expect(await drift.findings(healthy)).toEqual([]);
  const schema = healthy.schema.replace('  USER\n  ADMIN\n', '  ADMIN\n  USER\n');
  expect(await drift.findings({ ...healthy, schema })).toEqual([]);
});

test('names the enum and adds each value where the schema has it', async () => {
  const findings = await drift.findings(project);
  expect(findings[0]).toMatchObject({
    subject: 'Role.GUEST',
    level: 'critical',
    place: at('USER\n  ADMIN'),
    related: ['prisma/migrations/1_init/migration.sql:2 last touched by 1_init'],
    message:
      'The schema promises the value `GUEST` of the enum `Role` and no migration makes it, so every query with it fails.',
  });
  expect(findings.map(({ fix }) => [fix?.safety, fix?.sql])).toEqual([
    ['safe', `ALTER TYPE "Role" ADD VALUE 'GUEST' BEFORE 'USER';`],
    ['safe', `ALTER TYPE "Role" ADD VALUE 'EDITOR' BEFORE 'ADMIN';`],
    ['safe', `ALTER TYPE "Role" ADD VALUE 'it''s' BEFORE 'ADMIN';`],
    ['safe', `ALTER TYPE "Role" ADD VALUE 'ROOT';`],
  ]);
  expect(await drift.prove(project)).toEqual([]);
});
