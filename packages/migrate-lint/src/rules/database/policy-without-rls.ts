import { defineRule } from '@migrate-lint/core';
import { sqlFix } from '../../edits.ts';
import { enableRowSecurity } from '../../edits/protection.ts';
import { code } from '../places.ts';
import { ownTables } from '../scope.ts';

export default defineRule({
  id: 'database/policy-without-rls',
  level: 'critical',
  category: 'security',
  needs: ['database'],
  docs: {
    summary: 'A table has policies, and row-level security is not enabled on it.',
    why: `\`CREATE POLICY\` works on any table, and Postgres asks none of them until \`ENABLE ROW LEVEL SECURITY\` is said. Whoever may read
the table reads all of it, while the migrations look as if each saw his own rows.`,
    bad: `CREATE TABLE notes (id int PRIMARY KEY, owner text);
CREATE POLICY own ON notes USING (owner = current_user);`,
    good: `CREATE TABLE notes (id int PRIMARY KEY, owner text);
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON notes USING (owner = current_user);`,
    guards: ['Tables of the platform, such as `storage.objects`.'],
  },

  subjects: ({ database }) => ownTables({ database }).filter(({ policies }) => policies.length > 0),
  check: table => {
    if (table.rowSecurity) return undefined;
    const names = table.policies.map(({ name }) => name);
    return {
      span: table.span,
      message: `Row-level security is not enabled on ${code(table.path)}, so ${code(names)} ${names.length === 1 ? 'holds' : 'hold'} nobody back.`,
      related: table.policies.flatMap(({ name, span }) => (span ? [{ message: `policy ${name}`, span }] : [])),
      fix: sqlFix(`Enable row-level security on ${code(table.path)}`, 'unsafe', [enableRowSecurity(table)]),
    };
  },
});
