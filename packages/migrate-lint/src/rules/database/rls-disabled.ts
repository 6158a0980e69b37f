import { defineRule, isExposed, isLockedDown, isWithdrawn, type Catalog, type Table } from '@migrate-lint/core';
import { sqlFix } from '../../edits.ts';
import { enableRowSecurity } from '../../edits/protection.ts';
import { code } from '../places.ts';
import { ownTables } from '../scope.ts';

export default defineRule({
  id: 'database/rls-disabled',
  level: 'critical',
  category: 'security',
  needs: ['database'],
  uses: ['migrations'],
  docs: {
    summary: 'A table that clients reach has no row-level security.',
    why: `Supabase and PostgREST turn requests of browsers into SQL. The key that they send is public: it stands in the code of the page. What
keeps one user from the rows of another is row-level security and nothing else, so a table without it is open to read, change and empty.
Tables that Prisma makes are tables of this API, too. A database that only the project's own server uses has no such clients, and there
the rule is silent; it takes a policy, grant, function or default that names \`anon\`, \`authenticated\` or \`auth.uid()\` as the sign of them.`,
    bad: `CREATE TABLE profiles (id uuid PRIMARY KEY, bio text);
ALTER TABLE profiles ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON profiles USING (id = (SELECT auth.uid()));
CREATE TABLE payments (id uuid PRIMARY KEY, card text);`,
    good: `CREATE TABLE profiles (id uuid PRIMARY KEY, bio text);
ALTER TABLE profiles ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON profiles USING (id = (SELECT auth.uid()));
CREATE TABLE payments (id uuid PRIMARY KEY, card text);
ALTER TABLE payments ENABLE ROW LEVEL SECURITY;`,
    guards: [
      'No client reaches the database.',
      'The table is in a schema that clients have no right to, or a REVOKE took it from `anon` and `authenticated`.',
      'A table that has policies: `database/policy-without-rls` speaks of it.',
    ],
  },

  subjects: ({ database }) => ownTables({ database }).filter(table => isReached(table, database)),
  check: (table, { database, migrations }) => {
    if (table.rowSecurity || table.policies.length > 0 || isWithdrawn(migrations, table)) return undefined;
    const message = isExposed(database, table)
      ? `${code(table.path)} has no row-level security and clients reach it, so whoever has the public key of the API reads and changes every row.`
      : `${code(table.path)} has no row-level security, unlike nearly every other table of its schema, which the API of the platform lets anybody read.`;
    return {
      span: table.span,
      message,
      fix: sqlFix(`Enable row-level security on ${code(table.path)}; clients then need policies`, 'unsafe', [
        enableRowSecurity(table),
      ]),
    };
  },
});

function isReached(table: Table, database: Catalog): boolean {
  return isExposed(database, table) || isLockedDown(database, table.schema);
}
