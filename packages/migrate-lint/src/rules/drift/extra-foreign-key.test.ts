import { expect, jest, test } from '@jest/globals';
import { driftTesting } from '../../../test/drift-testing.ts';
import { after, at, change, healthy } from '../../../test/healthy-project.ts';

jest.setTimeout(120_000);
const drift = await driftTesting('drift/extra-foreign-key');

test('is silent on what the schema has, and on those of an extra column', async () => {
  expect(await drift.findings(healthy)).toEqual([]);
  expect(await drift.findings(after('ALTER TABLE "User" ADD COLUMN "tag" integer REFERENCES "Tag"("id");'))).toEqual(
    [],
  );
});

test('names the model and the statement, and drops it', async () => {
  const project = after(
    'ALTER TABLE "Member" ADD CONSTRAINT "Member_spaceId_fkey" FOREIGN KEY ("spaceId") REFERENCES "Tag"("id");\n' +
      'ALTER TABLE "Member" ADD CONSTRAINT "twice" FOREIGN KEY ("userId") REFERENCES "User"("id");',
  );
  const findings = await drift.findings(project);
  expect(findings.map(finding => finding.subject)).toEqual(['Member.Member_spaceId_fkey', 'Member.twice']);
  expect(findings[0]).toMatchObject({
    level: 'medium',
    place: at('model Member'),
    related: [`${change} created by 2_change`],
    message:
      'The migrations make the foreign key `Member_spaceId_fkey` from `spaceId` of `Member` to `Tag` that no relation says, so the next generated migration drops it.',
    fix: { safety: 'unsafe', sql: 'ALTER TABLE "Member" DROP CONSTRAINT "Member_spaceId_fkey";' },
  });
  expect(await drift.prove(project)).toEqual([]);
});
