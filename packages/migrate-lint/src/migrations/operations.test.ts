import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Operation, PastObject } from '@migrate-lint/core';
import { History } from './history.ts';
import { loadParser } from './parser.ts';

beforeAll(loadParser);

const before = `CREATE SCHEMA "S s"; CREATE TYPE "Role" AS ENUM ('a', 'b'); CREATE DOMAIN d AS int;
  CREATE TABLE "User" (id serial PRIMARY KEY, email varchar(20) NOT NULL DEFAULT 'a,b' UNIQUE, role "Role", n int, d d, CONSTRAINT n_check CHECK (n > 0) NOT VALID);
  CREATE TABLE "S s"."Odd ""Name" ("a,b" int, "User" int REFERENCES "User" (id) ON DELETE CASCADE);
  CREATE INDEX "User_n_idx" ON "User" (n); CREATE VIEW v AS SELECT email FROM "User"; CREATE MATERIALIZED VIEW mv AS SELECT n FROM "User";
  CREATE TABLE parted (id int) PARTITION BY RANGE (id); CREATE TABLE part (id int);
  CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN END $$; CREATE TRIGGER tr BEFORE UPDATE ON "User" EXECUTE FUNCTION f(); CREATE POLICY p ON "User" USING (n > 1);`;

/** What the statements of a migration say that follows `before`. */
function operationsOf(sql: string): readonly Operation[] {
  const { migrations } = new History([
    { name: '1', file: '1', text: before },
    { name: '2', file: '2', text: sql },
  ]);
  expect(migrations[1]?.syntaxError).toBeUndefined();
  return migrations[1]?.statements.flatMap(({ operations }) => operations) ?? [];
}

/** An operation in plain data: objects by kind and path, and the text of its place. */
function plain(operation: Operation, sql: string): unknown {
  const { span, ...rest } = operation;
  const said = Object.entries({ ...rest, text: sql.slice(span.start, span.end) }).map(([key, value]) => [
    key,
    named(value),
  ]);
  return Object.fromEntries(said);
}

function named(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(named);
  return isObject(value) ? `${value.kind} ${value.path}` : value;
}

function isObject(value: unknown): value is PastObject {
  return typeof value === 'object' && value !== null && 'path' in value && 'kind' in value;
}

/** The operations in plain data, with what is not so of most of them. */
function said(sql: string): readonly unknown[] {
  return operationsOf(sql).map(operation => plain(operation, sql));
}

const user = { table: 'table User', existedBefore: true, conditional: false };

describe('a statement does', () => {
  test.each<[string, readonly Readonly<Record<string, unknown>>[]]>([
    [
      'CREATE TABLE t (a int)',
      [{ kind: 'create table', table: 'table t', ifNotExists: false, existing: undefined, asQuery: false }],
    ],
    [
      'CREATE TABLE IF NOT EXISTS "User" (x int)',
      [{ kind: 'create table', table: 'table User', existing: 'table User', ifNotExists: true }],
    ],
    [
      'CREATE TABLE t AS SELECT id FROM "User"',
      [{ kind: 'create table', table: 'table t', asQuery: true, reads: ['User'] }],
    ],
    [
      'SELECT n INTO t FROM "User" JOIN part ON true',
      [{ kind: 'create table', table: 'table t', asQuery: true, reads: ['User', 'part'] }],
    ],
    [
      'DROP TABLE "S s"."Odd ""Name", IF_NOT CASCADE',
      [
        { kind: 'drop table', table: 'table S s.Odd "Name', cascade: true, dependents: [], text: '"S s"."Odd ""Name"' },
        { kind: 'drop table', table: 'table if_not', existedBefore: true, text: 'IF_NOT' },
      ],
    ],
    [
      'DROP TABLE IF EXISTS type, view.sequence',
      [
        { kind: 'drop table', table: 'table type', text: 'type' },
        { kind: 'drop table', table: 'table view.sequence', text: 'view.sequence' },
      ],
    ],
    [
      'DROP TABLE "User"',
      [
        {
          ...user,
          kind: 'drop table',
          ifExists: false,
          cascade: false,
          dependents: ['constraint S s.Odd "Name.Odd "Name_User_fkey', 'view v', 'materialized view mv'],
        },
      ],
    ],
    [
      'ALTER TABLE "User" ADD COLUMN x int DEFAULT 1 REFERENCES "User" (id), ADD y text UNIQUE CHECK (y > \'\')',
      [
        {
          ...user,
          kind: 'add column',
          column: 'column User.x',
          existing: undefined,
          text: 'ADD COLUMN x int DEFAULT 1 REFERENCES "User" (id)',
        },
        {
          ...user,
          kind: 'add constraint',
          constraint: 'constraint User.User_x_fkey',
          referenced: 'table User',
          referencedExistedBefore: true,
          ofNewColumn: true,
          text: 'REFERENCES "User" (id)',
        },
        { kind: 'add column', column: 'column User.y', text: "ADD y text UNIQUE CHECK (y > '')" },
        {
          kind: 'add constraint',
          constraint: 'constraint User.User_y_key',
          index: 'index User.User_y_key',
          text: 'UNIQUE',
        },
        {
          kind: 'add constraint',
          constraint: 'constraint User.User_y_check',
          index: undefined,
          text: "CHECK (y > '')",
        },
      ],
    ],
    [
      'ALTER TABLE "User" ADD COLUMN IF NOT EXISTS n bigint UNIQUE',
      [{ kind: 'add column', column: 'column User.n', existing: 'column User.n', ifNotExists: true }],
    ],
    [
      'ALTER TABLE "User" DROP COLUMN email, DROP IF EXISTS nix',
      [
        {
          ...user,
          kind: 'drop column',
          column: 'column User.email',
          dependents: ['constraint User.User_email_key', 'view v'],
          text: 'DROP COLUMN email',
        },
      ],
    ],
    [
      'ALTER TABLE "User" ALTER n TYPE numeric(8, 2) USING (n::numeric), ALTER email TYPE text COLLATE "C"',
      [
        {
          kind: 'alter type',
          column: 'column User.n',
          to: 'numeric(8,2)',
          using: '(n::numeric)',
          dependents: ['constraint User.n_check', 'index User.User_n_idx', 'materialized view mv', 'policy User.p'],
        },
        { kind: 'alter type', to: 'text', collation: 'C', using: undefined },
      ],
    ],
    [
      'ALTER TABLE "User" ALTER n SET NOT NULL, ALTER email DROP NOT NULL, ALTER n SET DEFAULT 1 + 1, ALTER email DROP DEFAULT',
      [
        { ...user, kind: 'set not null', column: 'column User.n', text: 'ALTER n SET NOT NULL' },
        { kind: 'drop not null', column: 'column User.email' },
        { kind: 'set default', default: { sql: '1 + 1', volatility: 'constant' } },
        { kind: 'drop default', default: undefined },
      ],
    ],
    [
      'ALTER TABLE "User" ALTER n ADD GENERATED ALWAYS AS IDENTITY, ALTER n DROP IDENTITY, ALTER n SET STATISTICS 5, ALTER n SET STORAGE plain, ALTER n DROP EXPRESSION, ALTER id RESTART WITH 7',
      [
        { kind: 'add identity' },
        { kind: 'drop identity' },
        { kind: 'set statistics' },
        { kind: 'set storage' },
        { kind: 'drop expression' },
        { kind: 'set sequence', table: 'table User', column: 'id', sequence: 'User_id_seq' },
      ],
    ],
    [
      'ALTER TABLE "User" ADD CONSTRAINT u UNIQUE (n, role), ADD PRIMARY KEY USING INDEX "User_n_idx", ADD CONSTRAINT c CHECK (n IS NOT NULL) NOT VALID, ADD FOREIGN KEY (n) REFERENCES auth.users',
      [
        {
          ...user,
          kind: 'add constraint',
          constraint: 'constraint User.u',
          index: 'index User.u',
          usingIndex: undefined,
          ofNewColumn: false,
        },
        {
          kind: 'add constraint',
          constraint: 'constraint User.User_n_idx',
          usingIndex: 'index User.User_n_idx',
          index: undefined,
        },
        { kind: 'add constraint', constraint: 'constraint User.c' },
        {
          kind: 'add constraint',
          constraint: 'constraint User.User_n_fkey',
          referenced: 'table auth.users',
          referencedExistedBefore: true,
        },
      ],
    ],
    [
      'ALTER TABLE "User" DROP CONSTRAINT "User_pkey" CASCADE, VALIDATE CONSTRAINT n_check, ALTER CONSTRAINT nix DEFERRABLE',
      [
        {
          kind: 'drop constraint',
          name: 'User_pkey',
          constraint: 'constraint User.User_pkey',
          cascade: true,
          dependents: ['constraint S s.Odd "Name.Odd "Name_User_fkey'],
        },
        { kind: 'validate constraint', name: 'n_check', constraint: 'constraint User.n_check', dependents: [] },
        { kind: 'alter constraint', name: 'nix', constraint: undefined },
      ],
    ],
    [
      'ALTER TABLE "User" SET UNLOGGED, SET TABLESPACE fast, SET ACCESS METHOD heap, ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY, DISABLE TRIGGER tr, REPLICA IDENTITY FULL, SET (fillfactor = 70, autovacuum_enabled = off), OWNER TO me',
      [
        { ...user, kind: 'set unlogged', name: undefined },
        { kind: 'set tablespace', name: 'fast' },
        { kind: 'set access method', name: 'heap' },
        { kind: 'enable row security' },
        { kind: 'force row security' },
        { kind: 'disable trigger', name: 'tr' },
        { kind: 'replica identity' },
        { kind: 'set storage parameters', name: 'fillfactor, autovacuum_enabled' },
        { kind: 'change owner', name: 'me' },
      ],
    ],
    [
      'CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS "I" ON ONLY "User" (lower(email))',
      [
        {
          ...user,
          kind: 'create index',
          index: 'index User.I',
          concurrently: true,
          only: true,
          ifNotExists: true,
          existing: undefined,
        },
      ],
    ],
    [
      'CREATE INDEX IF NOT EXISTS "User_n_idx" ON "User" (email)',
      [{ kind: 'create index', index: 'index User.User_n_idx', existing: 'index User.User_n_idx' }],
    ],
    [
      'DROP INDEX CONCURRENTLY IF EXISTS "User_n_idx"',
      [
        {
          kind: 'drop index',
          name: 'User_n_idx',
          target: 'index',
          index: 'index User.User_n_idx',
          table: 'table User',
          existedBefore: true,
          concurrently: true,
          ifExists: true,
        },
      ],
    ],
    [
      'REINDEX (VERBOSE, CONCURRENTLY off) TABLE "User"',
      [{ kind: 'reindex', name: 'User', target: 'table', table: 'table User', concurrently: false }],
    ],
    [
      'REINDEX SCHEMA CONCURRENTLY "S s"',
      [{ kind: 'reindex', name: 'S s', target: 'schema', table: undefined, concurrently: true }],
    ],
    [
      'ALTER INDEX "User_n_idx" SET TABLESPACE x',
      [{ kind: 'alter index', name: 'User_n_idx', index: 'index User.User_n_idx', table: 'table User' }],
    ],
    [
      "ALTER TABLE parted ATTACH PARTITION part FOR VALUES FROM ('1,2') TO (MAXVALUE)",
      [
        {
          kind: 'attach partition',
          table: 'partitioned table parted',
          partition: 'table part',
          bound: "FOR VALUES FROM ('1,2') TO (MAXVALUE)",
        },
      ],
    ],
    [
      'ALTER TABLE parted DETACH PARTITION part CONCURRENTLY',
      [{ kind: 'detach partition', partition: 'table part', concurrently: true, bound: undefined }],
    ],
    [
      'ALTER TABLE "User" RENAME TO "People"',
      [{ kind: 'rename table', object: 'table User', from: 'User', to: 'People', existedBefore: true }],
    ],
    [
      'ALTER TABLE "S s"."Odd ""Name" RENAME "a,b" TO "c d"',
      [{ kind: 'rename column', object: 'column S s.Odd "Name.a,b', from: 'a,b', to: 'c d' }],
    ],
    [
      'ALTER TABLE "User" RENAME CONSTRAINT n_check TO m',
      [{ kind: 'rename constraint', object: 'constraint User.n_check', from: 'n_check', to: 'm' }],
    ],
    [
      'ALTER INDEX "User_n_idx" RENAME TO i',
      [{ kind: 'rename index', object: 'index User.User_n_idx', table: 'table User', from: 'User_n_idx', to: 'i' }],
    ],
    ['ALTER TYPE "Role" RENAME TO "Rank"', [{ kind: 'rename enum', object: 'enum Role', from: 'Role', to: 'Rank' }]],
    [
      "ALTER TYPE \"Role\" RENAME VALUE 'a' TO 'c'",
      [{ kind: 'rename enum value', object: 'enum Role', from: 'a', to: 'c' }],
    ],
    ['ALTER SCHEMA "S s" RENAME TO s', [{ kind: 'rename schema', object: 'schema S s', from: 'S s', to: 's' }]],
    ['ALTER VIEW v RENAME TO w', [{ kind: 'rename object', object: 'view v', from: 'v', to: 'w' }]],
    [
      'ALTER TABLE "User" SET SCHEMA "S s"',
      [{ kind: 'set schema', table: 'table User', from: 'User', to: 'S s.User' }],
    ],
    [
      'CREATE OR REPLACE VIEW v AS SELECT id FROM "User"',
      [{ kind: 'create object', object: 'view v', existing: 'view v', replace: true, reads: ['User'] }],
    ],
    [
      'CREATE POLICY q ON "User" USING (true)',
      [{ kind: 'create object', object: 'policy User.q', table: 'table User', existedBefore: true }],
    ],
    [
      'CREATE TRIGGER t2 AFTER INSERT ON "User" EXECUTE FUNCTION f()',
      [{ kind: 'create object', object: 'trigger User.t2', table: 'table User' }],
    ],
    [
      "CREATE TYPE e AS ENUM ('x'); CREATE DOMAIN dd AS int; CREATE SEQUENCE IF NOT EXISTS s; CREATE SCHEMA x; CREATE EXTENSION citext",
      [
        { object: 'enum e' },
        { object: 'type dd' },
        { object: 'sequence s', ifNotExists: true },
        { object: 'schema x' },
        { object: 'extension citext' },
      ],
    ],
    [
      "CREATE FUNCTION g(a int) RETURNS int LANGUAGE sql AS 'SELECT 1'",
      [{ kind: 'create object', object: 'function g', replace: false }],
    ],
    [
      'DROP VIEW v; DROP TYPE "Role" CASCADE',
      [
        { kind: 'drop object', type: 'view', object: 'view v', name: 'v' },
        { type: 'enum', dependents: ['column User.role'], cascade: true },
      ],
    ],
    [
      'DROP FUNCTION f() CASCADE',
      [{ kind: 'drop object', type: 'function', name: 'f', dependents: ['trigger User.tr'] }],
    ],
    [
      'DROP SCHEMA "S s", public CASCADE',
      [
        { kind: 'drop object', type: 'schema', name: 'S s', dependents: ['table S s.Odd "Name'] },
        { type: 'schema', name: 'public' },
      ],
    ],
    [
      'DROP TRIGGER tr ON "User"; DROP POLICY IF EXISTS nix ON "User"',
      [
        { type: 'trigger', object: 'trigger User.tr', table: 'table User' },
        { type: 'policy', object: undefined, table: 'table User', ifExists: true },
      ],
    ],
    [
      'DROP OWNED BY x; DROP DATABASE IF EXISTS y; DROP EXTENSION citext',
      [
        { type: 'owned', name: 'x' },
        { type: 'database', name: 'y', ifExists: true },
        { type: 'extension', name: 'citext' },
      ],
    ],
    [
      'ALTER TYPE "Role" ADD VALUE IF NOT EXISTS \'c\'',
      [{ kind: 'add enum value', enum: 'enum Role', value: 'c', ifNotExists: true, existedBefore: true }],
    ],
    [
      'ALTER DOMAIN d ADD CONSTRAINT c CHECK (VALUE > 0) NOT VALID; ALTER DOMAIN d SET NOT NULL',
      [
        { kind: 'add domain constraint', domain: 'd', notValid: true, columns: ['User.d'] },
        { kind: 'domain not null', columns: ['User.d'] },
      ],
    ],
    [
      'INSERT INTO part VALUES (1), (2)',
      [{ kind: 'insert', tables: ['table part'], columns: ['id'], rows: 2, everyRow: false, where: undefined }],
    ],
    [
      'INSERT INTO "User" (email) SELECT role::text FROM "User" u WHERE u.n > 1 LIMIT 5',
      [{ kind: 'insert', columns: ['email'], rows: undefined, where: 'u.n > 1', batched: true, reads: ['User'] }],
    ],
    [
      'UPDATE "User" SET n = 1, role = \'a\' WHERE NOT false',
      [
        {
          kind: 'update',
          tables: ['table User'],
          columns: ['n', 'role'],
          where: 'NOT false',
          everyRow: true,
          existedBefore: true,
        },
      ],
    ],
    [
      'UPDATE "User" u SET n = p.id FROM part p WHERE p.id = u.id AND u.id BETWEEN 1 AND 9 RETURNING 1',
      [{ reads: ['part'], everyRow: false, batched: true, where: 'p.id = u.id AND u.id BETWEEN 1 AND 9' }],
    ],
    ['DELETE FROM "User"', [{ kind: 'delete', everyRow: true, where: undefined, batched: false }]],
    [
      'WITH gone AS (DELETE FROM part RETURNING *) INSERT INTO "User" (n) SELECT id FROM gone',
      [
        { kind: 'delete', tables: ['table part'], everyRow: true },
        { kind: 'insert', reads: [] },
      ],
    ],
    [
      'MERGE INTO "User" u USING part p ON p.id = u.id WHEN MATCHED THEN UPDATE SET n = 1',
      [{ kind: 'merge', tables: ['table User'], columns: ['n'], reads: ['part'] }],
    ],
    [
      'TRUNCATE part, "User" CASCADE',
      [{ kind: 'truncate', tables: ['table part', 'table User'], cascade: true, everyRow: true }],
    ],
    [
      'COPY "User" (n) FROM STDIN; COPY "User" TO STDOUT',
      [
        { kind: 'copy', columns: ['n'] },
        { kind: 'other', what: 'copy to' },
      ],
    ],
    [
      'VACUUM (FULL true, ANALYZE) "User", part; VACUUM (FULL off); ANALYZE "User"; CLUSTER "User" USING "User_n_idx"',
      [
        { kind: 'vacuum full', table: 'table User' },
        { kind: 'vacuum full', table: 'table part' },
        { kind: 'vacuum', table: undefined },
        { kind: 'analyze' },
        { kind: 'cluster' },
      ],
    ],
    [
      'REFRESH MATERIALIZED VIEW mv WITH NO DATA; REFRESH MATERIALIZED VIEW CONCURRENTLY mv',
      [{ kind: 'refresh', table: 'materialized view mv', noData: true, existedBefore: true }, { concurrently: true }],
    ],
    [
      'LOCK TABLE "User", part IN SHARE ROW EXCLUSIVE MODE; LOCK part',
      [
        { kind: 'lock table', tables: ['table User', 'table part'], mode: 'SHARE ROW EXCLUSIVE' },
        { mode: 'ACCESS EXCLUSIVE' },
      ],
    ],
    [
      'BEGIN; SAVEPOINT a; ROLLBACK TO a; COMMIT AND CHAIN; ABORT',
      [
        { kind: 'begin' },
        { kind: 'savepoint' },
        { kind: 'savepoint' },
        { kind: 'commit', chain: true },
        { kind: 'rollback' },
      ],
    ],
    [
      "SET LOCAL Lock_Timeout = '2s'; RESET lock_timeout; ALTER ROLE x SET a = 5; ALTER DATABASE x SET a TO on; ALTER SYSTEM SET a = 1.5",
      [
        { kind: 'set', name: 'lock_timeout', value: '2s', local: true, for: 'session' },
        { value: undefined },
        { for: 'role', value: '5' },
        { for: 'database', value: 'on' },
        { for: 'system', value: '1.5' },
      ],
    ],
    [
      "SELECT set_config('lock_timeout', '5s', true)",
      [{ kind: 'set', name: 'lock_timeout', value: '5s', local: true }],
    ],
    [
      'SELECT setval(\'"User_id_seq"\', 5), setval(pg_get_serial_sequence(\'"User"\', \'id\'), 6); ALTER SEQUENCE "User_id_seq" RESTART',
      Array.from({ length: 3 }, () => ({
        kind: 'set sequence',
        sequence: 'User_id_seq',
        table: 'table User',
        column: 'id',
      })),
    ],
    [
      'GRANT SELECT (n), UPDATE ON "User", part TO PUBLIC, x',
      [{ kind: 'grant', privileges: ['SELECT', 'UPDATE'], on: ['User', 'part'], type: 'table', to: ['PUBLIC', 'x'] }],
    ],
    [
      'REVOKE ALL ON SCHEMA public FROM PUBLIC; GRANT a TO b; ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO x',
      [
        { kind: 'revoke', privileges: ['ALL'], on: ['public'], type: 'schema' },
        { kind: 'grant', type: 'role', privileges: ['a'], to: ['b'] },
        { kind: 'default grant', type: 'table', on: [] },
      ],
    ],
    [
      'CREATE ROLE x SUPERUSER; COMMENT ON TABLE "User" IS \'x\'',
      [
        { kind: 'other', what: 'create role' },
        { kind: 'other', what: 'comment' },
      ],
    ],
  ])('%s', (sql, expected) => {
    const operations = said(sql);
    expect(operations).toHaveLength(expected.length);
    expect(operations).toMatchObject(expected);
  });
});

describe('what is done to a table', () => {
  test('is done to the table as it stood before the statement', () => {
    const [drop, add] = operationsOf('ALTER TABLE "User" DROP COLUMN n, ADD COLUMN z int');
    for (const operation of [drop, add]) {
      const table = operation && 'table' in operation ? operation.table : undefined;
      expect(table?.columns.map(({ name }) => name)).toEqual(['id', 'email', 'role', 'n', 'd']);
    }
  });

  test.each<[string, string, boolean]>([
    ['made before', 'ALTER TABLE part ADD a int', true],
    ['made by the migration', 'CREATE TABLE t (a int); ALTER TABLE t ADD b int', false],
    ['made again by the migration', 'DROP TABLE part; CREATE TABLE part (a int); ALTER TABLE part ADD b int', false],
    ['renamed by the migration', 'ALTER TABLE part RENAME TO other; ALTER TABLE other ADD b int', true],
    [
      'put in the place of another one',
      'CREATE TABLE n (LIKE part); DROP TABLE part; ALTER TABLE n RENAME TO part; ALTER TABLE part ADD b int',
      false,
    ],
    ['temporary, and hides one that is not', 'CREATE TEMP TABLE part (a int); ALTER TABLE part ADD b int', false],
    ['made by no statement', 'ALTER TABLE auth.users ADD b int', true],
    ['in a schema of the search path', 'SET search_path = "S s"; ALTER TABLE "Odd ""Name" ADD b int', true],
    [
      'of a schema that the migration makes',
      'CREATE SCHEMA n CREATE TABLE t (a int); ALTER TABLE n.t ADD b int',
      false,
    ],
    ['not made, for there was one', 'CREATE TABLE IF NOT EXISTS part (x int); ALTER TABLE part ADD b int', true],
  ])('%s', (_what, sql, existedBefore) => {
    expect(operationsOf(sql).at(-1)).toMatchObject({ kind: 'add column', existedBefore });
  });

  test('has one id through its renames, and a new one is another', () => {
    const idOf = (operation: Operation | undefined) =>
      operation && 'table' in operation ? operation.table?.id : undefined;
    const sql =
      'ALTER TABLE part ADD a int; ALTER TABLE part RENAME TO p; ALTER TABLE p ADD b int; DROP TABLE p; CREATE TABLE p (a int)';
    const ids = operationsOf(sql).map(idOf);
    expect(new Set(ids.slice(0, 4)).size).toBe(1);
    expect(ids[4]).not.toBe(ids[0]);
  });

  test('that no statement made is open, and known as far as statements speak of it', () => {
    const [, second] = operationsOf(
      'ALTER TABLE auth.users ALTER name SET NOT NULL; ALTER TABLE auth.users ALTER name TYPE text',
    );
    expect(second).toMatchObject({
      table: { open: true, createdBy: undefined },
      column: { name: 'name', notNull: true, type: undefined },
      to: 'text',
    });
  });
});

test('a CHECK of a table of which not all is known names its columns all the same', () => {
  const [add] = operationsOf('ALTER TABLE auth.users ADD CONSTRAINT c CHECK (email IS NOT NULL) NOT VALID');
  expect(add).toMatchObject({ constraint: { columns: ['email'], notNull: 'email', validated: false } });
});

describe('a DO block', () => {
  const block = `DO $$ BEGIN
    IF NOT EXISTS (SELECT 1) THEN ALTER TABLE "User" ADD COLUMN x int DEFAULT (1 + 1); END IF;
    UPDATE "User" SET n = 1 WHERE n IS NULL;
    EXECUTE 'DROP INDEX "User_n_idx"';
  EXCEPTION WHEN others THEN DROP TABLE "User"; END $$`;

  test('is one operation, and what stands in it plainly are conditional ones of its place', () => {
    expect(said(block)).toMatchObject([
      { kind: 'block', dynamic: false, conditional: false },
      { kind: 'add column', column: 'column User.x', conditional: true, text: block },
      { kind: 'update', where: 'n IS NULL', conditional: true },
      { kind: 'drop index', name: 'User_n_idx', conditional: true },
    ]);
  });

  test.each([
    ["EXECUTE format('DROP TABLE %I', 'x')", true],
    ["EXECUTE 'DROP TABLE ' || name", true],
    ["EXECUTE 'DROP TABLE x'", false],
    ['PERFORM 1', false],
  ])('%s: dynamic is %s', (statement, dynamic) => {
    expect(said(`DO $$ BEGIN ${statement}; END $$`)[0]).toMatchObject({ kind: 'block', dynamic });
  });
});

describe('the catalog before a statement', () => {
  const history = new History([
    { name: '1', file: '1', text: before },
    {
      name: '2',
      file: '2',
      text: 'ALTER TABLE "User" RENAME TO "People"; ALTER TYPE "Role" ADD VALUE \'c\'; DROP TABLE "People" CASCADE; SELECT 1;',
    },
  ]);
  const at = (statement: number) => history.migrations[1]?.statements[statement]?.before;

  test('finds what was there by its path of the time', () => {
    expect(at(0)?.table('User')?.column('role')?.type).toBe('"Role"');
    expect(at(0)?.table('People')).toBeUndefined();
    expect(at(1)?.table('User')).toBeUndefined();
    expect(at(1)?.table('People')?.id).toBe(at(0)?.table('User')?.id);
    expect(at(3)?.table('People')).toBeUndefined();
    expect(at(0)?.tables.map(({ path }) => path)).toEqual(['User', 'S s.Odd "Name', 'parted', 'part']);
    expect(at(3)?.tables.map(({ path }) => path)).toEqual(['S s.Odd "Name', 'parted', 'part']);
    expect(at(0)?.tables.map(({ path }) => path)).toHaveLength(4);
  });

  test('finds indexes, views and enums', () => {
    expect(at(0)?.index('User_n_idx')).toMatchObject({ table: 'User', columns: ['n'], keys: ['n'], plain: true });
    expect(at(1)?.index('User_n_idx')?.table).toBe('People');
    expect(at(3)?.index('User_n_idx')).toBeUndefined();
    expect(at(0)?.relation('v')?.kind).toBe('view');
    expect(at(0)?.table('mv')).toMatchObject({ kind: 'materialized view', populated: true });
    expect(at(0)?.relation('User_id_seq')?.kind).toBe('sequence');
    expect(at(1)?.enum('Role')?.values).toEqual(['a', 'b']);
    expect(at(2)?.enum('Role')?.values).toEqual(['a', 'b', 'c']);
    expect(at(2)?.enum('Role')?.addedBy('c')?.path).toBe('2#2');
    expect(at(2)?.enum('Role')?.addedBy('a')).toBeUndefined();
  });

  test.each<[string, string]>([
    ["'x'", 'constant'],
    ['now()', 'stable'],
    ['CURRENT_TIMESTAMP', 'stable'],
    ["now() - interval '1 day'", 'stable'],
    ['gen_random_uuid()', 'volatile'],
    ['(random() * 10)::int', 'volatile'],
    ["nextval('s')", 'volatile'],
    ['clock_timestamp()', 'volatile'],
    ['uuid_generate_v4()', 'volatile'],
    ["lower('X')", 'constant'],
    ['mine()', 'constant'],
    ['theirs()', 'volatile'],
    ['made_elsewhere()', 'unknown'],
    ["'{}'::jsonb", 'constant'],
    ['ARRAY[]::text[]', 'constant'],
  ])('knows that the default %s is %s', (sql, volatility) => {
    const [add] = operationsOf(
      `CREATE FUNCTION mine() RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT 1'; CREATE FUNCTION theirs() RETURNS int LANGUAGE sql AS 'SELECT 1';
       ALTER TABLE part ADD x text DEFAULT ${sql}`,
    ).slice(-1);
    expect(add?.kind === 'add column' && add.column.default).toEqual({ sql, volatility });
  });
});
