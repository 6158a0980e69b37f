import { expect, jest, test } from '@jest/globals';
import { driftTesting } from '../../../test/drift-testing.ts';
import { after, at, change, healthy } from '../../../test/healthy-project.ts';

jest.setTimeout(120_000);
const drift = await driftTesting('drift/missing-foreign-key');

test('is silent where every relation has its key, and where the schema wants none', async () => {
  expect(await drift.findings(healthy)).toEqual([]);
  const schema = `datasource db {\n  provider = "postgresql"\n  relationMode = "prisma"\n}\n${healthy.schema}`;
  expect(
    await drift.findings(after('ALTER TABLE "posts" DROP CONSTRAINT "posts_author_id_fkey";', { schema })),
  ).toEqual([]);
});

test('names the relation and who dropped the key, and adds it with the query that finds orphans', async () => {
  const project = after('ALTER TABLE "posts" DROP CONSTRAINT "posts_author_id_fkey";');
  expect(await drift.findings(project)).toMatchObject([
    {
      subject: 'posts.posts_author_id_fkey',
      level: 'high',
      place: at('@relation(fields: [authorId]'),
      related: [`${change} dropped by 2_change`],
      message:
        'The schema promises a foreign key from `author_id` of `posts` to `User` and `2_change` dropped it, so rows can point to what is not there.',
      fix: {
        safety: 'unsafe',
        title: 'Resolve orphans and add the foreign key `posts_author_id_fkey`',
        sql:
          '-- Fails while this finds rows: SELECT child.* FROM "posts" child WHERE child."author_id" IS NOT NULL AND NOT EXISTS (SELECT FROM "User" parent WHERE parent."id" = child."author_id")\n' +
          'ALTER TABLE "posts" ADD CONSTRAINT "posts_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE NOT VALID;\n' +
          'ALTER TABLE "posts" VALIDATE CONSTRAINT "posts_author_id_fkey";',
      },
    },
  ]);
  expect(await drift.prove(project)).toEqual([]);
});

test('the query finds the orphans', async () => {
  const project = after(
    `ALTER TABLE "posts" DROP CONSTRAINT "posts_author_id_fkey";
     INSERT INTO "User" ("email") VALUES ('a'); INSERT INTO "posts" VALUES (gen_random_uuid(), 'kept', null, 1), (gen_random_uuid(), 'orphan', null, 7);`,
  );
  const [finding] = await drift.findings(project);
  const query = /rows: (SELECT .*)$/m.exec(finding?.fix?.sql ?? '')?.[1] ?? '';
  const check = `DO $$ BEGIN ASSERT (SELECT array_agg(title) = '{orphan}' FROM (${query}) found); END $$;`;
  expect(await drift.findings({ ...project, migrations: { ...project.migrations, '3_check': check } })).toHaveLength(1);
});

test('a partitioned table takes no constraint that is not validated', async () => {
  const project = after(
    `DROP TABLE "posts" CASCADE; CREATE TABLE "posts" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "title" varchar(200) NOT NULL, "body" text, "author_id" integer NOT NULL,
       CONSTRAINT "posts_pkey" PRIMARY KEY ("id")) PARTITION BY HASH ("id");`,
  );
  const finding = (await drift.findings(project)).find(({ subject }) => subject === 'posts.posts_author_id_fkey');
  expect(finding?.fix?.sql).toMatch(/ON UPDATE CASCADE;$/);
});
