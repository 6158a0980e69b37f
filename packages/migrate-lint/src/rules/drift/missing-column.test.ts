import { expect, jest, test } from '@jest/globals';
import { driftTesting } from '../../../test/drift-testing.ts';
import { after, at, change, healthy } from '../../../test/healthy-project.ts';

jest.setTimeout(120_000);
const drift = await driftTesting('drift/missing-column');

test('is silent where every field has its column', async () => {
  expect(await drift.findings(healthy)).toEqual([]);
  // A table that is missing is told once.
  expect(await drift.findings(after('DROP TABLE "Member";'))).toEqual([]);
});

test('names the field and who dropped the column, and adds it', async () => {
  const project = after('ALTER TABLE "User" DROP COLUMN "active", DROP COLUMN "name";');
  const findings = await drift.findings(project);
  expect(findings.map(finding => finding.subject)).toEqual(['User.name', 'User.active']);
  expect(findings[1]).toMatchObject({
    level: 'critical',
    place: at('active '),
    related: [`${change} dropped by 2_change`],
    message: 'The schema promises the column `User.active` and `2_change` dropped it, so every query of `User` fails.',
    fix: { safety: 'safe', sql: 'ALTER TABLE "User" ADD COLUMN "active" boolean NOT NULL DEFAULT true;' },
  });
  expect(await drift.prove(project)).toEqual([]);
});

test('leaves room to fill a required column without a default', async () => {
  const project = after('ALTER TABLE "Member" DROP COLUMN "spaceId";');
  const [finding] = await drift.findings(project);
  expect(finding).toMatchObject({
    fix: {
      safety: 'unsafe',
      title: 'Add the column `spaceId`, fill it for the rows that are there, and make it NOT NULL',
      sql:
        'ALTER TABLE "Member" ADD COLUMN "spaceId" integer;\n' +
        '-- Fails while rows hold NULL; fill them first: UPDATE "Member" SET "spaceId" = … WHERE "spaceId" IS NULL\n' +
        'ALTER TABLE "Member" ALTER COLUMN "spaceId" SET NOT NULL;',
    },
  });
  expect(await drift.prove(project)).toEqual(['drift/primary-key-change Member.Member_pkey']);
});

test('counts on where the id was a serial, and brings enum lists and native types back', async () => {
  const project = after('ALTER TABLE "User" DROP COLUMN "roles"; ALTER TABLE "posts" DROP COLUMN "score";');
  expect((await drift.findings(project)).map(({ fix }) => fix?.sql)).toEqual([
    'ALTER TABLE "User" ADD COLUMN "roles" "Role"[];',
    'ALTER TABLE "posts" ADD COLUMN "score" numeric(5,2);',
  ]);
  expect(await drift.prove(project)).toEqual([]);
});

test('leaves a generated column that the manifest lists to drift/vanished-object', async () => {
  const definition = `ALTER TABLE "User" ADD COLUMN "name" text GENERATED ALWAYS AS (lower(email)) STORED;`;
  const manifest = JSON.stringify({
    version: 1,
    objects: [{ kind: 'generated column', path: 'User.name', definition }],
  });
  const project = after('ALTER TABLE "User" DROP COLUMN "name";', { manifest });
  expect(await drift.findings(project)).toEqual([]);
});
