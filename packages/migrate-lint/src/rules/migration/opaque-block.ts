import { defineRule } from '@migrate-lint/core';
import { operationsOf } from '../operations.ts';

export default defineRule({
  id: 'migration/opaque-block',
  level: 'low',
  category: 'migrations',
  needs: ['postgresMigrations'],
  docs: {
    summary: 'A DO block puts its SQL together at run time, so nothing here can be checked.',
    why: `What \`EXECUTE\` runs is text until it runs: no rule sees which table it locks or drops, and what it makes is missing in everything that
is told about the migrations behind it. The block may be right; it is only unread. Where its statements are known beforehand, write them
as they are. The level is low, because this says what was not verified, not that anything is wrong.`,
    bad: `DO $$
BEGIN
  EXECUTE format('DROP TABLE %I', 'orders_' || to_char(now(), 'YYYY'));
END $$;`,
    good: `DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'State') THEN
    CREATE TYPE "State" AS ENUM ('OPEN', 'CLOSED');
  END IF;
END $$;`,
    guards: ['Plain statements in a block, and EXECUTE of a text that stands there as a whole.'],
  },

  subjects: ({ postgresMigrations: migrations }) => operationsOf(migrations, ['block']),
  check: ({ operation }) => {
    if (!operation.dynamic) return undefined;
    return {
      span: operation.span,
      message: 'This block puts SQL together while it runs, so what it locks, makes or drops is not verified.',
    };
  },
});
