import { expect, jest, test } from '@jest/globals';
import { databaseTesting } from '../../../test/database-testing.ts';
import rule from './missing-foreign-key.ts';

jest.setTimeout(120_000);
const database = await databaseTesting(rule);

const users = 'CREATE TABLE "users" ("id" uuid PRIMARY KEY, "email" text);\n';
const table = (name: string, columns: string): string =>
  `${users}CREATE TABLE "${name}" ("id" uuid PRIMARY KEY, ${columns});`;

test.each([
  ['a foreign key', table('devices', '"user_id" uuid REFERENCES "users"("id")')],
  [
    'one of several columns',
    `${users}ALTER TABLE "users" ADD UNIQUE ("id", "email"); CREATE TABLE "d" ("id" uuid PRIMARY KEY, "user_id" uuid, "m" text, FOREIGN KEY ("user_id", "m") REFERENCES "users"("id", "email"));`,
  ],
  ['a name that fits no table', table('devices', '"owner_uid" uuid, "basket_id" uuid')],
  ['another type', table('devices', '"user_id" text')],
  ['a list of ids', table('devices', '"user_ids" uuid[], "user_id" uuid[]')],
  [
    'a table with a key of two columns',
    'CREATE TABLE "users" ("id" uuid, "n" int, PRIMARY KEY ("id", "n")); CREATE TABLE "d" ("id" uuid PRIMARY KEY, "user_id" uuid);',
  ],
  [
    'an id of another system',
    `${table('devices', '"stripe_user_id" uuid, "external_id" uuid')}CREATE TABLE "sessions" ("id" uuid PRIMARY KEY); CREATE TABLE "hits" ("id" uuid PRIMARY KEY, "session_id" uuid);`,
  ],
  [
    'a client at another system',
    'CREATE TABLE "clients" ("id" text PRIMARY KEY); CREATE TABLE "apps" ("id" text PRIMARY KEY, "client_id" text, "client_secret" text);',
  ],
  ['a polymorphic pair', table('notes', '"user_id" uuid, "user_type" text')],
  ['an audit trail', table('audit_logs', '"user_id" uuid')],
  ['a table of events', table('runs', '"user_id" uuid, "event_type" text')],
  [
    'a comment on the column',
    `${table('devices', '"user_id" uuid')} COMMENT ON COLUMN "devices"."user_id" IS 'soft reference, no FK';`,
  ],
  [
    'a trigger that looks after it',
    `${table('devices', '"user_id" uuid')} CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE TRIGGER t BEFORE UPDATE OF "user_id" ON "devices" FOR EACH ROW EXECUTE FUNCTION f();`,
  ],
  [
    'a schema of statistics',
    `${users}CREATE SCHEMA "analytics"; CREATE TABLE "analytics"."views" ("id" uuid PRIMARY KEY, "user_id" uuid);`,
  ],
  [
    'a schema apart',
    `${users}CREATE SCHEMA "shop"; CREATE TABLE "shop"."carts" ("id" uuid PRIMARY KEY, "user_id" uuid);`,
  ],
  [
    'a default that no id can be',
    table('devices', '"user_id" uuid')
      .replace(/uuid/g, 'integer')
      .replace('"user_id" integer', '"user_id" integer DEFAULT 0'),
  ],
  [
    'a key that the history dropped',
    `${table('devices', '"user_id" uuid, CONSTRAINT "devices_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id")')} ALTER TABLE "devices" DROP CONSTRAINT "devices_user_id_fkey";`,
  ],
  [
    "a tenant's key that goes with its owner",
    `CREATE TABLE "orgs" ("id" uuid PRIMARY KEY);
CREATE TABLE "apps" ("id" uuid PRIMARY KEY, "org_id" uuid NOT NULL REFERENCES "orgs"("id") ON DELETE CASCADE);
CREATE TABLE "parts" ("id" uuid PRIMARY KEY, "org_id" uuid NOT NULL, "app_id" uuid NOT NULL REFERENCES "apps"("id") ON DELETE CASCADE);`,
  ],
  ['a name that fits two', `${table('devices', '"user_id" uuid')} CREATE TABLE "user" ("id" uuid PRIMARY KEY);`],
])('is silent on %s', async (_, sql) => {
  expect(await database.flagged(sql)).toEqual([]);
});

test('leaves columns of models to the schema, and wants nothing where the relation mode wants none', async () => {
  const sql = table('devices', '"user_id" uuid');
  const models = `model users {
  id    String  @id @db.Uuid
  email String?
}

model devices {
  id      String  @id @db.Uuid
  user_id String? @db.Uuid
}
`;
  expect(await database.flagged(sql, { schema: models })).toEqual([]);
  const schema = `model Nothing {\n  id Int @id\n}\n\ndatasource db {\n  provider     = "postgresql"\n  relationMode = "prisma"\n}\n`;
  expect(await database.flagged(sql, { schema })).toEqual([]);
});

test('tells a column that no model has, and adds the key in two steps', async () => {
  const sql = table('devices', '"user_id" uuid NOT NULL');
  const schema = 'model users {\n  id    String  @id @db.Uuid\n  email String?\n}\n';
  expect(await database.say(sql, { schema })).toEqual([
    'devices.user_id: `devices.user_id` holds the key of `users` without a foreign key, so the database accepts any value and keeps the row when its `users` row is deleted.',
  ]);
  const [fix] = await database.prove(sql);
  expect(fix?.split('\n').map(line => line.slice(0, 40))).toEqual([
    'ALTER TABLE "devices" ADD CONSTRAINT "de',
    '-- Fails while this finds rows: SELECT c',
    'ALTER TABLE "devices" VALIDATE CONSTRAIN',
  ]);
});

test('reads comments, and other foreign keys on columns of this name', async () => {
  const told = `${table('trips', '"driver_uid" uuid')} COMMENT ON COLUMN "trips"."driver_uid" IS 'references users';`;
  expect(await database.flagged(told)).toEqual(['trips.driver_uid']);
  const shared = `CREATE TABLE "members" ("id" uuid PRIMARY KEY);
CREATE TABLE "a" ("id" uuid PRIMARY KEY, "author_id" uuid REFERENCES "members"("id"));
CREATE TABLE "b" ("id" uuid PRIMARY KEY, "author_id" uuid REFERENCES "members"("id"));
CREATE TABLE "c" ("id" uuid PRIMARY KEY, "author_id" uuid);`;
  expect(await database.flagged(shared)).toEqual(['c.author_id']);
});

test('adds a validated key to a partitioned table', async () => {
  const sql = `${users}CREATE TABLE "hits" ("id" bigint, "user_id" uuid, PRIMARY KEY ("id")) PARTITION BY RANGE ("id");`;
  const [fix] = await database.prove(sql);
  expect(fix).not.toContain('NOT VALID');
});
