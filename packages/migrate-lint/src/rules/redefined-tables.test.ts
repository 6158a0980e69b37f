import { describe, expect, test } from '@jest/globals';
import type { Finding } from '@migrate-lint/core';
import { auditOf } from '../testing.ts';
import { sqliteMigration } from '../../test/sqlite-testing.ts';
import { migrationRules } from './migration-rules.ts';

/** What the rules say of a migration of SQLite that follows another one. */
async function findingsOf(before: string, sql: string): Promise<readonly Finding[]> {
  const { report } = await auditOf(
    {
      schema: 'datasource db {\n  provider = "sqlite"\n}\n',
      migrations: { '1_before': before, '2_next': sql },
      lockFile: 'provider = "sqlite"\n',
      facts: ['migrations'],
    },
    migrationRules,
  );
  return report.findings;
}

async function say(before: string, sql: string): Promise<readonly string[]> {
  return (await findingsOf(before, sql)).map(
    ({ rule, location, message }) => `${rule.replace('migration/', '')} ${String(location?.line)}: ${message}`,
  );
}

const teams = 'model Team {\n  id Int @id\n}\n';
const users = `model User {
  id Int @id @default(autoincrement())
  email String @unique
  name String?
  teamId Int?
  at DateTime @default(now())
}
`;

describe('what Prisma writes and nobody has to fear', () => {
  const team = 'team Team? @relation(fields: [teamId], references: [id])';
  test.each([
    ['an optional column', users.replace('name', 'age Int?\n  name')],
    ['a column with a default', users.replace('name', 'age Int @default(1)\n  name')],
    ['an index', users.replace('at DateTime', '@@index([name])\n  at DateTime')],
    ['a relation', users.replace('at DateTime', `${team}\n  at DateTime`), teams.replace('}', '  users User[]\n}')],
    ['a default', users.replace('name String?', 'name String? @default("x")')],
    ['a column that becomes required, with a default', users.replace('name String?', 'name String @default("x")')],
    ['a wider type', users.replace('name String?', 'name String?\n  size BigInt?')],
  ])('%s', async (_case, wanted, others = teams) => {
    const [before, sql] = [
      await sqliteMigration('', teams + users),
      await sqliteMigration(teams + users, others + wanted),
    ];
    expect(sql).not.toBe('');
    expect(await say(before, sql)).toEqual([]);
  });

  test('a relation and a required column with a default redefine the table', async () => {
    const wanted = users.replace('name String?', `name String @default("x")\n  ${team}`);
    const sql = await sqliteMigration(teams + users, teams.replace('}', '  users User[]\n}') + wanted);
    expect(sql).toContain('CREATE TABLE "new_User"');
    expect(await say(await sqliteMigration('', teams + users), sql)).toEqual([]);
  });
});

describe('what Prisma writes and what goes wrong', () => {
  const generated = async (from: string, to: string): Promise<readonly string[]> =>
    say(await sqliteMigration('', from), await sqliteMigration(from, to));

  test('a column is gone', async () => {
    expect(
      await generated(
        teams + users,
        teams + users.replace('name String?', '').replace('email', 'size Int @default(1)\n  email'),
      ),
    ).toEqual([expect.stringContaining('dropped-column 4: Dropping the column `name` of `User` loses its values')]);
  });

  test('a required column without a default', async () => {
    expect(await generated(users, users.replace('name', 'slug String\n  name'))).toEqual([
      'required-column 7: `User` gets the column `slug` as NOT NULL without a default, which fails as soon as the table has a row.',
    ]);
  });

  test('a column becomes required', async () => {
    expect(await generated(users, users.replace('name String?', 'name String'))).toEqual([
      expect.stringContaining('not-null-on-existing'),
    ]);
  });

  test('a unique with another change', async () => {
    expect(await generated(users, users.replace('name String?', 'name String? @unique @default("x")'))).toEqual([
      expect.stringContaining(
        'The unique index `User_name_key` fails as soon as two rows of `User` have the same `name`.',
      ),
    ]);
  });

  test('NULLs of a unique column get one default', async () => {
    const from = users.replace('email String @unique', 'email String? @unique');
    const to = users.replace('email String @unique', 'email String @unique @default("none")');
    const [before, sql] = [await sqliteMigration('', from), await sqliteMigration(from, to)];
    const findings = await findingsOf(before, sql);
    expect(findings.map(({ message, precheck }) => [message, precheck])).toEqual([
      [
        'The unique index `User_email_key` fails as soon as two rows of `User` hold NULL in `email`, which all get the same value.',
        'SELECT count(*) AS "rows" FROM "User" WHERE "email" IS NULL HAVING count(*) > 1',
      ],
    ]);
    expect(await say(before, `UPDATE "User" SET "email" = "id" WHERE "email" IS NULL;\n${sql}`)).toEqual([]);
    expect(await say(before, sql.replace(`"email", 'none'`, '"email", lower(hex(randomblob(8)))'))).toEqual([]);
  });

  test('another name', async () => {
    const phones = users.replace('name String?', 'phone String?');
    const [finding, ...others] = await generated(
      phones,
      phones.replace('phone String?', 'phoneNumber String? @default("x")'),
    );
    expect(finding).toContain('probable-rename');
    expect(others).toEqual([]);
  });

  test('another key: all rows are gone', async () => {
    expect(await generated('model A {\n  a Int @id\n}\n', 'model A {\n  b Int @id\n}\n')).toEqual([
      expect.stringContaining('Dropping the table `A` loses its rows, for nothing copies them to what takes its name.'),
    ]);
  });
});

describe('an index by hand', () => {
  const indexed = async (): Promise<string> =>
    `${await sqliteMigration('', users)}\nSELECT 1;\nCREATE UNIQUE INDEX "team_key" ON "User"("teamId") WHERE "teamId" > 1;\n`;
  const redefined = (): Promise<string> =>
    sqliteMigration(users, users.replace('name String?', 'name String @default("x")'));

  test('goes with the old table, and Prisma does not make it again', async () => {
    expect(await say(await indexed(), await redefined())).toEqual([
      'drops-handmade-object 12: This generated statement drops the partial unique index `team_key` of `User`, which `1_before` made by hand and the schema does not say.',
    ]);
  });

  test('somebody makes it again', async () => {
    const again = 'CREATE UNIQUE INDEX "team_key" ON "User"("teamId") WHERE "teamId" > 1;';
    expect(await say(await indexed(), `${await redefined()}\n${again}`)).toEqual([]);
  });

  test('none is what Prisma made again with a table', async () => {
    const plain = users.replace('name String?', '@@index([at])\n  name String?');
    const before =
      (await sqliteMigration('', plain)) +
      (await sqliteMigration(plain, plain.replace('name String?', 'name String @default("x")')));
    expect(
      await say(
        before,
        '-- DropIndex\nDROP INDEX "User_at_idx";\n\n-- AlterTable\nALTER TABLE "User" ADD COLUMN "age" INTEGER;',
      ),
    ).toEqual([]);
  });
});

describe('by hand', () => {
  const before = `CREATE TABLE "Team" ("id" INTEGER NOT NULL PRIMARY KEY);
CREATE TABLE "User" ("id" INTEGER NOT NULL PRIMARY KEY, "email" TEXT NOT NULL, "teamId" INTEGER, CHECK ("id" > 0));
CREATE UNIQUE INDEX "User_email_key" ON "User"("email");`;
  const check = 'CHECK ("id" > 0)';
  const block = (columns: string, copied: string, unique = true, keys = 'OFF'): string =>
    [
      `PRAGMA foreign_keys=${keys};`,
      `CREATE TABLE "new_User" (${columns});`,
      `INSERT INTO "new_User" ${copied};`,
      'DROP TABLE "User";',
      'ALTER TABLE "new_User" RENAME TO "User";',
      ...(unique ? ['CREATE UNIQUE INDEX "User_email_key" ON "User"("email");'] : []),
    ].join('\n');
  const id = '"id" INTEGER NOT NULL PRIMARY KEY';
  const plain = `${id}, "email" TEXT NOT NULL, "teamId" INTEGER`;
  const all = '("id", "email", "teamId") SELECT "id", "email", "teamId" FROM "User"';

  test.each([
    ['nothing changes', `${plain}, ${check}`, all],
    [
      'a required column is made of others',
      `${plain}, "slug" TEXT NOT NULL, ${check}`,
      '("id", "email", "teamId", "slug") SELECT "id", "email", "teamId", lower("email") FROM user',
    ],
    [
      'the rows without a value are left',
      `${id}, "email" TEXT NOT NULL, "teamId" INTEGER NOT NULL, ${check}`,
      `${all} WHERE "teamId" IS NOT NULL`,
    ],
    [
      'a foreign key of rows that nobody looks up',
      `${plain}, ${check}, FOREIGN KEY ("teamId") REFERENCES "Team" ("id")`,
      all,
    ],
  ])('silent: %s', async (_case, columns, copied) => {
    expect(await say(before, block(columns, copied))).toEqual([]);
  });

  test('nobody copies the rows: they are lost, and the table keeps its name', async () => {
    const sql = block(`${plain}, ${check}`, all).replace(/INSERT[^;]*;\n/, '');
    expect(await say(before, sql)).toEqual([
      'dropped-table 3: Dropping the table `User` loses its rows, for nothing copies them to what takes its name.',
    ]);
  });

  test('a CHECK that is new, and one that is gone', async () => {
    expect(await say(before, block(`${plain}, CONSTRAINT "long" CHECK (length("email") > 3)`, all))).toEqual([
      expect.stringContaining('dropped-constraint 2: `User_id_check` of `User` is dropped'),
      'check-on-existing 2: The CHECK `long` fails when a row of `User` does not meet it.',
    ]);
  });

  test('a unique index that is not made again', async () => {
    expect(await say(before, block(`${plain}, ${check}`, all, false))).toEqual([
      expect.stringContaining('dropped-constraint 4: `User_email_key` of `User` is dropped and nothing as strong'),
    ]);
  });

  test('a foreign key, while foreign keys are on', async () => {
    const sql = block(
      `${plain}, ${check}, CONSTRAINT "f" FOREIGN KEY ("teamId") REFERENCES "Team" ("id")`,
      all,
      true,
      'ON',
    );
    expect(await say(before, sql)).toEqual([
      'foreign-key-on-existing 2: `f` fails when a row of `User` points at a `Team` that is not there.',
    ]);
  });

  test('a column that stays and is not copied', async () => {
    expect(await say(before, block(`${plain}, ${check}`, '("id", "email") SELECT "id", "email" FROM "User"'))).toEqual([
      expect.stringContaining('recreated-column 2: The column `teamId` of `User` is dropped and added again'),
    ]);
  });

  test('a new name', async () => {
    const copied = '("id", "mail", "teamId") SELECT "id", "email", "teamId" FROM "User"';
    const sql = block(`${id}, "mail" TEXT NOT NULL, "teamId" INTEGER, ${check}`, copied, false);
    expect(await say(before, `${sql}\nCREATE UNIQUE INDEX "User_mail_key" ON "User"("mail");`)).toEqual([
      expect.stringContaining('renamed-column 2: Renaming the column `email` of `User` to `mail`'),
    ]);
  });

  test('the fix of a required column is one that SQLite knows', async () => {
    const [finding] = await findingsOf(before, block(`${plain}, "slug" TEXT NOT NULL, ${check}`, all));
    expect(finding?.fix?.title).toBe(
      'Give `slug` a value in the INSERT that copies the rows into the new table, or give it a default',
    );
  });

  test('a value that nobody copies', async () => {
    const copied = `("id", "email", "teamId") SELECT "id", "email", 1 FROM "User"`;
    expect(await say(before, block(`${plain}, ${check}`, copied))).toEqual([
      'unfiltered-write 3: INSERT … SELECT without a condition overwrites `teamId` in all rows of `User`.',
    ]);
  });

  test('no finding speaks of another database', async () => {
    const findings = await findingsOf(
      before,
      block(`${id}, "slug" TEXT NOT NULL`, '("id") SELECT "id" FROM "User"', false),
    );
    expect(findings.length).toBeGreaterThan(2);
    expect(findings.filter(({ message }) => /Postgres|lock/i.test(message))).toEqual([]);
  });
});
