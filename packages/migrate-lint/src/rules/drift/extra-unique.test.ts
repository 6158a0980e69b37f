import { expect, jest, test } from '@jest/globals';
import { driftTesting } from '../../../test/drift-testing.ts';
import { after, at, change, healthy } from '../../../test/healthy-project.ts';

jest.setTimeout(120_000);
const drift = await driftTesting('drift/extra-unique');

test('is silent on what the schema has, on join tables and on what no schema can say', async () => {
  expect(await drift.findings(healthy)).toEqual([]);
  const six = after('ALTER TABLE "_PostToTag" ADD CONSTRAINT "_PostToTag_AB_pkey" PRIMARY KEY ("A", "B");');
  expect(await drift.findings(six)).toEqual([]);
  const partial = after(
    'CREATE UNIQUE INDEX a ON "User"("name") WHERE "active"; CREATE UNIQUE INDEX b ON "User"(lower("name"));',
  );
  expect(await drift.findings(partial)).toEqual([]);
});

test('names the model and the statement, and drops the index or the constraint', async () => {
  const project = after(
    'ALTER TABLE "User" ADD CONSTRAINT "one_name" UNIQUE ("name");\nCREATE UNIQUE INDEX "again" ON "User"("email");',
  );
  const findings = await drift.findings(project);
  expect(findings).toMatchObject([
    { subject: 'User.again', fix: { sql: 'DROP INDEX "again";' } },
    {
      subject: 'User.one_name',
      level: 'medium',
      place: at('model User'),
      related: [`${change} created by 2_change`],
      message:
        'The migrations make the unique `one_name` on `name` of `User` that the schema does not name, so writes can fail on it and the next generated migration drops it.',
      fix: { safety: 'unsafe', sql: 'ALTER TABLE "User" DROP CONSTRAINT "one_name";' },
    },
  ]);
  expect(await drift.prove(project)).toEqual([]);
});
