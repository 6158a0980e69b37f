import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Database } from '../src/database/database.ts';
import { openEmbedded } from '../src/database/embedded.ts';
import { extensionsIn } from '../src/database/extensions.ts';
import { preludeFor } from '../src/database/prelude.ts';
import { runStatement } from '../src/database/replay.ts';
import { History } from '../src/migrations/history.ts';
import { loadParser } from '../src/migrations/parser.ts';
import { ddl } from './migrations-arbitrary.ts';
import { histories } from './migrations-histories.ts';
import { catalogOf, differences } from './migrations-past.ts';

beforeAll(loadParser);

const examples = join(dirname(fileURLToPath(import.meta.url)), '../../../examples');
const roots = (
  process.env.HISTORIES ?? ['clean', 'escrow', 'finance', 'rls'].map(name => join(examples, name, 'prisma')).join()
).split(',');

test.each(roots)('%s: the catalog before each migration is that of the database', async root => {
  const folder = join(root, 'migrations');
  const names = readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(({ name }) => name);
  const texts = names
    .sort((a, b) => a.localeCompare(b, 'en'))
    .map(name => ({ name, file: name, text: readFileSync(join(folder, name, 'migration.sql'), 'utf8') }));
  const all = texts.map(({ text }) => text).join('\n');
  const history = new History([...texts, { name: 'z', file: 'z', text: 'SELECT 1' }]);
  const prelude = preludeFor(all);
  const database: Database = await openEmbedded(extensionsIn(all + prelude.sql));
  try {
    await database.execute(prelude.sql);
    let n = 0;
    for (const { name, statements } of history.migrations) {
      const [first] = statements;
      if (first && (process.env.HISTORIES === undefined || name === 'z' || n++ % 40 === 39)) {
        const found = differences(await catalogOf(database, prelude.schemas), first.before, prelude.schemas).filter(
          // A block of dynamic SQL retypes these in a loop.
          each => !root.endsWith('clean/prisma') || !each.includes('timestamp(3)'),
        );
        expect({ name, found }).toEqual({ name, found: [] });
      }
      for (const { sql } of statements) {
        const error = await runStatement(database, sql);
        if (error && !process.env.HISTORIES) throw error;
        if (error) console.log(name, error.message, sql.slice(0, 200));
      }
      await database.execute('ROLLBACK');
    }
  } finally {
    await database.close();
  }
});

describe('histories that are hard to follow', () => {
  let database: Database;
  beforeAll(async () => {
    database = await openEmbedded([]);
  });
  afterAll(() => database.close());

  test.each(Object.entries(histories))('%s', async (_what, text) => {
    await empty(database);
    const { migrations } = new History([
      { name: '1', file: '1', text },
      { name: '2', file: '2', text: 'SELECT 1' },
    ]);
    expect(migrations[0]?.syntaxError).toBeUndefined();
    for (const { sql } of migrations[0]?.statements ?? []) await database.execute(sql);
    const last = migrations[1]?.statements[0];
    expect(last && differences(await catalogOf(database), last.before)).toEqual([]);
  });
});

test('generated histories end as the catalog does', async () => {
  let database = await openEmbedded([]);
  let histories = 0;
  await fc.assert(
    fc.asyncProperty(ddl, async statements => {
      histories += 1;
      if (histories % 50 === 0) {
        // The embedded server keeps a little of its stack at every refusal, and some thousands of them are too many.
        await database.close();
        database = await openEmbedded([]);
      }
      await empty(database);
      const ran: string[] = [];
      for (const sql of ["CREATE SCHEMA other; CREATE TYPE role AS ENUM ('a', 'b')", ...statements]) {
        const refused = await database.execute(sql).catch((error: unknown) => error);
        if (refused === undefined) ran.push(sql);
      }
      const [, last] = new History([
        { name: '1', file: '1', text: ran.map(sql => `${sql};\n`).join('') },
        { name: '2', file: '2', text: 'SELECT 1' },
      ]).migrations;
      const found = differences(await catalogOf(database), last?.statements[0]?.before ?? fail());
      expect({ ran, found }).toEqual({ ran, found: [] });
    }),
    // The same histories every time; SEED and RUNS look for others.
    { seed: Number(process.env.SEED ?? 1), numRuns: Number(process.env.RUNS ?? 40) },
  );
  await database.close();
});

function fail(): never {
  throw new Error('there is no statement');
}

async function empty(database: Database): Promise<void> {
  const schemas = await database.query<{ name: string }>(
    "SELECT quote_ident(nspname) AS name FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'",
  );
  await database.execute(
    `RESET search_path; DISCARD TEMP; ${schemas.map(({ name }) => `DROP SCHEMA ${name} CASCADE;`).join('')} CREATE SCHEMA public;`,
  );
}
