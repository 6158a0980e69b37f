import { expect, jest, test } from '@jest/globals';
import { driftTesting } from '../../../test/drift-testing.ts';
import { healthy } from '../../../test/healthy-project.ts';

jest.setTimeout(120_000);
const drift = await driftTesting('drift/missing-extension');

const datasource =
  'generator client {\n  provider = "prisma-client-js"\n  previewFeatures = ["postgresqlExtensions"]\n}\n\ndatasource db {\n  provider = "postgresql"\n  extensions = [citext, uuidOssp(map: "uuid-ossp")]\n}\n\n';
const schema = datasource + healthy.schema;

test('is silent where the migrations make what the datasource declares', async () => {
  expect(await drift.findings(healthy)).toEqual([]);
  const migrations = {
    '0_extensions': 'CREATE EXTENSION citext; CREATE EXTENSION "uuid-ossp";',
    ...healthy.migrations,
  };
  expect(await drift.findings({ schema, migrations })).toEqual([]);
});

test('names the datasource and who dropped it, and creates it', async () => {
  const migrations = { ...healthy.migrations, '2_change': 'CREATE EXTENSION citext;\nDROP EXTENSION citext;' };
  const project = { schema, migrations };
  expect(await drift.findings(project)).toMatchObject([
    {
      subject: 'citext',
      level: 'high',
      place: 'prisma/schema.prisma:6',
      related: ['prisma/migrations/2_change/migration.sql:2 dropped by 2_change'],
      message:
        'The datasource declares the extension `citext` and `2_change` dropped it, so a new database lacks what the schema counts on.',
      fix: { safety: 'safe', sql: 'CREATE EXTENSION IF NOT EXISTS "citext";' },
    },
    {
      subject: 'uuid-ossp',
      related: [],
      fix: { sql: 'CREATE EXTENSION IF NOT EXISTS "uuid-ossp";' },
    },
  ]);
  expect(await drift.prove(project)).toEqual([]);
});
