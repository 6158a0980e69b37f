import { expect, jest, test } from '@jest/globals';
import { databaseTesting } from '../../../test/database-testing.ts';
import rule from './duplicate-foreign-key.ts';

jest.setTimeout(120_000);
const database = await databaseTesting(rule);

const tables =
  'CREATE TABLE "users" ("id" bigint PRIMARY KEY, "code" bigint UNIQUE, UNIQUE ("id", "code"));\nCREATE TABLE "teams" ("id" bigint PRIMARY KEY);\n';
const notes = (...keys: string[]): string =>
  `${tables}CREATE TABLE "notes" ("id" bigint PRIMARY KEY, "user_id" bigint, "other_id" bigint, ${keys.map((key, at) => `CONSTRAINT "fk_${String(at)}" FOREIGN KEY ${key}`).join(', ')});`;
const user = '("user_id") REFERENCES "users"("id")';

test.each([
  ['another column', user, '("other_id") REFERENCES "users"("id")'],
  ['another table', user, '("user_id") REFERENCES "teams"("id")'],
  ['another column of it', user, '("user_id") REFERENCES "users"("code")'],
  ['one more column', user, '("user_id", "other_id") REFERENCES "users"("id", "code")'],
])('is silent on %s', async (_, one, other) => {
  expect(await database.flagged(notes(one, other))).toEqual([]);
});

test('tells the second of two that are the same, and drops it', async () => {
  expect(await database.findings(notes(user, user))).toMatchObject([
    {
      subject: 'notes.fk_1',
      message:
        'The foreign keys `fk_0` and `fk_1` of `notes` both tie `user_id` to `users`, and every write looks both up.',
      fix: { safety: 'safe', sql: 'ALTER TABLE "notes" DROP CONSTRAINT "fk_1";' },
    },
  ]);
  await database.prove(notes(user, user));
});

test('a compound key is the same in another order', async () => {
  const sql = notes(
    '("user_id", "other_id") REFERENCES "users"("id", "code")',
    '("other_id", "user_id") REFERENCES "users"("code", "id")',
  );
  expect(await database.flagged(sql)).toEqual(['notes.fk_1']);
});

test('says what the actions are where they differ', async () => {
  expect(await database.findings(notes(user, `${user} ON DELETE SET NULL`))).toMatchObject([
    {
      message:
        'The foreign keys `fk_0` and `fk_1` of `notes` both tie `user_id` to `users` with other actions (`ON DELETE NO ACTION ON UPDATE NO ACTION` and `ON DELETE SET NULL ON UPDATE NO ACTION`).',
      fix: { safety: 'unsafe' },
    },
  ]);
});

test('the one that holds best stays', async () => {
  const sql = `${notes(`${user} DEFERRABLE`)}\nALTER TABLE "notes" ADD CONSTRAINT "fk_9" FOREIGN KEY ${user};`;
  expect(await database.prove(sql)).toEqual(['ALTER TABLE "notes" DROP CONSTRAINT "fk_0";']);
});

test('leaves one that the schema lacks to drift, and tells two that it has', async () => {
  const schema = (second: string): string => `model users {
  id    BigInt  @id
  code  BigInt? @unique
  notes notes[] @relation("a")
  ${second === '' ? '' : 'more  notes[] @relation("b")'}

  @@unique([id, code])
}

model teams {
  id BigInt @id
}

model notes {
  id       BigInt  @id
  user_id  BigInt?
  other_id BigInt?
  user     users?  @relation("a", fields: [user_id], references: [id], onDelete: NoAction, onUpdate: NoAction, map: "fk_0")
  ${second}
}`;
  expect(await database.flagged(notes(user, user), { schema: schema('') })).toEqual([]);
  const more =
    'again users? @relation("b", fields: [user_id], references: [id], onDelete: NoAction, onUpdate: NoAction, map: "fk_1")';
  expect(await database.findings(notes(user, user), { schema: schema(more) })).toMatchObject([
    { subject: 'notes.fk_1', fix: { sql: null } },
  ]);
});
