import { expect, jest, test } from '@jest/globals';
import { driftTesting } from '../../../test/drift-testing.ts';
import { after, healthy } from '../../../test/healthy-project.ts';

jest.setTimeout(120_000);
const drift = await driftTesting('drift/missing-enum');

const schema = `${healthy.schema}\nenum Theme {\n  light\n  dark\n\n  @@map("theme")\n}\n`;

test('is silent where every enum has its type', async () => {
  expect(await drift.findings(healthy)).toEqual([]);
});

test('names the enum, and makes the type', async () => {
  const project = { ...healthy, schema };
  expect(await drift.findings(project)).toMatchObject([
    {
      subject: 'theme',
      level: 'critical',
      place: 'prisma/schema.prisma:45',
      related: [],
      message:
        'The schema promises the enum `theme` and no migration makes it, so every query that reads or writes a field of it fails.',
      fix: { safety: 'safe', sql: `CREATE TYPE "theme" AS ENUM ('light', 'dark');` },
    },
  ]);
  expect(await drift.prove(project)).toEqual([]);
});

test('names the statement that dropped it', async () => {
  const [finding] = await drift.findings(
    after(`CREATE TYPE "theme" AS ENUM ('light', 'dark');\nDROP TYPE "theme";`, { schema }),
  );
  expect(finding).toMatchObject({
    related: ['prisma/migrations/2_change/migration.sql:2 dropped by 2_change'],
    message: expect.stringContaining('`2_change` dropped it'),
  });
});
