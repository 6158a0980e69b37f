import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Touch, TouchKind } from '@migrate-lint/core';
import { historyOf } from '../../test/history.ts';
import { loadParser } from './parser.ts';
import { lastTouches } from './touches.ts';

beforeAll(loadParser);

/** `created 001#2: email text`, or `never` */
function said(touch: Touch | undefined): string {
  if (!touch) return 'never';
  const { text } = touch.statement.migration;
  return `${touch.action} ${touch.statement.path}: ${text.slice(touch.span.start, touch.span.end)}`;
}

const after =
  (...texts: readonly string[]) =>
  (kind: TouchKind, path: string): string =>
    said(lastTouches(historyOf(texts))(kind, path));

const users = 'CREATE TABLE users (id int PRIMARY KEY, email text, a int, b int);';

describe('the clause of a touch', () => {
  const table = `CREATE TABLE "users" (
    "id" serial CONSTRAINT pk PRIMARY KEY, -- the key, of course
    "email" varchar(20) NOT NULL DEFAULT 'a,b' CHECK ("email" <> ')') UNIQUE DEFERRABLE, /* , */
    price numeric(10, 2) DEFAULT (1 + 2),
    team int REFERENCES teams (id) ON DELETE CASCADE,
    CONSTRAINT "both" UNIQUE ("id", price),
    FOREIGN KEY (price) REFERENCES prices
  ) WITH (fillfactor = 70)`;

  test.each<[TouchKind, string, string]>([
    ['table', 'users', table],
    ['column', 'users.id', '"id" serial CONSTRAINT pk PRIMARY KEY'],
    ['constraint', 'users.pk', 'CONSTRAINT pk PRIMARY KEY'],
    ['index', 'users.pk', 'CONSTRAINT pk PRIMARY KEY'],
    ['sequence', 'users_id_seq', '"id" serial CONSTRAINT pk PRIMARY KEY'],
    ['column', 'users.email', `"email" varchar(20) NOT NULL DEFAULT 'a,b' CHECK ("email" <> ')') UNIQUE DEFERRABLE`],
    ['constraint', 'users.users_email_check', `CHECK ("email" <> ')')`],
    ['index', 'users.users_email_key', 'UNIQUE DEFERRABLE'],
    ['column', 'users.price', 'price numeric(10, 2) DEFAULT (1 + 2)'],
    ['constraint', 'users.users_team_fkey', 'REFERENCES teams (id) ON DELETE CASCADE'],
    ['constraint', 'users.both', 'CONSTRAINT "both" UNIQUE ("id", price)'],
    ['index', 'users.both', 'CONSTRAINT "both" UNIQUE ("id", price)'],
    ['constraint', 'users.users_price_fkey', 'FOREIGN KEY (price) REFERENCES prices'],
  ])('%s %s of a CREATE TABLE', (kind, path, clause) => {
    expect(after(`-- 😀 é\n${table};`)(kind, path)).toBe(`created 001#1: ${clause}`);
  });

  const alter = `ALTER TABLE ONLY "public"."users"
    ADD COLUMN c text DEFAULT 'x, y' UNIQUE, -- one, more
    ALTER COLUMN email SET DATA TYPE varchar(10) USING (left(email, 10)),
    ALTER a SET NOT NULL, DROP COLUMN b,
    ADD CONSTRAINT ck CHECK (a IN (1, 2)),
    ADD PRIMARY KEY (a, c)`;

  test.each<[TouchKind, string, string]>([
    ['column', 'users.c', "created 002#1: ADD COLUMN c text DEFAULT 'x, y' UNIQUE"],
    ['index', 'users.users_c_key', 'created 002#1: UNIQUE'],
    ['column', 'users.email', 'altered 002#1: ALTER COLUMN email SET DATA TYPE varchar(10) USING (left(email, 10))'],
    ['column', 'users.a', 'altered 002#1: ALTER a SET NOT NULL'],
    ['column', 'users.b', 'dropped 002#1: DROP COLUMN b'],
    ['constraint', 'users.ck', 'created 002#1: ADD CONSTRAINT ck CHECK (a IN (1, 2))'],
    ['constraint', 'users.users_pkey', 'created 002#1: ADD PRIMARY KEY (a, c)'],
    ['table', 'users', 'created 001#1: CREATE TABLE users (id int, email text, a int, b int)'],
  ])('%s %s of an ALTER TABLE', (kind, path, expected) => {
    expect(after('CREATE TABLE users (id int, email text, a int, b int)', `${alter};`)(kind, path)).toBe(expected);
  });

  test('of a statement in a DO block is the block', () => {
    const block = `DO $$ BEGIN
      IF NOT EXISTS (SELECT 1) THEN ALTER TABLE users ADD COLUMN c text DEFAULT ';'; END IF;
      EXECUTE 'CREATE INDEX i ON users (a)';
      EXECUTE format('ALTER TABLE %I ADD COLUMN dynamic int', 'users');
    EXCEPTION WHEN others THEN CREATE TABLE never_made (id int);
    END $$`;
    const touch = after(users, `${block};`);
    expect(touch('column', 'users.c')).toBe(`created 002#1: ${block}`);
    expect(touch('index', 'users.i')).toBe(`created 002#1: ${block}`);
    expect(touch('column', 'users.dynamic')).toBe('never');
    expect(touch('table', 'never_made')).toBe('never');
  });

  test('of DDL in a comment or string is none', () => {
    const touch = after(
      `-- CREATE TABLE a (id int);`,
      `SELECT 'CREATE TABLE b (id int);'`,
      'DO $$ BEGIN /* CREATE TABLE c (); */ END $$',
    );
    expect([touch('table', 'a'), touch('table', 'b'), touch('table', 'c')]).toEqual(['never', 'never', 'never']);
  });
});

describe('renames', () => {
  test('a table takes along all that is known of it', () => {
    const rename = 'ALTER TABLE users RENAME TO people';
    const touch = after(users, 'ALTER TABLE users DROP b', rename);
    expect(touch('table', 'people')).toBe(`renamed 003#1: ${rename}`);
    expect(touch('table', 'users')).toBe(`renamed 003#1: ${rename}`);
    expect(touch('column', 'people.email')).toBe('created 001#1: email text');
    expect(touch('column', 'users.email')).toBe(`renamed 003#1: ${rename}`);
    expect(touch('column', 'people.b')).toBe('dropped 002#1: DROP b');
    expect(touch('constraint', 'people.users_pkey')).toBe('created 001#1: PRIMARY KEY');
  });

  test.each<[string, TouchKind, string, string]>([
    ['ALTER TABLE users RENAME COLUMN email TO mail', 'column', 'users.mail', 'users.email'],
    ['ALTER INDEX users_pkey RENAME TO pk', 'index', 'users.pk', 'users.users_pkey'],
    ['ALTER INDEX users_pkey RENAME TO pk', 'constraint', 'users.pk', 'users.users_pkey'],
    ['ALTER TABLE users RENAME CONSTRAINT users_pkey TO pk', 'index', 'users.pk', 'users.users_pkey'],
    ['ALTER TYPE "Role" RENAME TO "Rank"', 'enum', 'Rank', 'Role'],
    ['ALTER VIEW v RENAME TO w', 'view', 'w', 'v'],
    ['ALTER MATERIALIZED VIEW mv RENAME TO mw', 'view', 'mw', 'mv'],
    ['ALTER SEQUENCE s RENAME TO s2', 'sequence', 's2', 's'],
    ['ALTER FUNCTION f(int) RENAME TO g', 'function', 'g', 'f'],
    ['ALTER TRIGGER t ON users RENAME TO t2', 'trigger', 'users.t2', 'users.t'],
    ['ALTER POLICY p ON users RENAME TO p2', 'policy', 'users.p2', 'users.p'],
    ['ALTER SCHEMA other RENAME TO another', 'table', 'another.t', 'other.t'],
    ['ALTER SCHEMA other RENAME TO another', 'schema', 'another', 'other'],
    ['ALTER TABLE users SET SCHEMA other', 'column', 'users.email', 'users.email'],
  ])('%s', (rename, kind, now, before) => {
    const touch = after(
      `${users} CREATE TYPE "Role" AS ENUM ('a'); CREATE VIEW v AS SELECT 1; CREATE MATERIALIZED VIEW mv AS SELECT 1;
       CREATE SEQUENCE s; CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
       CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN END $$;
       CREATE TRIGGER t BEFORE UPDATE ON users EXECUTE FUNCTION tf(); CREATE POLICY p ON users;
       CREATE SCHEMA other; CREATE TABLE other.t (id int)`,
      rename,
    );
    expect(touch(kind, now)).toMatch(/^(?:renamed|altered) 002#1/);
    expect(touch(kind, before)).toMatch(/^(?:renamed|altered) 002#1/);
  });

  test('two tables may swap their names', () => {
    const touch = after(
      'CREATE TABLE a (x int); CREATE TABLE b (y int);',
      'ALTER TABLE a RENAME TO t; ALTER TABLE b RENAME TO a; ALTER TABLE t RENAME TO b;',
    );
    expect(touch('column', 'a.y')).toBe('created 001#2: y int');
    expect(touch('column', 'b.x')).toBe('created 001#1: x int');
    expect(touch('column', 'a.x')).toMatch(/^renamed/);
  });
});

describe('drops', () => {
  test('a table takes its parts along, and a new one of that name does not bring them back', () => {
    const touch = after(users, 'DROP TABLE users', 'CREATE TABLE users (id int)');
    expect(touch('column', 'users.id')).toBe('created 003#1: id int');
    for (const [kind, path] of [
      ['column', 'users.email'],
      ['index', 'users.users_pkey'],
      ['constraint', 'users.users_pkey'],
    ] as const) {
      expect(touch(kind, path)).toBe('dropped 002#1: DROP TABLE users');
    }
  });

  test.each<[string, TouchKind, string]>([
    ['ALTER TABLE users DROP COLUMN a', 'index', 'users.ab'],
    ['ALTER TABLE users DROP COLUMN a', 'constraint', 'users.users_check'],
    ['ALTER TABLE users DROP COLUMN a CASCADE', 'view', 'v'],
    ['ALTER TABLE users DROP CONSTRAINT users_pkey CASCADE', 'index', 'users.users_pkey'],
    ['ALTER TABLE users DROP CONSTRAINT users_pkey CASCADE', 'constraint', 'posts.posts_author_fkey'],
    ['DROP TABLE users CASCADE', 'constraint', 'posts.posts_author_fkey'],
    ['DROP TABLE users CASCADE', 'view', 'v'],
    ['DROP TABLE users CASCADE', 'sequence', 'users_n_seq'],
    ['DROP TYPE "Role" CASCADE', 'column', 'users.role'],
    ['DROP FUNCTION tf CASCADE', 'trigger', 'users.t'],
    ['DROP SCHEMA other CASCADE', 'column', 'other.t.id'],
    ['DROP INDEX ab', 'index', 'users.ab'],
  ])('%s: %s %s', (drop, kind, path) => {
    const touch = after(
      `CREATE TYPE "Role" AS ENUM ('a');
       CREATE TABLE users (id int PRIMARY KEY, a int, b int, n serial, role "Role", CHECK (a < b)); CREATE INDEX ab ON users (b) WHERE a > 1;
       CREATE TABLE posts (author int REFERENCES users (id)); CREATE VIEW v AS SELECT a FROM users;
       CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN END $$;
       CREATE TRIGGER t BEFORE UPDATE ON users EXECUTE FUNCTION tf(); CREATE SCHEMA other; CREATE TABLE other.t (id int)`,
      drop,
    );
    expect(touch(kind, path)).toMatch(/^dropped 002#1/);
    expect(touch('column', 'posts.author')).toMatch(/^created/);
  });

  test('what another statement has replaced is there', () => {
    const touch = after(
      users,
      'ALTER TABLE users ADD CONSTRAINT users_pkey PRIMARY KEY (a), DROP CONSTRAINT users_pkey',
    );
    expect(touch('constraint', 'users.users_pkey')).toMatch(/^created 002#1: ADD CONSTRAINT/);
  });

  test('IF EXISTS and IF NOT EXISTS touch nothing that they leave alone', () => {
    const touch = after(
      users,
      `DROP TABLE IF EXISTS other; ALTER TABLE users DROP COLUMN IF EXISTS c, ADD COLUMN IF NOT EXISTS email text;
       CREATE TABLE IF NOT EXISTS users (other int); CREATE INDEX IF NOT EXISTS users_pkey ON users (a);`,
    );
    expect(touch('table', 'other')).toBe('never');
    expect(touch('column', 'users.c')).toBe('never');
    expect(touch('column', 'users.other')).toBe('never');
    expect(touch('column', 'users.email')).toBe('created 001#1: email text');
    expect(touch('table', 'users')).toMatch(/^created 001#1/);
  });
});

describe('other objects', () => {
  test.each<[string, TouchKind, string, string]>([
    ["CREATE TYPE r AS ENUM ('a'); ALTER TYPE r ADD VALUE 'b'", 'enum', 'r', 'altered 001#2'],
    ["CREATE TYPE r AS ENUM ('a'); ALTER TYPE r RENAME VALUE 'a' TO 'b'", 'enum', 'r', 'altered 001#2'],
    ['CREATE DOMAIN d AS int; ALTER DOMAIN d SET NOT NULL', 'type', 'd', 'altered 001#2'],
    ['CREATE TYPE p AS (a int); ALTER TYPE p ADD ATTRIBUTE b int', 'type', 'p', 'altered 001#2'],
    ['CREATE EXTENSION citext; ALTER EXTENSION citext UPDATE', 'extension', 'citext', 'altered 001#2'],
    ['CREATE VIEW v AS SELECT 1; CREATE OR REPLACE VIEW v AS SELECT 2', 'view', 'v', 'altered 001#2'],
    [
      "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 2'",
      'function',
      'f',
      'created 001#2',
    ],
    ['CREATE TABLE t (a int); ALTER TABLE t ENABLE ROW LEVEL SECURITY', 'table', 't', 'altered 001#2'],
    ["CREATE TABLE t (a int); COMMENT ON TABLE t IS 'x'", 'table', 't', 'altered 001#2'],
    ["CREATE TABLE t (a int); COMMENT ON COLUMN t.a IS 'x'", 'column', 't.a', 'altered 001#2'],
    ['CREATE TABLE t (a int); GRANT SELECT ON t TO x', 'grant', 't', 'altered 001#2'],
    ['CREATE TABLE t (a int); GRANT ALL ON ALL TABLES IN SCHEMA public TO x', 'grant', 't', 'altered 001#2'],
    [
      'ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO x; CREATE TABLE t (a int); ALTER TABLE t RENAME TO u',
      'grant',
      'u',
      'altered 001#1',
    ],
    ['ALTER TABLE auth.users ADD COLUMN x int', 'column', 'auth.users.x', 'created 001#1'],
    ['CREATE TABLE t AS SELECT * FROM elsewhere', 'column', 't.anything', 'created 001#1'],
    ['SET search_path = s; CREATE TABLE t (a int)', 'column', 's.t.a', 'created 001#2'],
    ["SELECT set_config('search_path', 's', false); CREATE TABLE t (a int)", 'table', 's.t', 'created 001#2'],
    ['SET search_path = s; RESET search_path; CREATE TABLE t (a int)', 'table', 't', 'created 001#3'],
  ])('%s', (sql, kind, path, expected) => {
    expect(after(sql)(kind, path).split(':')[0]).toBe(expected);
  });

  test('a local search path and temporary tables end with their migration', () => {
    const touch = after(
      'SET LOCAL search_path = s; CREATE TEMP TABLE t (a int); CREATE TABLE u (a int)',
      'CREATE TABLE t (b int); ALTER TABLE t ADD c int',
    );
    expect(touch('table', 's.u')).toMatch(/^created 001#3/);
    expect(touch('column', 't.c')).toMatch(/^created 002#2/);
    expect(touch('column', 't.a')).toBe('never');
  });
});
