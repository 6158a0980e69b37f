import { defineRule, hasClients, isExposed, mentions, phrases, type Table } from '@migrate-lint/core';
import { code } from '../places.ts';
import { ownTables } from '../scope.ts';

export default defineRule({
  id: 'database/rls-without-policy',
  level: 'low',
  category: 'security',
  needs: ['database'],
  docs: {
    summary: 'A table that clients reach has row-level security and no policy.',
    why: `Without a policy nobody reads or writes a row but the owner and roles with BYPASSRLS, such as \`service_role\`: requests of
clients come back empty, without an error. That is right for a table that only the server uses, so say so in a comment on the table,
\`COMMENT ON TABLE … IS 'server only'\`; else write the policies. The level is low because both are common.`,
    bad: `CREATE TABLE posts (id uuid PRIMARY KEY, author uuid);
ALTER TABLE posts ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON posts USING (author = (SELECT auth.uid()));
CREATE TABLE comments (id uuid PRIMARY KEY, author uuid);
ALTER TABLE comments ENABLE ROW LEVEL SECURITY;`,
    good: `CREATE TABLE posts (id uuid PRIMARY KEY, author uuid);
ALTER TABLE posts ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON posts USING (author = (SELECT auth.uid()));
CREATE TABLE webhooks (id uuid PRIMARY KEY);
ALTER TABLE webhooks ENABLE ROW LEVEL SECURITY;
COMMENT ON TABLE webhooks IS 'Server only: no policies on purpose.';`,
    guards: [
      'No client reaches the database, or it has no policy at all: then row-level security is how a schema is closed.',
      'A comment on the table says who uses it.',
      'A name of what only servers use: logs, webhooks, jobs, caches, secrets.',
    ],
  },

  subjects: ({ database }) =>
    hasClients(database) && database.policies.length > 0
      ? ownTables({ database }).filter(table => table.rowSecurity && isExposed(database, table))
      : [],
  check: table => {
    if (table.policies.length > 0 || isForServers(table)) return undefined;
    return {
      span: table.span,
      message: `${code(table.path)} has row-level security and no policy, so clients get no row of it; write the policies, or a comment on the table that only the server uses it.`,
    };
  },
});

function isForServers({ name, comment }: Table): boolean {
  if (mentions(name, servers)) return true;
  return /\b(?:servers?|service[ _]role|internal|private|backend|admins?|no (?:rls )?polic|locked|system)\b/i.test(
    comment ?? '',
  );
}

const servers = phrases(
  'log, audit, webhook, job, queue, cache, lock, secret, token, credential, key, cron, migration, rate limit, otp',
  'idempotency, outbox, internal, private, system, backup, stripe, billing event, processed event, verification code',
);
