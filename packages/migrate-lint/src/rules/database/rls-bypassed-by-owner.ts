import { defineRule, hasClients, type Catalog, type Table } from '@migrate-lint/core';
import { sqlFix } from '../../edits.ts';
import { forceRowSecurity } from '../../edits/protection.ts';
import { code } from '../places.ts';
import { ownTables } from '../scope.ts';

export default defineRule({
  id: 'database/rls-bypassed-by-owner',
  level: 'medium',
  category: 'security',
  needs: ['database'],
  docs: {
    summary: 'Policies hold back everybody but the owner of the table, and nobody else is there.',
    why: `The role that runs the migrations owns the tables, and Postgres asks an owner no policy unless \`FORCE ROW LEVEL SECURITY\` is said.
Where the application connects with the same url as \`prisma migrate\`, which is the usual case when no other role was granted anything,
the policies do nothing at all: every tenant's rows come back. Either let the application connect as a role of its own that is granted
what it needs, or force the policies on the owner. A superuser and a role with BYPASSRLS pass even then.`,
    bad: `CREATE TABLE invoices (id int PRIMARY KEY, tenant text);
ALTER TABLE invoices ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON invoices USING (tenant = current_setting('app.tenant'));`,
    good: `CREATE TABLE invoices (id int PRIMARY KEY, tenant text);
ALTER TABLE invoices ENABLE ROW LEVEL SECURITY;
ALTER TABLE invoices FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON invoices USING (tenant = current_setting('app.tenant'));`,
    guards: [
      'Another role was granted the table, or a policy names one: the application connects as that.',
      'Clients of Supabase and PostgREST never are the owner; that the server is, is by design.',
      'A table without policies is closed to others, and its owner was not meant to be held back.',
    ],
  },

  subjects: ({ database }) =>
    hasClients(database) || hasOtherRoles(database)
      ? []
      : ownTables({ database }).filter(({ rowSecurity, policies }) => rowSecurity && policies.length > 0),
  check: (table: Table) => {
    if (table.forceRowSecurity) return undefined;
    return {
      span: table.span,
      message: `The policies of ${code(table.path)} do not hold for its owner, and no migration grants the table to another role, so the application that connects as the owner sees every row.`,
      fix: sqlFix(`Hold the owner of ${code(table.path)} to its policies`, 'unsafe', [forceRowSecurity(table)]),
    };
  },
});

/** Grants on the schemas' things, default ones too, and policies that are for somebody in particular. */
function hasOtherRoles({ grants, policies }: Catalog): boolean {
  return (
    grants.some(({ grantee }) => grantee !== 'PUBLIC') ||
    policies.some(({ roles }) => roles.some(role => role !== 'public'))
  );
}
