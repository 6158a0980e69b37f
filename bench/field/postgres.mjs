import pg from 'pg';
import { statementsOf } from './before/before.mjs';

const scratch = 'migrate_lint_field';

/**
 * Runs each script on a real server behind what was made for it, in a database of its own that is dropped at the end: how many run, and whose
 * tables could not be made. A script that is in a transaction is sent as one text, as Prisma up to 7.3 does, others statement by statement, as 7.4 does.
 */
export async function onPostgres(url, all) {
  const scripts = [
    ...new Map(all.filter(({ made }) => made !== undefined).map(script => [script.sql, script])).values(),
  ];
  const admin = new pg.Client(url);
  await admin.connect();
  await admin.query(`DROP DATABASE IF EXISTS ${scratch}`);
  await admin.query(`CREATE DATABASE ${scratch}`);
  const address = new URL(url);
  address.pathname = `/${scratch}`;
  const client = new pg.Client(address.href);
  await client.connect();
  const refused = [];
  const unmade = [];
  try {
    for (const { name, made, sql, wrapped } of scripts) {
      await empty(client);
      const failure = await fails(client, made);
      if (failure) unmade.push(`${name}: ${failure}`);
      else {
        const error = await firstFailure(client, wrapped ? [sql] : statementsOf(sql));
        if (error) refused.push(`${name}: ${error}`);
      }
    }
  } finally {
    await client.end();
    await admin.query(`DROP DATABASE IF EXISTS ${scratch}`);
    await admin.end();
  }
  return { ran: scripts.length - refused.length - unmade.length, refused, unmade };
}

async function empty(client) {
  await fails(client, 'ROLLBACK');
  const { rows } = await client.query(
    "SELECT quote_ident(nspname) AS name FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'",
  );
  for (const { name } of rows) await client.query(`DROP SCHEMA ${name} CASCADE`);
  await client.query('CREATE SCHEMA public; RESET ALL');
}

async function firstFailure(client, texts) {
  for (const text of texts) {
    const error = await fails(client, text);
    if (error) return error;
  }
  return undefined;
}

const fails = (client, sql) =>
  client.query(sql).then(
    () => undefined,
    error => error.message,
  );
