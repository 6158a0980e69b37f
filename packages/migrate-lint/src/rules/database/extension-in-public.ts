import { defineRule, hasClients, quoteIdentifier, type Extension, type Migrations } from '@migrate-lint/core';
import { sqlFix } from '../../edits.ts';
import { code } from '../places.ts';

export default defineRule({
  id: 'database/extension-in-public',
  level: 'low',
  category: 'security',
  needs: ['database', 'migrations'],
  docs: {
    summary: 'An extension is installed in the schema that the API offers to clients.',
    why: `What an extension brings stands in the schema that it is installed in. In \`public\` its functions become requests that clients may send, and its
tables and types stand among those of the project. Supabase keeps extensions in a schema of their own, \`extensions\`, which every role
has in its \`search_path\`.`,
    bad: `CREATE TABLE notes (id uuid PRIMARY KEY, owner uuid DEFAULT auth.uid());
CREATE EXTENSION citext;`,
    good: `CREATE TABLE notes (id uuid PRIMARY KEY, owner uuid DEFAULT auth.uid());
CREATE SCHEMA IF NOT EXISTS extensions;
CREATE EXTENSION citext WITH SCHEMA extensions;`,
    guards: [
      'No client reaches the database: then `public` is as good a place as another.',
      'Extensions that Supabase installs itself, so that IF NOT EXISTS does nothing, and those that choose their schema.',
      'A later ALTER EXTENSION … SET SCHEMA counts as well.',
    ],
  },

  subjects: ({ database }) =>
    hasClients(database) ? database.extensions.filter(({ name }) => !placed.includes(name)) : [],
  check: (extension, { migrations }) => {
    const statement = statementOf(extension, migrations);
    if (statement === undefined || !inPublic.test(statement)) return undefined;
    const move = `ALTER EXTENSION ${quoteIdentifier(extension.name)} SET SCHEMA extensions;`;
    return {
      span: extension.span,
      message: `The extension ${code(extension.name)} is installed in \`public\`, so what it brings is a part of the API.`,
      // PostGIS cannot be moved.
      fix:
        extension.name !== 'postgis'
          ? sqlFix(`Move ${code(extension.name)} to the schema \`extensions\``, 'unsafe', [
              { phase: 'protect', sql: `CREATE SCHEMA IF NOT EXISTS extensions;\n${move}` },
            ])
          : undefined,
    };
  },
});

/** What is in a DO block or nowhere is not known. */
function statementOf({ path }: Extension, migrations: Migrations): string | undefined {
  return migrations.lastTouch('extension', path)?.statement.sql;
}

/** Without a schema the first of the search path is taken. */
const inPublic = /^(?:create|alter)\s+extension\b(?!.*\bschema\s+(?!"?public\b))/is;

const placed: readonly string[] = [
  ...['uuid-ossp', 'pgcrypto', 'pgjwt', 'pg_stat_statements', 'pg_graphql', 'supabase_vault', 'pgsodium', 'pg_cron'],
  ...['pg_net', 'pgmq', 'pgtap', 'postgis_topology', 'postgis_tiger_geocoder', 'timescaledb', 'wrappers'],
];
