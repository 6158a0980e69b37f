import { describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { auditOf } from '../src/testing.ts';

// Only this file talks to a server; without one it says so.
const url = process.env.TEST_DATABASE_URL;
if (url === undefined) {
  process.stderr.write(
    '\n  NOT RUN: test/server.test.ts needs a Postgres server, for example TEST_DATABASE_URL=postgresql://localhost/postgres\n\n',
  );
}
const onServer = url === undefined ? describe.skip : describe;

const schema = 'model User {\n  id    Int    @id\n  email String @unique\n}\n';
const table = 'CREATE TABLE "User" (id integer PRIMARY KEY, email text NOT NULL);';
const unique = 'CREATE UNIQUE INDEX "User_email_key" ON "User" (email);';

async function databases(client: pg.Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT datname AS name FROM pg_database WHERE datname LIKE 'migrate_lint%'`,
  );
  return rows.map(row => row.name);
}

onServer('a server', () => {
  const admin = new pg.Client({ connectionString: url });

  test('is given for the shadow: it gets a database of its own, and is left as it was', async () => {
    await admin.connect();
    const audit = await auditOf({
      schema,
      migrations: { '1': table, '2': 'SELECT 1/0;' },
      shadowUrl: `${url ?? ''}?schema=public&connection_limit=1`,
    });
    const { migrations } = await audit.fact('replay');
    expect(migrations[1]?.failure?.message).toBe('division by zero');
    const good = await auditOf({
      schema,
      migrations: { '1': table, '2': unique },
      ...(url === undefined ? {} : { shadowUrl: url }),
    });
    expect((await good.fact('comparison')).uniques.map(pair => [pair.path, pair.actual?.name])).toEqual([
      ['User.User_email_key', 'User_email_key'],
    ]);
    expect(await databases(admin)).toEqual([]);
  });

  test('is looked at in the place of the migrations, and only read', async () => {
    await admin.query('CREATE DATABASE migrate_lint_test');
    try {
      const live = new URL(url ?? '');
      live.pathname = '/migrate_lint_test';
      const client = new pg.Client({ connectionString: live.href });
      await client.connect();
      await client.query(table);
      await client.end();
      const audit = await auditOf({ schema, migrations: { '1': table, '2': unique }, url: live.href });
      const comparison = await audit.fact('comparison');
      expect([comparison.against, comparison.uniques.map(pair => pair.actual)]).toEqual(['database', [undefined]]);
      expect(
        comparison.columns.every(pair => pair.actual !== undefined && !pair.typeChanged && !pair.defaultChanged),
      ).toBe(true);
    } finally {
      await admin.query('DROP DATABASE migrate_lint_test WITH (FORCE)');
      await admin.end();
    }
  });

  test('that is not there is not verified', async () => {
    const audit = await auditOf({
      schema,
      migrations: { '1': table },
      shadowUrl: 'postgresql://nobody@127.0.0.1:1/none',
    });
    await expect(audit.fact('replay')).rejects.toThrow(
      /^No connection to 127\.0\.0\.1:1 \(.*\): check the url and that the server runs\.$/,
    );
  });
});
