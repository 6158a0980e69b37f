import { expect, jest, test } from '@jest/globals';
import { driftTesting } from '../../../test/drift-testing.ts';
import { after, at, change, healthy } from '../../../test/healthy-project.ts';

jest.setTimeout(120_000);
const drift = await driftTesting('drift/extra-column');

test('is silent on fields of every kind', async () => {
  expect(await drift.findings(healthy)).toEqual([]);
  const schema = healthy.schema.replace('  name ', '  note String? @ignore\n  body Unsupported("tsvector")?\n  name ');
  expect(
    await drift.findings(after('ALTER TABLE "User" ADD COLUMN "note" text, ADD COLUMN "body" tsvector;', { schema })),
  ).toEqual([]);
});

test('names the model and the statement, and drops the column with what stands on it', async () => {
  const project = after(
    `ALTER TABLE "Tag" ADD COLUMN "code" integer UNIQUE;\nALTER TABLE "User" ADD COLUMN "tagCode" integer REFERENCES "Tag"("code");`,
  );
  const findings = await drift.findings(project);
  expect(findings.map(finding => finding.subject)).toEqual(['User.tagCode', 'Tag.code']);
  expect(findings[1]).toMatchObject({
    level: 'high',
    place: at('model Tag'),
    related: [`${change} created by 2_change`],
    message:
      'The migrations make the column `Tag.code` that no field names: the next generated migration drops it with its data.',
    fix: {
      safety: 'unsafe',
      title: 'Drop the column `code` with its data, or take it into the schema with `prisma db pull`',
      sql: 'ALTER TABLE "User" DROP CONSTRAINT "User_tagCode_fkey";\nALTER TABLE "Tag" DROP COLUMN "code";',
    },
  });
  expect(await drift.prove(after('ALTER TABLE "Tag" ADD COLUMN "code" integer UNIQUE;'))).toEqual([]);
});

test('says that no row can be written past one that must be given', async () => {
  const [finding] = await drift.findings(after('ALTER TABLE "Tag" ADD COLUMN "code" integer NOT NULL;'));
  expect(finding?.message).toBe(
    'The migrations make the column `Tag.code` that no field names: it is NOT NULL without a default, so every INSERT of Prisma Client fails.',
  );
});

test('gives up names that the schema wants for something else', async () => {
  const project = after(
    `ALTER TABLE "Member" DROP CONSTRAINT "Member_userId_fkey"; ALTER TABLE "Member" ADD COLUMN "old" integer;
     ALTER TABLE "Member" ADD CONSTRAINT "Member_userId_fkey" FOREIGN KEY ("old") REFERENCES "User"("id"),
       ADD CONSTRAINT "other" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
     ALTER INDEX "User_email_key" RENAME TO "other"; CREATE INDEX "User_email_key" ON "Member"("old");`,
  );
  const [finding] = await drift.findings(project);
  expect(finding?.fix?.sql?.split('\n')).toEqual([
    'ALTER TABLE "Member" DROP CONSTRAINT "Member_userId_fkey";',
    'DROP INDEX "User_email_key";',
    'ALTER TABLE "Member" DROP COLUMN "old";',
  ]);
  expect(await drift.prove(project)).toEqual([
    'drift/constraint-name User.User_email_key',
    'drift/constraint-name Member.Member_userId_fkey',
  ]);
});
