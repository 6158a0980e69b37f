import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { LockMode, Migrations, Statement } from '@migrate-lint/core';
import type { Database } from '../database/database.ts';
import { openEmbedded } from '../database/embedded.ts';
import { auditOf } from '../testing.ts';
import { locksOf } from './lock-words.ts';
import { labourOf } from './work-words.ts';

jest.setTimeout(120_000);

const before = `
CREATE TABLE u (id int PRIMARY KEY, n int NOT NULL, x int);
INSERT INTO u SELECT g, g, g FROM generate_series(1, 50) g;
CREATE TABLE p (id int PRIMARY KEY, uid int, t varchar(10), n int NOT NULL DEFAULT 0, at timestamp(3));
INSERT INTO p SELECT g, g, g, g FROM generate_series(1, 50) g;
CREATE UNIQUE INDEX p_n ON p(n);
CREATE UNIQUE INDEX p_t ON p(t);
ALTER TABLE p ADD CONSTRAINT p_fk FOREIGN KEY (n) REFERENCES u(id) NOT VALID;
ALTER TABLE p ADD CONSTRAINT p_ck CHECK (n > -1) NOT VALID;
ALTER TABLE u ADD CONSTRAINT u_x CHECK (x IS NOT NULL);
CREATE TABLE c (id int PRIMARY KEY, pid int CONSTRAINT c_fk REFERENCES p(id));
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER tr BEFORE INSERT ON p FOR EACH ROW EXECUTE FUNCTION f();
CREATE POLICY pol ON p USING (true);
CREATE DOMAIN d AS int;
CREATE TABLE dt (id int PRIMARY KEY, v d);
INSERT INTO dt VALUES (1, 1);
ALTER DOMAIN d ADD CONSTRAINT d0 CHECK (VALUE > -9) NOT VALID;
CREATE TABLE m (id int, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE m1 PARTITION OF m FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE m2 (id int, at date NOT NULL);
CREATE TABLE l (id int, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE l1 PARTITION OF l FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE ld PARTITION OF l DEFAULT;
CREATE MATERIALIZED VIEW mv AS SELECT id FROM u;
CREATE UNIQUE INDEX mvi ON mv(id);
CREATE TYPE e AS ENUM ('a');
`;

const statements = [
  'ALTER TABLE p ADD COLUMN x int',
  'ALTER TABLE p ADD COLUMN x timestamptz DEFAULT now()',
  'ALTER TABLE p ADD COLUMN x uuid DEFAULT gen_random_uuid()',
  'ALTER TABLE p ADD COLUMN x serial',
  'ALTER TABLE p ADD COLUMN x int GENERATED ALWAYS AS IDENTITY',
  'ALTER TABLE p ADD COLUMN x int GENERATED ALWAYS AS (n + 1) STORED',
  'ALTER TABLE p ADD COLUMN x int CHECK (x > 0)',
  'ALTER TABLE p ADD COLUMN x int UNIQUE',
  'ALTER TABLE p ADD COLUMN x int REFERENCES u(id)',
  'ALTER TABLE p ADD COLUMN x int DEFAULT 1 REFERENCES u(id)',
  'ALTER TABLE p ADD COLUMN x int REFERENCES u(id), ADD COLUMN y int DEFAULT 1',
  'ALTER TABLE p ADD COLUMN x int, ADD CONSTRAINT k FOREIGN KEY (x) REFERENCES u(id)',
  'ALTER TABLE p ADD COLUMN IF NOT EXISTS n int',
  'ALTER TABLE p ADD CONSTRAINT k FOREIGN KEY (uid) REFERENCES u(id)',
  'ALTER TABLE p ADD CONSTRAINT k FOREIGN KEY (uid) REFERENCES u(id) NOT VALID',
  'ALTER TABLE p ADD CONSTRAINT k FOREIGN KEY (uid) REFERENCES p(id)',
  'ALTER TABLE p VALIDATE CONSTRAINT p_fk',
  'ALTER TABLE p VALIDATE CONSTRAINT p_ck',
  'ALTER TABLE p ADD CONSTRAINT k CHECK (n >= 0)',
  'ALTER TABLE p ADD CONSTRAINT k CHECK (n >= 0) NOT VALID',
  'ALTER TABLE p ADD CONSTRAINT k UNIQUE (uid)',
  'ALTER TABLE p ADD CONSTRAINT k UNIQUE USING INDEX p_n',
  'ALTER TABLE dt DROP CONSTRAINT dt_pkey, ADD PRIMARY KEY (v)',
  'ALTER TABLE p ADD EXCLUDE USING btree (uid WITH =)',
  'ALTER TABLE p DROP CONSTRAINT p_fk',
  'ALTER TABLE p DROP CONSTRAINT p_ck',
  'ALTER TABLE p ALTER COLUMN uid SET NOT NULL',
  'ALTER TABLE p ALTER COLUMN n SET NOT NULL',
  'ALTER TABLE u ALTER COLUMN x SET NOT NULL',
  'ALTER TABLE p ALTER COLUMN n DROP NOT NULL',
  'ALTER TABLE p ALTER COLUMN uid TYPE bigint',
  'ALTER TABLE p ALTER COLUMN t TYPE text',
  'ALTER TABLE p ALTER COLUMN uid SET DEFAULT 5',
  'ALTER TABLE p ALTER COLUMN n DROP DEFAULT',
  'ALTER TABLE p ALTER COLUMN uid SET STATISTICS 5',
  'ALTER TABLE p ALTER COLUMN t SET STORAGE PLAIN',
  'ALTER TABLE p ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY',
  'ALTER TABLE p SET (fillfactor = 70)',
  'ALTER TABLE c SET UNLOGGED',
  'ALTER TABLE p REPLICA IDENTITY FULL',
  'ALTER TABLE p RENAME COLUMN t TO tt',
  'ALTER TABLE p RENAME TO pp',
  'ALTER TABLE p RENAME CONSTRAINT p_ck TO zz',
  'ALTER TABLE p DROP COLUMN t',
  'ALTER TABLE p DISABLE TRIGGER tr',
  'ALTER TABLE p ENABLE TRIGGER tr',
  'ALTER TABLE p ENABLE ROW LEVEL SECURITY',
  'CREATE POLICY p2 ON p USING (true)',
  'DROP POLICY pol ON p',
  'CREATE TRIGGER tr2 BEFORE INSERT ON p FOR EACH ROW EXECUTE FUNCTION f()',
  'DROP TRIGGER tr ON p',
  'CREATE INDEX i ON p(uid)',
  'CREATE INDEX IF NOT EXISTS p_n ON p(uid)',
  'DROP INDEX p_n',
  'REINDEX TABLE p',
  'REINDEX INDEX p_n',
  'ALTER INDEX p_n RENAME TO p_nn',
  'DROP TABLE c',
  'CREATE TABLE n (id int PRIMARY KEY, uid int REFERENCES u(id))',
  'CREATE TABLE n (id int)',
  'CREATE TABLE IF NOT EXISTS u (id int REFERENCES p(id))',
  'ALTER DOMAIN d ADD CONSTRAINT dk CHECK (VALUE > 0)',
  'ALTER DOMAIN d ADD CONSTRAINT dk CHECK (VALUE > 0) NOT VALID',
  'ALTER DOMAIN d VALIDATE CONSTRAINT d0',
  'ALTER DOMAIN d SET NOT NULL',
  "ALTER TABLE m ATTACH PARTITION m2 FOR VALUES FROM ('2022-01-01') TO ('2023-01-01')",
  'ALTER TABLE m DETACH PARTITION m1',
  "CREATE TABLE n PARTITION OF m FOR VALUES FROM ('2022-01-01') TO ('2023-01-01')",
  "CREATE TABLE n PARTITION OF l FOR VALUES FROM ('2022-01-01') TO ('2023-01-01')",
  "ALTER TABLE l ATTACH PARTITION m2 FOR VALUES FROM ('2022-01-01') TO ('2023-01-01')",
  'ALTER TABLE l DETACH PARTITION l1',
  'DROP TABLE m1',
  'DROP TABLE p CASCADE',
  'ALTER TABLE p DROP CONSTRAINT p_pkey CASCADE',
  'REFRESH MATERIALIZED VIEW mv',
  'REFRESH MATERIALIZED VIEW CONCURRENTLY mv',
  'TRUNCATE c',
  'CLUSTER p USING p_pkey',
  'ANALYZE p',
  'LOCK TABLE p, u IN SHARE MODE',
  'LOCK TABLE p',
  "ALTER TYPE e ADD VALUE 'b'",
  'UPDATE p SET n = n',
];

let database: Database;
let migrations: Migrations;

beforeAll(async () => {
  database = await openEmbedded([]);
  await database.execute(before);
  const next = statements.map((sql, at) => [`2_${String(at).padStart(3, '0')}`, `${sql};`] as const);
  // Each of them follows the same start, so each has a project of its own.
  const audits = await Promise.all(
    next.map(([name, sql]) =>
      auditOf({
        schema: 'model A {\n  id Int @id\n}\n',
        migrations: { '1_before': before, [name]: sql },
        facts: ['migrations'],
      }),
    ),
  );
  const facts = await Promise.all(audits.map(audit => audit.fact('migrations')));
  migrations = { ...facts[0]!, migrations: facts.flatMap(fact => fact.migrations.slice(1)) };
});

afterAll(() => database.close());

test.each(statements.map((sql, at) => [sql, at] as const))('%s', async (sql, at) => {
  const statement = migrations.migrations[at]!.statements[0]!;
  const measured = await measure(sql);
  expect(expected(statement)).toEqual(measured.locks);
  const hasWork = statement.operations.some(operation => labourOf(operation, statement) !== undefined);
  // Partitions, domains and rows have rules of their own, and TRUNCATE makes an empty file.
  if (/^(?:ALTER TABLE [lm] |CREATE TABLE n PARTITION|ALTER DOMAIN|UPDATE|TRUNCATE|ANALYZE)/.test(sql)) return;
  expect(hasWork).toBe(measured.work);
});

/** `table mode`, the strongest mode of each. */
function expected(statement: Statement): readonly string[] {
  const strongest = new Map<string, LockMode>();
  for (const { table, mode } of statement.operations.flatMap(operation => locksOf(operation, statement)))
    if (rank(mode) > rank(strongest.get(table.name))) strongest.set(table.name, mode);
  return [...strongest].map(([table, mode]) => `${table} ${mode}`).sort();
}

const modes: readonly LockMode[] = [
  'SHARE UPDATE EXCLUSIVE',
  'SHARE',
  'SHARE ROW EXCLUSIVE',
  'EXCLUSIVE',
  'ACCESS EXCLUSIVE',
];

function rank(mode: LockMode | undefined): number {
  return mode === undefined ? -1 : modes.indexOf(mode);
}

interface TableState {
  readonly oid: number;
  readonly name: string;
  readonly file: number;
  readonly scans: number;
}

/** What Postgres itself locks of the tables that were there, and whether it reads or writes one from end to end. */
async function measure(sql: string): Promise<{ readonly locks: readonly string[]; readonly work: boolean }> {
  const state = (): Promise<readonly TableState[]> =>
    database.query(`SELECT oid::int, relname AS name, relfilenode::int AS file, pg_stat_get_xact_numscans(oid)::int AS scans
      FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'm')`);
  await database.execute('BEGIN');
  try {
    const start = await state();
    await database.execute(sql);
    const locks = await database.query<{ readonly oid: number; readonly mode: string }>(
      "SELECT relation::int AS oid, mode FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'relation'",
    );
    const end = new Map((await state()).map(table => [table.oid, table]));
    return {
      locks: start
        .flatMap(({ oid, name }) => {
          const own = locks
            .filter(lock => lock.oid === oid)
            .map(({ mode }) => modes.find(each => key(each) === key(mode)));
          const [mode] = own.sort((one, other) => rank(other) - rank(one));
          return mode ? [`${name} ${mode}`] : [];
        })
        .sort(),
      work: start.some(({ oid, file, scans }) => {
        const after = end.get(oid);
        return after !== undefined && (after.file !== file || after.scans > scans);
      }),
    };
  } finally {
    await database.execute('ROLLBACK');
  }
}

/** `ShareRowExclusiveLock` and `SHARE ROW EXCLUSIVE` are one. */
function key(mode: string): string {
  return mode.replace(/Lock$/, '').replaceAll(' ', '').toLowerCase();
}
