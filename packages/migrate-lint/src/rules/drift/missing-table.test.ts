import { expect, jest, test } from '@jest/globals';
import { driftTesting } from '../../../test/drift-testing.ts';

jest.setTimeout(120_000);
const drift = await driftTesting('drift/missing-table');

const schema = `model User {
  id          Int          @id @default(autoincrement())
  preferences Preferences?
  spaces      Space[]
}

/// Settings of one user
model Preferences {
  id     String   @id @default(uuid())
  userId Int      @unique @map("user_id")
  theme  Theme    @default(light)
  tags   String[] @default([])
  rank   BigInt   @default(autoincrement())
  score  Decimal? @db.Decimal(5, 2)
  at     DateTime @default(now()) @db.Timestamptz(6)
  user   User     @relation(fields: [userId], references: [id], onDelete: Cascade)

  @@index([theme, at(sort: Desc)])
  @@map("user_preferences")
}

model Space {
  id    Int    @id
  users User[]
}

enum Theme {
  light
  dark
}
`;
const enums = `CREATE TYPE "Theme" AS ENUM ('light', 'dark');\n`;
const users = `CREATE TABLE "User" ("id" serial NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));\n`;
const spaces = `CREATE TABLE "Space" ("id" integer NOT NULL, CONSTRAINT "Space_pkey" PRIMARY KEY ("id"));\n`;

test('is silent where every model has its table, external ones left out', async () => {
  expect(
    await drift.findings({
      schema:
        'model User {\n  id Int @id\n}\n\nmodel Space {\n  id Int @id\n}\n\nmodel Other {\n  id Int @id\n  @@ignore\n}\n',
      migrations: {
        '1_init': 'CREATE TABLE "User" ("id" integer NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));',
        '2_other': 'CREATE TABLE "Other" ("id" integer NOT NULL, CONSTRAINT "Other_pkey" PRIMARY KEY ("id"));',
      },
      externalTables: ['public.Space'],
    }),
  ).toEqual([]);
});

test('names the model, and makes the table with all that belongs to it', async () => {
  const project = { schema, migrations: { '1_init': enums + users + spaces } };
  const findings = await drift.findings(project);
  expect(findings.map(finding => finding.subject)).toEqual(['user_preferences', '_SpaceToUser']);
  expect(findings[0]).toMatchObject({
    level: 'critical',
    place: 'prisma/schema.prisma:8',
    related: [],
    message: 'The schema promises the table `user_preferences` and no migration makes it, so every query of it fails.',
    fix: { safety: 'safe', title: 'Create the table `user_preferences`' },
  });
  expect(await drift.prove(project)).toEqual([]);
});

test('says which migration dropped it', async () => {
  const [finding] = await drift.findings({
    schema: 'model Space {\n  id Int @id\n}\n',
    migrations: { '1_init': spaces, '2_cleanup': '-- nobody needs it\nDROP TABLE "Space";' },
  });
  expect(finding).toMatchObject({
    place: 'prisma/schema.prisma:1',
    related: ['prisma/migrations/2_cleanup/migration.sql:2 dropped by 2_cleanup'],
    message: 'The schema promises the table `Space` and `2_cleanup` dropped it, so every query of it fails.',
  });
});
