import { describe, expect, test } from '@jest/globals';
import { auditOf } from '../testing.ts';

const schema = 'model User {\n  id Int @id\n}\n';

/** What the replay says of a history, as `folder: message`. */
async function failures(migrations: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const { migrations: replayed } = await (await auditOf({ schema, migrations })).fact('replay');
  return replayed.flatMap(({ path, failure }) => (failure ? [`${path}: ${failure.message}`] : []));
}

describe('a history that works on a server works here', () => {
  test('roles, transactions, CONCURRENTLY, pinned extension versions and the objects of a platform', async () => {
    expect(
      await failures({
        '1_extension': `CREATE EXTENSION "citext" VERSION '1.2' SCHEMA public;`,
        '1_extension_update': `ALTER EXTENSION "citext" UPDATE TO '1.1';`,
        '2_table':
          'CREATE TABLE "User" (id integer PRIMARY KEY, email citext);\nINSERT INTO "User" VALUES (1, \'ÄÖ\');',
        '3_role': 'GRANT SELECT ON "User" TO reporting;\nALTER TABLE "User" OWNER TO app_owner;',
        '4_transaction': 'BEGIN;\nALTER TABLE "User" ADD COLUMN a text;\nCOMMIT;',
        '5_concurrently': 'CREATE INDEX CONCURRENTLY a ON "User" (a);\nCREATE INDEX CONCURRENTLY b ON "User" (email);',
        '6_enum': `CREATE TYPE "Role" AS ENUM ('A');\nALTER TYPE "Role" ADD VALUE 'B';\nALTER TABLE "User" ADD COLUMN role "Role" DEFAULT 'B';`,
        '7_supabase': 'CREATE POLICY own ON "User" FOR ALL TO authenticated USING (auth.uid() IS NOT NULL);',
        '8_body':
          'CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN PERFORM 1; END $$;\nDO $$ BEGIN CREATE TYPE "Role" AS ENUM (\'A\'); EXCEPTION WHEN duplicate_object THEN NULL; END $$;',
        '8_one_transaction': `SET TRANSACTION ISOLATION LEVEL SERIALIZABLE;
CREATE FUNCTION g() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('transaction_isolation') <> 'serializable' THEN RAISE 'not serializable'; END IF;
END $$;
SELECT g();`,
        '9_empty': '-- nothing to do\n',
      }),
    ).toEqual([]);
  });

  test('the platform has extensions installed in a schema of theirs', async () => {
    const migrations = {
      '1': 'CREATE TABLE "User" (id uuid PRIMARY KEY DEFAULT extensions.uuid_generate_v4(), salt text DEFAULT extensions.gen_salt(\'bf\'));',
    };
    expect(await failures(migrations)).toEqual([]);
    expect((await (await auditOf({ schema, migrations })).fact('replayed')).extensions).toEqual([]);
    expect(
      await failures({
        '1': 'CREATE EXTENSION IF NOT EXISTS "uuid-ossp"; CREATE TABLE "User" (id uuid PRIMARY KEY DEFAULT uuid_generate_v4());',
        '2': 'INSERT INTO "User" VALUES (extensions.uuid_generate_v4());',
      }),
    ).toEqual([]);
  });

  test('the platform’s objects are not the project’s', async () => {
    const audit = await auditOf({
      schema,
      migrations: { '1': 'CREATE TABLE "User" (id integer PRIMARY KEY);\nSELECT auth.uid();' },
    });
    const { tables, functions } = await audit.fact('replayed');
    expect([tables.map(table => table.path), functions]).toEqual([['User'], []]);
  });
});

describe('a connection with a schema of its own', () => {
  const history = {
    '1_init': 'CREATE TABLE "User" (id integer PRIMARY KEY);\nCREATE TYPE "Mood" AS ENUM (\'A\');',
    '2_by_hand': 'ALTER TABLE "my$app"."User" ADD COLUMN name text;\nCREATE INDEX ON "my$app"."User"(name);',
  };

  test('that hand-written statements name is the place where all of it runs', async () => {
    expect(await failures(history)).toEqual([]);
    const { tables, indexes, enums } = await (await auditOf({ schema, migrations: history })).fact('replayed');
    expect([...tables, ...indexes, ...enums].map(({ path }) => path)).toEqual([
      'User',
      'User.User_name_idx',
      'User.User_pkey',
      'Mood',
    ]);
  });

  test('that an extension goes into is it, too', async () => {
    expect(
      await failures({
        '1': 'CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA core;',
        '2': 'CREATE TABLE "User" (id citext);',
      }),
    ).toEqual([]);
  });

  test('is not guessed where a schema is really missing', async () => {
    expect(await failures({ ...history, '3_bad': 'CREATE TABLE audit."Log" (id integer);' })).toEqual([
      '3_bad: schema "audit" does not exist',
    ]);
    expect(await failures({ '1_bad': 'ALTER TABLE app."Nobody" ADD COLUMN name text;' })).toEqual([
      '1_bad: schema "app" does not exist',
    ]);
  });

  test('does not hide a failure behind it', async () => {
    expect(await failures({ ...history, '3_bad': 'ALTER TABLE "User" DROP COLUMN nothing;' })).toEqual([
      '3_bad: column "nothing" of relation "User" does not exist',
    ]);
  });
});

describe('a failure has its place', () => {
  test('the word that Postgres points at, in a file with characters of several bytes', async () => {
    const text =
      '-- Zürich 🏔\nCREATE TABLE "User" (id integer PRIMARY KEY, "größe" text DEFAULT \'🏔\');\n\nCREATE VIEW v AS SELECT "grösse" FROM "User";\n';
    const audit = await auditOf({
      schema,
      migrations: { '1_ok': 'SELECT 1;', '2_bad': text, '3_never': 'SELECT 1/0;' },
    });
    const { migrations } = await audit.fact('replay');
    expect(migrations.map(({ failure }) => failure?.message)).toEqual([
      undefined,
      'column "grösse" does not exist',
      undefined,
    ]);
    const span = migrations[1]?.failure?.span;
    expect(text.slice(span?.start, span?.end)).toBe('"grösse"');
  });

  test('the statement, where Postgres points at nothing', async () => {
    const text = 'CREATE TABLE "User" (id integer);\nDROP TABLE "Nobody";\n';
    const { migrations } = await (await auditOf({ schema, migrations: { '1': text } })).fact('replay');
    const failure = migrations[0]?.failure;
    expect([text.slice(failure?.span.start, failure?.span.end), failure?.code]).toEqual([
      'DROP TABLE "Nobody"',
      '42P01',
    ]);
  });

  test('detail and hint of Postgres are kept', async () => {
    const text = 'CREATE TABLE a (id integer PRIMARY KEY);\nCREATE TABLE b (a integer REFERENCES a);\nDROP TABLE a;\n';
    const { migrations } = await (await auditOf({ schema, migrations: { '1': text } })).fact('replay');
    expect(migrations[0]?.failure).toMatchObject({
      message: 'cannot drop table a because other objects depend on it',
      detail: 'constraint b_a_fkey on table b depends on table a',
      hint: 'Use DROP ... CASCADE to drop the dependent objects too.',
    });
  });

  test('what the parser cannot read', async () => {
    const text = 'CREATE TABLE "User" (id integer);\nCREATE TABEL x (id integer);\n';
    const { migrations } = await (await auditOf({ schema, migrations: { '1': text } })).fact('replay');
    const failure = migrations[0]?.failure;
    expect([failure?.message, text.slice(failure?.span.start).split(' ')[0]]).toEqual([
      'syntax error at or near "TABEL"',
      'TABEL',
    ]);
  });

  test('and what comes after it is not compared', async () => {
    const audit = await auditOf({ schema, migrations: { '1_bad': 'SELECT 1/0;' } });
    await expect(audit.fact('comparison')).rejects.toThrow(
      'The migrations do not run: 1_bad fails (history/replay-failure).',
    );
  });
});

test('an extension that the embedded database lacks is not verified, and the way out is named', async () => {
  const audit = await auditOf({ schema, migrations: { '1_postgis': 'CREATE EXTENSION postgis;' } });
  await expect(audit.fact('replay')).rejects.toThrow(
    /^The embedded database cannot run prisma\/migrations\/1_postgis\/migration\.sql: extension "postgis" is not available; give a server that has it with --shadow-url\.$/,
  );
});
