import { defineRule, isExposed, isWithdrawn, mentions, phrases, tablesBehind } from '@migrate-lint/core';
import { sqlFix } from '../../edits.ts';
import { revoke } from '../../edits/protection.ts';
import { code as quoted } from '../places.ts';
import { readersOfAll } from '../security-words.ts';

const meantForAll = phrases('public, published, leaderboard');

export default defineRule({
  id: 'database/materialized-view-exposed',
  level: 'medium',
  category: 'security',
  needs: ['database', 'code'],
  uses: ['migrations'],
  docs: {
    summary: 'Clients may read a materialized view of tables that row-level security protects.',
    why: `A materialized view is a copy, and Postgres has no row-level security for it: whoever may read it reads all of it. Take it from the
clients and give them a function or a view that filters. The level is medium because sums and rankings are often meant for everybody.`,
    bad: `CREATE TABLE orders (id uuid PRIMARY KEY, buyer uuid, total int);
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON orders TO authenticated USING (buyer = (SELECT auth.uid()));
CREATE MATERIALIZED VIEW order_totals AS SELECT buyer, sum(total) AS total FROM orders GROUP BY buyer;`,
    good: `CREATE TABLE orders (id uuid PRIMARY KEY, buyer uuid, total int);
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON orders TO authenticated USING (buyer = (SELECT auth.uid()));
CREATE MATERIALIZED VIEW order_totals AS SELECT buyer, sum(total) AS total FROM orders GROUP BY buyer;
REVOKE ALL ON order_totals FROM anon, authenticated;`,
    guards: [
      'Everybody may read all rows of the tables behind it.',
      'Its name says that it is for everybody: `public_stats`, `leaderboard`.',
      'No client reaches the database.',
    ],
  },

  subjects: ({ database }) => database.views.filter(view => view.materialized && isExposed(database, view)),
  check: (view, { database, code, migrations }) => {
    if (isWithdrawn(migrations, view) || mentions(view.name, meantForAll)) return undefined;
    const behind = tablesBehind(database, view);
    if (behind.has('auth.users')) return undefined;
    const hidden = database.tables.filter(
      table => behind.has(table.path) && table.rowSecurity && readersOfAll(table, code) !== 'everybody',
    );
    if (hidden.length === 0) return undefined;
    return {
      span: view.span,
      message: `Clients may read all of the materialized view ${quoted(view.path)}, and it copies rows of ${quoted(hidden.map(({ path }) => path))} that the policies keep from them.`,
      fix: sqlFix(`Take ${quoted(view.path)} from clients`, 'unsafe', [revoke('ALL', view, ['anon', 'authenticated'])]),
    };
  },
});
