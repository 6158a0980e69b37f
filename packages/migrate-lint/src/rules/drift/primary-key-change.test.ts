import { expect, jest, test } from '@jest/globals';
import { driftTesting } from '../../../test/drift-testing.ts';
import { after, at, change, healthy } from '../../../test/healthy-project.ts';

jest.setTimeout(120_000);
const drift = await driftTesting('drift/primary-key-change');

test('is silent where the keys agree, and on both kinds of join tables', async () => {
  expect(await drift.findings(healthy)).toEqual([]);
  const six = after(
    'DROP INDEX "_PostToTag_AB_unique"; ALTER TABLE "_PostToTag" ADD CONSTRAINT "_PostToTag_AB_pkey" PRIMARY KEY ("A", "B");',
  );
  expect(await drift.findings(six)).toEqual([]);
  expect(await drift.findings(after('ALTER TABLE "Tag" RENAME CONSTRAINT "Tag_pkey" TO "pk";'))).toEqual([]);
});

test('names the columns on both sides, and makes the key anew', async () => {
  const project = after(
    `ALTER TABLE "Member" DROP CONSTRAINT "Member_pkey";\nALTER TABLE "Member" ADD CONSTRAINT "Member_pkey" PRIMARY KEY ("userId");`,
  );
  expect(await drift.findings(project)).toMatchObject([
    {
      subject: 'Member.Member_pkey',
      level: 'high',
      place: at('@@id'),
      related: ['prisma/migrations/2_change/migration.sql:2 created by 2_change'],
      message: 'The schema says that the primary key of `Member` is `userId, spaceId`, and it is `userId`.',
      fix: { safety: 'unsafe', title: 'Make `userId, spaceId` the primary key of `Member`' },
    },
  ]);
  expect(await drift.prove(project)).toEqual([]);
});

test('takes foreign keys aside that stand on the old key, and makes one that is missing', async () => {
  const schema = healthy.schema.replace(
    '  id    Int    @id\n  posts',
    '  id    Int    @unique\n  code  Int    @id\n  posts',
  );
  const project = after('ALTER TABLE "Tag" ADD COLUMN "code" integer NOT NULL;', { schema });
  const [finding] = await drift.findings(project);
  expect(finding?.fix?.sql?.split('\n')).toEqual([
    'ALTER TABLE "_PostToTag" DROP CONSTRAINT "_PostToTag_B_fkey";',
    'ALTER TABLE "Tag" DROP CONSTRAINT "Tag_pkey";',
    '-- Fails while this finds rows: SELECT "code", count(*) FROM "Tag" GROUP BY "code" HAVING count(*) > 1',
    'ALTER TABLE "Tag" ADD CONSTRAINT "Tag_pkey" PRIMARY KEY ("code");',
    ...(finding?.fix?.sql?.split('\n').slice(4) ?? []),
  ]);
  const none = after('ALTER TABLE "Member" DROP CONSTRAINT "Member_pkey";');
  expect((await drift.findings(none)).map(({ message, related }) => [message, ...related])).toEqual([
    [
      'The schema says that the primary key of `Member` is `userId, spaceId`, and the table has none.',
      `${change} dropped by 2_change`,
    ],
  ]);
  expect(await drift.prove(none)).toEqual([]);
});

test('drops one that the schema does not have', async () => {
  const schema = healthy.schema.replace('@@id([userId, spaceId])', '@@unique([userId, spaceId])');
  const project = after('CREATE UNIQUE INDEX "Member_userId_spaceId_key" ON "Member"("userId", "spaceId");', {
    schema,
  });
  expect(await drift.findings(project)).toMatchObject([
    {
      place: at('model Member'),
      message: 'The migrations make a primary key on `userId, spaceId` of `Member` that the schema does not have.',
      fix: { title: 'Drop the primary key', sql: 'ALTER TABLE "Member" DROP CONSTRAINT "Member_pkey";' },
    },
  ]);
  expect(await drift.prove(project)).toEqual([]);
});
