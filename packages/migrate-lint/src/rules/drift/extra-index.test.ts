import { expect, jest, test } from '@jest/globals';
import { driftTesting } from '../../../test/drift-testing.ts';
import { after, at, change, healthy } from '../../../test/healthy-project.ts';

jest.setTimeout(120_000);
const drift = await driftTesting('drift/extra-index');

test('is silent on what the schema has and on what no schema can say', async () => {
  expect(await drift.findings(healthy)).toEqual([]);
  const unmanaged = after(
    `CREATE INDEX a ON "User"(lower("email")); CREATE INDEX b ON "User"("name") WHERE "active";
     ALTER TABLE "User" ADD COLUMN "extra" int; CREATE INDEX c ON "User"("extra");`,
  );
  expect(await drift.findings(unmanaged)).toEqual([]);
});

test('names the model and the statement, and drops it', async () => {
  const project = after(
    'CREATE INDEX "by_name" ON "User"("name");\nCREATE INDEX "again" ON "posts"("author_id", "created_at" DESC);',
  );
  const findings = await drift.findings(project);
  expect(findings.map(finding => finding.subject)).toEqual(['User.by_name', 'posts.again']);
  expect(findings[0]).toMatchObject({
    level: 'medium',
    place: at('model User'),
    related: [`${change} created by 2_change`],
    message:
      'The migrations make the index `by_name` on `name` of `User` that the schema does not name, so the next generated migration drops it.',
    fix: {
      safety: 'unsafe',
      title: 'Drop the index `by_name`, or take it into the schema with `@@index` or `prisma db pull`',
      sql: 'DROP INDEX "by_name";',
    },
  });
  expect(await drift.prove(project)).toEqual([]);
});
