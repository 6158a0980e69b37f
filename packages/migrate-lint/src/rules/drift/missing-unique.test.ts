import { expect, jest, test } from '@jest/globals';
import { driftTesting } from '../../../test/drift-testing.ts';
import { after, at, change, healthy } from '../../../test/healthy-project.ts';

jest.setTimeout(120_000);
const drift = await driftTesting('drift/missing-unique');

test('is silent on an index, a constraint, and either under another name', async () => {
  expect(await drift.findings(healthy)).toEqual([]);
  const constraint = after(
    'DROP INDEX "User_email_key"; ALTER TABLE "User" ADD CONSTRAINT "one_email" UNIQUE ("email");',
  );
  expect(await drift.findings(constraint)).toEqual([]);
  // A partial one is told by drift/weak-unique.
  const weak = after('DROP INDEX "User_email_key"; CREATE UNIQUE INDEX ON "User"("email") WHERE "active";');
  expect(await drift.findings(weak)).toEqual([]);
});

test('names the field and who dropped it, and makes it with the query that finds duplicates', async () => {
  const project = after('DROP INDEX "User_email_key";');
  expect(await drift.findings(project)).toMatchObject([
    {
      subject: 'User.User_email_key',
      level: 'critical',
      place: at('email '),
      related: [`${change} dropped by 2_change`],
      message:
        'The schema promises that `email` is unique in `User` and `2_change` dropped it, so duplicates can be written.',
      fix: {
        safety: 'unsafe',
        title: 'Resolve duplicates and make `email` unique in `User`',
        sql:
          '-- Fails while this finds rows: SELECT "email", count(*) FROM "User" GROUP BY "email" HAVING count(*) > 1\n' +
          'CREATE UNIQUE INDEX "User_email_key" ON "User"("email");',
      },
    },
  ]);
  expect(await drift.prove(project)).toEqual([]);
});

test('sees that the name stands on other columns, or is not unique', async () => {
  const project = after(
    `DROP INDEX "posts_author_id_title_key"; CREATE UNIQUE INDEX "posts_author_id_title_key" ON "posts"("title");
     DROP INDEX "User_email_key"; CREATE INDEX "User_email_key" ON "User"("email");`,
  );
  expect((await drift.findings(project)).map(({ message }) => message)).toEqual([
    'The schema promises that `email` is unique in `User` and the index `User_email_key` does not hold it, so duplicates can be written.',
    'The schema promises that `author_id, title` is unique in `posts` and the index `posts_author_id_title_key` does not hold it, so duplicates can be written.',
  ]);
  expect(await drift.prove(project)).toEqual([]);
});
