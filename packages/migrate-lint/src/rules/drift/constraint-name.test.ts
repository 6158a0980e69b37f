import { expect, jest, test } from '@jest/globals';
import { driftTesting } from '../../../test/drift-testing.ts';
import { after, at, change, healthy } from '../../../test/healthy-project.ts';

jest.setTimeout(120_000);
const drift = await driftTesting('drift/constraint-name');

test('is silent on the names of the schema, `map` included, and on what is made anew anyway', async () => {
  expect(await drift.findings(healthy)).toEqual([]);
  const schema = healthy.schema.replace('@unique', '@unique(map: "one_email")');
  expect(await drift.findings(after('ALTER INDEX "User_email_key" RENAME TO "one_email";', { schema }))).toEqual([]);
  const weak = after(
    `DROP INDEX "User_email_key"; CREATE UNIQUE INDEX "one" ON "User"("email") WHERE "active";
     ALTER TABLE "Member" DROP CONSTRAINT "Member_userId_fkey"; ALTER TABLE "Member" ADD FOREIGN KEY ("userId") REFERENCES "User"("id") NOT VALID;`,
  );
  expect(await drift.findings(weak)).toEqual([]);
});

test('names each kind, and renames it', async () => {
  const project = after(
    `ALTER INDEX "posts_author_id_created_at_idx" RENAME TO "by author";
     ALTER TABLE "posts" RENAME CONSTRAINT "posts_author_id_fkey" TO "author";
     ALTER TABLE "Tag" RENAME CONSTRAINT "Tag_pkey" TO "tag_pk";
     DROP INDEX "User_email_key"; ALTER TABLE "User" ADD CONSTRAINT "one_email" UNIQUE ("email");`,
  );
  const findings = await drift.findings(project);
  expect(findings.find(({ subject }) => subject === 'posts.posts_author_id_created_at_idx')).toMatchObject({
    level: 'low',
    place: at('@@index'),
    related: [`${change} renamed by 2_change`],
    message:
      'The schema calls the index on `author_id, created_at` of `posts` `posts_author_id_created_at_idx`, and its name is `by author`.',
    fix: {
      safety: 'safe',
      title: 'Rename `by author` to `posts_author_id_created_at_idx`, or say `map: "by author"` in the schema',
    },
  });
  expect(Object.fromEntries(findings.map(({ subject, fix }) => [subject, fix?.sql]))).toEqual({
    'Tag.Tag_pkey': 'ALTER INDEX "tag_pk" RENAME TO "Tag_pkey";',
    'User.User_email_key': 'ALTER INDEX "one_email" RENAME TO "User_email_key";',
    'posts.posts_author_id_created_at_idx': 'ALTER INDEX "by author" RENAME TO "posts_author_id_created_at_idx";',
    'posts.posts_author_id_fkey': 'ALTER TABLE "posts" RENAME CONSTRAINT "author" TO "posts_author_id_fkey";',
  });
  expect(await drift.prove(project)).toEqual([]);
});

test('says that Postgres cut the name', async () => {
  const long = 'the_index_of_posts_by_author_and_by_the_time_at_which_they_were_created';
  const project = after(
    `DROP INDEX "posts_author_id_created_at_idx"; CREATE INDEX "${long}" ON "posts"("author_id", "created_at" DESC);`,
  );
  const [finding] = await drift.findings(project);
  expect(finding?.message).toMatch(`its name is \`${long.slice(0, 63)}\` because Postgres cut the name at 63 bytes.`);
  expect(await drift.prove(project)).toEqual([]);
});
