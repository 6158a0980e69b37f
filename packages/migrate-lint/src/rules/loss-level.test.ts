import { describe, expect, test } from '@jest/globals';
import type { AnyRule } from '@migrate-lint/core';
import { gitTesting, migrations } from '../../test/git-testing.ts';
import changedDefault from './migration/changed-default.ts';
import dropCascade from './migration/drop-cascade.ts';
import droppedColumnDependents from './migration/dropped-column-dependents.ts';
import droppedColumn from './migration/dropped-column.ts';
import droppedConstraint from './migration/dropped-constraint.ts';
import droppedNotNull from './migration/dropped-not-null.ts';
import droppedSchema from './migration/dropped-schema.ts';
import droppedTable from './migration/dropped-table.ts';
import droppedType from './migration/dropped-type.ts';
import dropsHandmadeObject from './migration/drops-handmade-object.ts';
import narrowingType from './migration/narrowing-type.ts';
import probableRename from './migration/probable-rename.ts';
import recreatedColumn from './migration/recreated-column.ts';
import renamedColumn from './migration/renamed-column.ts';
import renamedEnumValue from './migration/renamed-enum-value.ts';
import renamedTable from './migration/renamed-table.ts';
import renamedType from './migration/renamed-type.ts';
import truncate from './migration/truncate.ts';
import unfilteredWrite from './migration/unfiltered-write.ts';

const { repository } = gitTesting();
const init = `CREATE TYPE "Role" AS ENUM ('USER', 'ADMIN');
CREATE SCHEMA "s";
CREATE TABLE "s"."T" ("id" INTEGER);
CREATE TABLE "Parent" ("id" INTEGER PRIMARY KEY);
CREATE TABLE "User" ("id" INTEGER PRIMARY KEY, "phone" TEXT, "bio" TEXT, "role" "Role" NOT NULL DEFAULT 'USER', "price" DECIMAL(10,2), "slug" TEXT, "parentId" INTEGER REFERENCES "Parent"("id"));
CREATE UNIQUE INDEX "User_slug_key" ON "User"("slug", "bio");
CREATE INDEX "User_lower_idx" ON "User"(lower("phone"));`;
const alter = (clause: string) => `ALTER TABLE "User" ${clause};`;

const losses: readonly (readonly [AnyRule, string])[] = [
  [dropCascade, 'DROP TABLE "Parent" CASCADE;'],
  [droppedColumn, alter('DROP COLUMN "bio"')],
  [droppedColumnDependents, alter('DROP COLUMN "bio"')],
  [droppedConstraint, 'DROP INDEX "User_slug_key";'],
  [droppedSchema, 'DROP SCHEMA "s" CASCADE;'],
  [droppedTable, 'DROP TABLE "User";'],
  [droppedType, 'DROP TYPE "Role" CASCADE;'],
  [dropsHandmadeObject, '-- DropIndex\nDROP INDEX "User_lower_idx";'],
  [narrowingType, alter('ALTER COLUMN "price" TYPE INTEGER')],
  [probableRename, alter('DROP COLUMN "phone", ADD COLUMN "phoneNumber" TEXT')],
  [recreatedColumn, alter('DROP COLUMN "phone", ADD COLUMN "phone" INTEGER')],
  [truncate, 'TRUNCATE "User";'],
  [unfilteredWrite, `UPDATE "User" SET "bio" = '';`],
];

const ofClients: readonly (readonly [AnyRule, string])[] = [
  [changedDefault, alter(`ALTER COLUMN "role" SET DEFAULT 'ADMIN'`)],
  [droppedNotNull, alter('ALTER COLUMN "role" DROP NOT NULL')],
  [renamedColumn, alter('RENAME COLUMN "phone" TO "mobile"')],
  [renamedEnumValue, `ALTER TYPE "Role" RENAME VALUE 'USER' TO 'MEMBER';`],
  [renamedTable, 'ALTER TABLE "User" RENAME TO "Account";'],
  [renamedType, 'ALTER TYPE "Role" RENAME TO "UserRole";'],
];

/** What a rule says where the branch that is gone to has the first migrations and not the others. */
async function levels(rule: AnyRule, there: readonly string[], here: readonly string[]): Promise<readonly string[]> {
  const { write, commit, git, audit } = await repository();
  const named = (texts: readonly string[], from: number) =>
    migrations(Object.fromEntries(texts.map((text, at) => [`${String(at + from)}_step`, text])));
  await write(named(there, 1));
  commit();
  git('switch', '--quiet', '--create', 'feature');
  await write(named(here, there.length + 1));
  const { report } = await audit([rule]);
  return report.findings.map(({ level, fix }) => `${level}${fix ? ' with a fix' : ''}`);
}

describe.each(losses)('$id', (rule, sql) => {
  test('is low in a migration that is applied, and has no fix', async () => {
    expect(await levels(rule, [init, sql], [])).toEqual(['low']);
    expect(await levels(rule, [init], [sql])).not.toEqual(['low']);
  });

  test('is silent of what goes out together with it', async () => {
    expect(await levels(rule, ['SELECT 1;'], [init, sql])).toEqual([]);
  });
});

describe.each(ofClients)('$id', (rule, sql) => {
  test('is silent in a migration that is applied, and of what goes out together with it', async () => {
    expect(await levels(rule, [init, sql], [])).toEqual([]);
    expect(await levels(rule, ['SELECT 1;'], [init, sql])).toEqual([]);
    expect(await levels(rule, [init], [sql])).toHaveLength(1);
  });
});
