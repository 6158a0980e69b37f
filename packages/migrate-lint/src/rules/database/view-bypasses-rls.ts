import {
  asksForUser,
  defineRule,
  isExposed,
  isInvoker,
  isWithdrawn,
  mentions,
  phrases,
  tablesBehind,
  type View,
} from '@migrate-lint/core';
import { sqlFix } from '../../edits.ts';
import { makeInvoker } from '../../edits/protection.ts';
import { code as quoted } from '../places.ts';
import { readersOfAll } from '../security-words.ts';

const meantForAll = phrases('public, published, leaderboard');

export default defineRule({
  id: 'database/view-bypasses-rls',
  level: 'high',
  category: 'security',
  needs: ['database', 'code'],
  uses: ['migrations'],
  docs: {
    summary: 'A view that clients reach reads past the row-level security of the tables behind it.',
    why: `A view reads its tables with the rights of its owner, and an owner is asked no policy. So a view over a protected table gives every row
to whoever may read the view. Since Postgres 15 \`WITH (security_invoker = true)\` makes it read as whoever asks.`,
    bad: `CREATE TABLE orders (id uuid PRIMARY KEY, buyer uuid, total int);
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON orders USING (buyer = (SELECT auth.uid()));
CREATE VIEW order_totals AS SELECT buyer, sum(total) AS total FROM orders GROUP BY buyer;`,
    good: `CREATE TABLE orders (id uuid PRIMARY KEY, buyer uuid, total int);
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON orders USING (buyer = (SELECT auth.uid()));
CREATE VIEW order_totals WITH (security_invoker = true) AS SELECT buyer, sum(total) AS total FROM orders GROUP BY buyer;`,
    guards: [
      'The view asks itself who the user is, or is a `security_barrier`.',
      'Its name says that it is for everybody: `public_profiles`.',
      'Everybody may read all rows of the tables behind it.',
      'A REVOKE took it from `anon` and `authenticated`, or no client reaches the database.',
      'A view on `auth.users`: `database/auth-users-exposed` speaks of it.',
    ],
  },

  subjects: ({ database }) => database.views.filter(view => !view.materialized && isExposed(database, view)),
  check: (view, { database, code, migrations }) => {
    if (isInvoker(view) || isMeant(view) || isWithdrawn(migrations, view)) return undefined;
    if (asksForUser(database, view.definition)) return undefined;
    const behind = tablesBehind(database, view);
    if (behind.has('auth.users')) return undefined;
    const hidden = database.tables.filter(
      table => behind.has(table.path) && table.rowSecurity && readersOfAll(table, code) !== 'everybody',
    );
    if (hidden.length === 0) return undefined;
    return {
      span: view.span,
      message: `The view ${quoted(view.path)} reads ${quoted(hidden.map(({ path }) => path))} as its owner, so whoever reads the view sees rows that the policies keep from him.`,
      fix: sqlFix(`Let ${quoted(view.path)} read as whoever asks it`, 'unsafe', [makeInvoker(view)]),
    };
  },
});

function isMeant({ name, options }: View): boolean {
  return mentions(name, meantForAll) || options.includes('security_barrier=true');
}
