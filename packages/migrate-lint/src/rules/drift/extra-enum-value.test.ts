import { expect, jest, test } from '@jest/globals';
import { driftTesting } from '../../../test/drift-testing.ts';
import { after, at, change, healthy } from '../../../test/healthy-project.ts';

jest.setTimeout(120_000);
const drift = await driftTesting('drift/extra-enum-value');

test('is silent where the schema names every value', async () => {
  expect(await drift.findings(healthy)).toEqual([]);
});

test('names the enum, and makes it anew in every column, list and default', async () => {
  const project = after(`ALTER TYPE "Role" ADD VALUE 'ROOT';\nCREATE TABLE "old" ("r" "Role" DEFAULT 'USER');`);
  expect(await drift.findings(project)).toMatchObject([
    {
      subject: 'Role.ROOT',
      level: 'high',
      place: at('enum Role'),
      related: [`${change} last altered by 2_change`],
      message:
        'The migrations make the value `ROOT` of the enum `Role` that the schema does not name, so Prisma Client cannot read a row that holds it.',
      fix: {
        safety: 'unsafe',
        title: 'Make the enum `Role` anew without `ROOT`, or add the value to the schema',
        sql: [
          `-- Fails while rows hold 'ROOT'`,
          `ALTER TYPE "Role" RENAME TO "Role_old";`,
          `CREATE TYPE "Role" AS ENUM ('USER', 'ADMIN');`,
          `ALTER TABLE "User" ALTER COLUMN "role" DROP DEFAULT;`,
          `ALTER TABLE "User" ALTER COLUMN "role" TYPE "Role" USING ("role"::text::"Role");`,
          `ALTER TABLE "User" ALTER COLUMN "role" SET DEFAULT 'USER'::"Role";`,
          `ALTER TABLE "User" ALTER COLUMN "roles" TYPE "Role"[] USING ("roles"::text[]::"Role"[]);`,
          `ALTER TABLE "old" ALTER COLUMN "r" DROP DEFAULT;`,
          `ALTER TABLE "old" ALTER COLUMN "r" TYPE "Role" USING ("r"::text::"Role");`,
          `ALTER TABLE "old" ALTER COLUMN "r" SET DEFAULT 'USER'::"Role";`,
          `DROP TYPE "Role_old";`,
        ].join('\n'),
      },
    },
  ]);
  expect(await drift.prove(project)).toEqual(['drift/extra-table old']);
});

test('keeps the rows', async () => {
  const project = after(
    `ALTER TYPE "Role" ADD VALUE 'ROOT';\nALTER TYPE "Role" ADD VALUE 'GOD';\nINSERT INTO "User" ("email", "role", "roles") VALUES ('a', 'ADMIN', '{USER,ADMIN}');`,
  );
  expect(await drift.findings(project)).toHaveLength(2);
  expect(await drift.prove(project)).toEqual([]);
  const check = `DO $$ BEGIN ASSERT (SELECT "role" = 'ADMIN' AND "roles" = '{USER,ADMIN}' FROM "User"); END $$;`;
  const [finding] = await drift.findings(project);
  const { migrations } = project;
  const again = { ...project, migrations: { ...migrations, '3_fix': finding?.fix?.sql ?? '', '4_check': check } };
  expect(await drift.findings(again)).toEqual([]);
});
