import { defineRule, isOfPlatform } from '@migrate-lint/core';
import { sqlFix } from '../../edits.ts';
import { revoke } from '../../edits/protection.ts';
import { code } from '../places.ts';

export default defineRule({
  id: 'database/public-grant',
  level: 'high',
  category: 'security',
  needs: ['database'],
  docs: {
    summary: 'Every role of the server may write to a table.',
    why: `\`PUBLIC\` is every role that there is and every one to come: the read-only user of a dashboard, the role of a backup, \`anon\` of an
API. What is granted to it cannot be taken from one of them. Grant to the role that needs it.`,
    bad: `CREATE TABLE invoices (id int PRIMARY KEY);
GRANT ALL ON invoices TO PUBLIC;`,
    good: `CREATE TABLE invoices (id int PRIMARY KEY);
CREATE ROLE app;
GRANT ALL ON invoices TO app;`,
    guards: [
      'SELECT alone: reference data is often for everybody.',
      'Functions are executable by PUBLIC unless that is revoked: `database/public-definer-function` speaks of those where it matters.',
      'Tables of an extension or of the platform.',
    ],
  },

  subjects: ({ database }) => database.grants.filter(grant => grant.on === 'table' && !isOfPlatform(grant)),
  check: (grant, { database }) => {
    const privileges = grant.privileges.filter(privilege => writing.includes(privilege));
    if (grant.grantee !== 'PUBLIC' || privileges.length === 0) return undefined;
    const on = database.table(grant.path) ?? database.views.find(({ path }) => path === grant.path);
    return {
      span: grant.span,
      message: `Every role may ${privileges.map(privilege => privilege.toLowerCase()).join(', ')} on ${code(grant.path)}, because that is granted to \`PUBLIC\`.`,
      fix: on
        ? sqlFix('Take it from `PUBLIC`; grant it to the role that needs it', 'unsafe', [
            revoke(privileges.join(', '), on, ['PUBLIC']),
          ])
        : undefined,
    };
  },
});

const writing = ['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE'];
