import { expect, test } from '@jest/globals';
import type { AnyRule } from '@migrate-lint/core';
import { auditOf } from '../testing.ts';
import blockingIndex from './migration/blocking-index.ts';
import changedDefault from './migration/changed-default.ts';
import droppedColumn from './migration/dropped-column.ts';
import droppedConstraint from './migration/dropped-constraint.ts';
import droppedNotNull from './migration/dropped-not-null.ts';
import droppedTable from './migration/dropped-table.ts';
import foreignKeyOnExisting from './migration/foreign-key-on-existing.ts';
import identifierTooLong from './migration/identifier-too-long.ts';
import notNullOnExisting from './migration/not-null-on-existing.ts';
import probableRename from './migration/probable-rename.ts';
import recreatedColumn from './migration/recreated-column.ts';
import renamedColumn from './migration/renamed-column.ts';
import renamedTable from './migration/renamed-table.ts';
import requiredColumn from './migration/required-column.ts';
import truncate from './migration/truncate.ts';
import unacknowledgedWarning from './migration/unacknowledged-warning.ts';
import unfilteredWrite from './migration/unfiltered-write.ts';
import uniqueOnExisting from './migration/unique-on-existing.ts';

async function reportOf(provider: string, rule: AnyRule, before: string, sql: string) {
  const { report } = await auditOf(
    {
      schema: `datasource db {\n  provider = "${provider}"\n}\n`,
      migrations: { '20260101000000_before': before, '20260102000000_next': sql },
      lockFile: `provider = "${provider}"\n`,
      facts: ['migrations'],
    },
    [rule],
  );
  return report;
}

const user = `CREATE TABLE \`User\` (\`id\` INTEGER NOT NULL, \`name\` VARCHAR(20) NOT NULL DEFAULT 'x', \`mail\` VARCHAR(20) NULL, \`team\` INTEGER NULL,
  UNIQUE INDEX \`u\`(\`name\`), PRIMARY KEY (\`id\`));
CREATE TABLE \`Team\` (\`id\` INTEGER NOT NULL, PRIMARY KEY (\`id\`));`;

test.each<[AnyRule, string, string | null]>([
  [changedDefault, 'ALTER TABLE `User` ALTER COLUMN `name` DROP DEFAULT;', null],
  [
    droppedColumn,
    'ALTER TABLE `User` DROP COLUMN `mail`;',
    'SELECT count(*) AS `rows` FROM `User` WHERE `mail` IS NOT NULL HAVING count(*) > 0',
  ],
  [droppedConstraint, 'DROP INDEX `u` ON `User`;', null],
  [droppedNotNull, "ALTER TABLE `User` MODIFY `name` VARCHAR(20) NULL DEFAULT 'x';", null],
  [droppedTable, 'DROP TABLE `Team`;', 'SELECT count(*) AS `rows` FROM `Team` HAVING count(*) >= 1'],
  [
    foreignKeyOnExisting,
    'ALTER TABLE `User` ADD CONSTRAINT `f` FOREIGN KEY (`team`) REFERENCES `Team`(`id`);',
    'SELECT `child`.`team`, count(*) AS `rows` FROM `User` AS `child` WHERE `child`.`team` IS NOT NULL AND NOT EXISTS (SELECT 1 FROM `Team` AS `parent` WHERE `parent`.`id` = `child`.`team`) GROUP BY `child`.`team`',
  ],
  [identifierTooLong, `CREATE INDEX \`${'i'.repeat(65)}\` ON \`User\`(\`name\`);`, null],
  [
    notNullOnExisting,
    'ALTER TABLE `User` MODIFY `mail` VARCHAR(20) NOT NULL;',
    'SELECT count(*) AS `rows` FROM `User` WHERE `mail` IS NULL HAVING count(*) > 0',
  ],
  [
    probableRename,
    'ALTER TABLE `User` DROP COLUMN `mail`, ADD COLUMN `email` VARCHAR(20) NULL;',
    'SELECT count(*) AS `rows` FROM `User` WHERE `mail` IS NOT NULL HAVING count(*) > 0',
  ],
  [
    recreatedColumn,
    'ALTER TABLE `User` DROP COLUMN `mail`, ADD COLUMN `mail` INTEGER NULL;',
    'SELECT count(*) AS `rows` FROM `User` WHERE `mail` IS NOT NULL HAVING count(*) > 0',
  ],
  [renamedColumn, 'ALTER TABLE `User` RENAME COLUMN `mail` TO `email`;', null],
  [renamedTable, 'RENAME TABLE `User` TO `Person`;', null],
  [requiredColumn, 'ALTER TABLE `User` ADD COLUMN `age` INTEGER NOT NULL;', null],
  [truncate, 'TRUNCATE TABLE `User`;', 'SELECT count(*) AS `rows` FROM `User` HAVING count(*) >= 1'],
  [
    unacknowledgedWarning,
    '/*\n  Warnings:\n\n  - The primary key for the `User` table will be changed. If it partially fails, the table could be left without primary key constraint.\n\n*/\nSELECT 1;',
    null,
  ],
  [unfilteredWrite, 'DELETE FROM `User`;', 'SELECT count(*) AS `rows` FROM `User` HAVING count(*) >= 1'],
  [
    uniqueOnExisting,
    'CREATE UNIQUE INDEX `k` ON `User`(`mail`);',
    'SELECT `mail`, count(*) AS `rows` FROM `User` WHERE `mail` IS NOT NULL GROUP BY `mail` HAVING count(*) > 1',
  ],
])('MySQL: $0.id', async (rule, sql, precheck) => {
  const [finding, ...others] = (await reportOf('mysql', rule, user, sql)).findings;
  expect(others).toEqual([]);
  expect(finding?.rule).toBe(rule.id);
  expect(finding?.message).not.toMatch(/Postgres/);
  expect(finding?.precheck ?? null).toBe(precheck);
  expect(finding?.fix?.edits ?? []).toEqual([]);
});

const lite = 'CREATE TABLE "User" ("id" INTEGER NOT NULL PRIMARY KEY, "mail" TEXT);';

test.each<[AnyRule, string]>([
  [droppedColumn, 'ALTER TABLE "User" DROP COLUMN "mail";'],
  [droppedTable, 'DROP TABLE "User";'],
  [renamedColumn, 'ALTER TABLE "User" RENAME COLUMN "mail" TO "email";'],
  [renamedTable, 'ALTER TABLE "User" RENAME TO "Person";'],
  [requiredColumn, 'ALTER TABLE "User" ADD COLUMN "age" INTEGER NOT NULL;'],
  [unfilteredWrite, 'DELETE FROM "User";'],
  [uniqueOnExisting, 'CREATE UNIQUE INDEX "k" ON "User"("mail");'],
])('SQLite: $id', async (rule, sql) => {
  const { findings } = await reportOf('sqlite', rule, lite, sql);
  expect(findings.map(finding => finding.rule)).toEqual([rule.id]);
  expect(findings[0]?.message).not.toMatch(/Postgres/);
});

const redefine = `PRAGMA foreign_keys=OFF;
CREATE TABLE "new_User" ("id" INTEGER NOT NULL PRIMARY KEY, "mail" TEXT, "age" INTEGER);
INSERT INTO "new_User" ("id", "mail") SELECT "id", "mail" FROM "User";
DROP TABLE "User";
ALTER TABLE "new_User" RENAME TO "User";
PRAGMA foreign_keys=ON;`;

test.each([droppedTable, renamedTable, droppedConstraint])('SQLite: a table that is redefined: $id', async rule => {
  expect((await reportOf('sqlite', rule, lite, redefine)).findings).toEqual([]);
});

test('a rule of locks is skipped, and the report says so', async () => {
  const { skipped, findings } = await reportOf('mysql', blockingIndex, user, 'CREATE INDEX `k` ON `User`(`mail`);');
  expect(findings).toEqual([]);
  expect(skipped.map(({ rule, reason }) => [rule, reason])).toEqual([
    [
      'migration/blocking-index',
      'The migrations are for mysql: locks, rewrites and transactions are known for PostgreSQL only.',
    ],
  ]);
});
