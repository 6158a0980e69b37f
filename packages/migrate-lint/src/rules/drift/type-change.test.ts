import { expect, jest, test } from '@jest/globals';
import { driftTesting } from '../../../test/drift-testing.ts';
import { after, at, change, healthy } from '../../../test/healthy-project.ts';

jest.setTimeout(120_000);
const drift = await driftTesting('drift/type-change');

test('is silent on the same types in other spellings, and on renamed columns', async () => {
  expect(await drift.findings(healthy)).toEqual([]);
  const spelled = after(
    'ALTER TABLE "posts" ALTER COLUMN "score" TYPE numeric(5,2), ALTER COLUMN "title" TYPE character varying(255);',
  );
  expect(await drift.findings(spelled)).toEqual([]);
  const precise = {
    schema: 'model A {\n  id Int @id\n  at DateTime @db.Timestamptz(6)\n  on DateTime @db.Timestamp(6)\n}\n',
    migrations: {
      '1_init':
        'CREATE TABLE "A" ("id" integer NOT NULL, "at" timestamptz NOT NULL, "on" timestamp NOT NULL, CONSTRAINT "A_pkey" PRIMARY KEY ("id"));',
    },
  };
  expect(await drift.findings(precise)).toEqual([]);
  const renamed = after(
    'ALTER TABLE "User" RENAME COLUMN "active" TO "is_active"; ALTER TABLE "User" ALTER COLUMN "is_active" DROP DEFAULT, ALTER COLUMN "is_active" TYPE text;',
  );
  expect(await drift.findings(renamed)).toEqual([]);
});

test('names the field and the statement, and converts the rows', async () => {
  const project = after(
    `INSERT INTO "User" ("email") VALUES ('a');
     ALTER TABLE "User" ALTER COLUMN "role" DROP DEFAULT, ALTER COLUMN "role" TYPE text, ALTER COLUMN "role" SET DEFAULT 'USER';
     ALTER TABLE "User" ALTER COLUMN "createdAt" TYPE timestamptz;
     ALTER TABLE "User" ALTER COLUMN "roles" TYPE text USING ('ADMIN');
     ALTER TABLE "User" ALTER COLUMN "name" TYPE varchar(20);
     ALTER TABLE "posts" ALTER COLUMN "title" TYPE varchar(50);
     ALTER TABLE "posts" ALTER COLUMN "score" TYPE boolean USING (true);`,
  );
  const findings = await drift.findings(project);
  expect(findings.find(({ subject }) => subject === 'User.createdAt')).toMatchObject({
    level: 'high',
    place: at('createdAt DateTime @default(now())\n  posts'),
    related: [`prisma/migrations/2_change/migration.sql:3 last altered by 2_change`],
    message:
      'The schema says that the column `User.createdAt` is `timestamp(3) without time zone`, and it is `timestamp with time zone`.',
    fix: { safety: 'unsafe' },
  });
  expect(
    Object.fromEntries(findings.map(({ subject, fix }) => [subject, `${fix?.safety ?? ''}: ${fix?.sql ?? ''}`])),
  ).toEqual({
    'User.name': 'safe: ALTER TABLE "User" ALTER COLUMN "name" TYPE text;',
    'User.role': [
      'unsafe: ALTER TABLE "User" ALTER COLUMN "role" DROP DEFAULT;',
      'ALTER TABLE "User" ALTER COLUMN "role" TYPE "Role" USING ("role"::"Role");',
      `ALTER TABLE "User" ALTER COLUMN "role" SET DEFAULT 'USER'::"Role";`,
    ].join('\n'),
    'User.roles':
      'unsafe: ALTER TABLE "User" ALTER COLUMN "roles" TYPE "Role"[] USING (CASE WHEN "roles" IS NULL THEN NULL ELSE ARRAY["roles"::"Role"] END);',
    'User.createdAt': [
      'unsafe: ALTER TABLE "User" ALTER COLUMN "createdAt" DROP DEFAULT;',
      `ALTER TABLE "User" ALTER COLUMN "createdAt" TYPE timestamp(3) without time zone USING ("createdAt" AT TIME ZONE 'UTC');`,
      'ALTER TABLE "User" ALTER COLUMN "createdAt" SET DEFAULT CURRENT_TIMESTAMP;',
    ].join('\n'),
    'posts.score':
      'unsafe: ALTER TABLE "posts" ALTER COLUMN "score" TYPE numeric(5,2) USING ("score"::text::numeric(5,2));',
    'posts.title': 'safe: ALTER TABLE "posts" ALTER COLUMN "title" TYPE character varying(255);',
  });
  // boolean has no way to numeric, and no rows are there to show it.
  expect(await drift.prove(project)).toEqual([]);
  expect(change).toContain('2_change');
});

test('converts both ends of a foreign key together', async () => {
  const project = after(
    `ALTER TABLE "_PostToTag" DROP CONSTRAINT "_PostToTag_A_fkey";
     ALTER TABLE "posts" ALTER COLUMN "id" TYPE text; ALTER TABLE "_PostToTag" ALTER COLUMN "A" TYPE text;
     ALTER TABLE "_PostToTag" ADD CONSTRAINT "_PostToTag_A_fkey" FOREIGN KEY ("A") REFERENCES "posts"("id") ON DELETE CASCADE ON UPDATE CASCADE;`,
  );
  const findings = await drift.findings(project);
  const both = ['posts.id', '_PostToTag.A'];
  expect(findings.map(({ subject }) => subject).sort()).toEqual([...both].sort());
  const sql = findings.find(({ subject }) => subject === 'posts.id')?.fix?.sql ?? '';
  expect(sql.split('\n')).toEqual([
    'ALTER TABLE "_PostToTag" DROP CONSTRAINT "_PostToTag_A_fkey";',
    'ALTER TABLE "posts" ALTER COLUMN "id" TYPE uuid USING ("id"::uuid);',
    'ALTER TABLE "_PostToTag" ALTER COLUMN "A" TYPE uuid USING ("A"::uuid);',
    'ALTER TABLE "_PostToTag" ADD CONSTRAINT "_PostToTag_A_fkey" FOREIGN KEY ("A") REFERENCES "posts"("id") ON DELETE CASCADE ON UPDATE CASCADE;',
  ]);
  const mended = { ...project, migrations: { ...project.migrations, '3_fix': sql } };
  expect(await drift.findings(mended)).toEqual([]);
});

test('is low where the type is a domain over the one that the schema says', async () => {
  const [finding, ...more] = await drift.findings(
    after(
      `CREATE DOMAIN who AS character varying(255) CHECK (VALUE <> ''); ALTER TABLE "posts" ALTER COLUMN "title" TYPE who;`,
    ),
  );
  expect(more).toEqual([]);
  expect(finding?.level).toBe('low');
});
