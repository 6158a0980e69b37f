import { expect, jest, test } from '@jest/globals';
import { driftTesting } from '../../../test/drift-testing.ts';
import { after, at, change, healthy } from '../../../test/healthy-project.ts';

jest.setTimeout(120_000);
const drift = await driftTesting('drift/nullability-change');

test('is silent where both agree, and on lists', async () => {
  expect(await drift.findings(healthy)).toEqual([]);
  expect(await drift.findings(after('ALTER TABLE "User" ALTER COLUMN "roles" SET NOT NULL;'))).toEqual([]);
});

test('says which way round it is, and mends both', async () => {
  const project = after(
    'ALTER TABLE "User" ALTER COLUMN "email" DROP NOT NULL;\nALTER TABLE "User" ALTER COLUMN "name" SET NOT NULL;',
  );
  expect(await drift.findings(project)).toMatchObject([
    {
      subject: 'User.email',
      level: 'high',
      place: at('email '),
      related: [`${change} last altered by 2_change`],
      message:
        'The schema says that `User.email` is required and its column takes NULL, so one such row makes every query that reads it fail.',
      fix: {
        safety: 'unsafe',
        sql:
          '-- Fails while rows hold NULL; fill them first: UPDATE "User" SET "email" = … WHERE "email" IS NULL\n' +
          'ALTER TABLE "User" ALTER COLUMN "email" SET NOT NULL;',
      },
    },
    {
      subject: 'User.name',
      message:
        'The schema says that `User.name` is optional and its column is NOT NULL, so a write without a value fails.',
      fix: { safety: 'safe', sql: 'ALTER TABLE "User" ALTER COLUMN "name" DROP NOT NULL;' },
    },
  ]);
  expect(await drift.prove(project)).toEqual([]);
});
