import { expect, jest, test } from '@jest/globals';
import { driftTesting } from '../../../test/drift-testing.ts';
import { after, at, change, healthy } from '../../../test/healthy-project.ts';

jest.setTimeout(120_000);
const drift = await driftTesting('drift/weak-unique');

const dropped = 'DROP INDEX "User_email_key"; ';

test('is silent on whole uniques, and on one that is stricter than the schema', async () => {
  expect(await drift.findings(healthy)).toEqual([]);
  const strict = after(`${dropped} CREATE UNIQUE INDEX "User_email_key" ON "User"("email") NULLS NOT DISTINCT;`);
  expect(await drift.findings(strict)).toEqual([]);
});

test('names the field, the statement and what the index lets in', async () => {
  const project = after(
    `DROP INDEX "User_email_key";\nCREATE UNIQUE INDEX "active_email" ON "User"("email") WHERE "active";`,
  );
  expect(await drift.findings(project)).toMatchObject([
    {
      subject: 'User.User_email_key',
      level: 'critical',
      place: at('email '),
      related: [`${change.replace(/1$/, '2')} created by 2_change`],
      message:
        'The schema promises that `email` is unique in `User`, but `active_email` lets duplicates in but where `active`, and an upsert by it fails.',
      fix: { safety: 'unsafe' },
    },
  ]);
  expect(await drift.prove(project)).toEqual([]);
});

test.each([
  ['ALTER TABLE "User" ADD CONSTRAINT "User_email_key" UNIQUE ("email") DEFERRABLE;', 'is DEFERRABLE'],
  ['CREATE UNIQUE INDEX "User_email_key" ON "User"(lower("email"));', 'is on `lower(email)`'],
  [
    `CREATE UNIQUE INDEX "User_email_key" ON "User"("email"); UPDATE pg_index SET indisvalid = false WHERE indexrelid = '"User_email_key"'::regclass;`,
    'is invalid',
  ],
])('%s', async (sql, words) => {
  const project = after(dropped + sql);
  const findings = await drift.findings(project);
  expect(findings).toHaveLength(1);
  expect(findings[0]?.message).toContain(words);
  expect(await drift.prove(project)).toEqual([]);
});
