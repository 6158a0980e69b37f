import { randomBytes } from 'node:crypto';
import { FactUnavailable } from '@migrate-lint/core';
import type { Client, ClientConfig } from 'pg';
import { quoteIdentifier, type Database } from './database.ts';

/** Connects to a database on a server; nothing is written by connecting. */
export async function openServer(url: string): Promise<Database> {
  const client = await connect({ connectionString: withoutPrismaParameters(url) }, url);
  return wrap(client, () => client.end());
}

/**
 * Makes a database of its own on the server that `url` names, for the shadow, and drops it on `close`. The database that `url` names is
 * not touched. Throws `FactUnavailable` when the role may not create databases.
 */
export async function openShadowOnServer(url: string): Promise<Database> {
  const admin = await connect({ connectionString: withoutPrismaParameters(url) }, url);
  const name = `migrate_lint_shadow_${randomBytes(6).toString('hex')}`;
  try {
    await admin.query(`CREATE DATABASE ${quoteIdentifier(name)}`);
  } catch (error) {
    await admin.end();
    throw new FactUnavailable(
      `The shadow database could not be created on ${host(url)} (${(error as Error).message}): give a role with CREATEDB in --shadow-url.`,
    );
  }
  const drop = async (): Promise<void> => {
    await admin.query(`DROP DATABASE IF EXISTS ${quoteIdentifier(name)} WITH (FORCE)`);
    await admin.end();
  };
  try {
    const target = new URL(withoutPrismaParameters(url));
    target.pathname = `/${name}`;
    const client = await connect({ connectionString: target.href }, url);
    return wrap(client, async () => {
      await client.end();
      await drop();
    });
  } catch (error) {
    await drop();
    throw error;
  }
}

async function connect(config: ClientConfig, url: string): Promise<Client> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ ...config, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
  } catch (error) {
    throw new FactUnavailable(
      `No connection to ${host(url)} (${(error as Error).message}): check the url and that the server runs.`,
    );
  }
  return client;
}

function wrap(client: Client, close: () => Promise<void>): Database {
  return {
    kind: 'server',
    execute: async sql => {
      await client.query(sql);
    },
    query: async <Row>(sql: string) => (await client.query(sql)).rows as Row[],
    close,
  };
}

/** Prisma's own url parameters, which a server refuses or `pg` misreads. */
function withoutPrismaParameters(url: string): string {
  let parsed;
  try {
    parsed = new URL(url);
  } catch {
    throw new FactUnavailable(
      'The database url cannot be read: it must look like postgresql://user:password@host:5432/name.',
    );
  }
  for (const parameter of [
    'schema',
    'connection_limit',
    'pool_timeout',
    'pgbouncer',
    'statement_cache_size',
    'socket_timeout',
  ]) {
    parsed.searchParams.delete(parameter);
  }
  return parsed.href;
}

/** The server's name without user and password. */
function host(url: string): string {
  return new URL(url).host;
}
