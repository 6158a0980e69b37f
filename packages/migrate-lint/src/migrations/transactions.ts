import { commitsEachStatement, rememberedFor, type PrismaVersion } from '@migrate-lint/core';
import type { Node } from 'libpg-query';
import { as } from './nodes.ts';

export interface InTransaction {
  readonly transaction: number;
  readonly inBlock: boolean;
}

/** In which transaction each statement of a migration runs. */
export function transactionsOf(nodes: readonly Node[], prisma: PrismaVersion | undefined): readonly InTransaction[] {
  const whole = isOneBatch(prisma);
  let transaction = 0;
  let open = false;
  return nodes.map((node, at) => {
    const { kind, chain = false } = as('TransactionStmt', node) ?? {};
    const begins = kind === 'TRANS_STMT_BEGIN' || kind === 'TRANS_STMT_START';
    const ends = kind !== undefined && endings.has(kind);
    // A file that goes as one batch has its first transaction before any BEGIN, and a new one behind each COMMIT.
    if (at > 0 && !whole && !open) transaction += 1;
    const place = { transaction, inBlock: open && !begins && !ends };
    if (begins) open = true;
    if (ends) {
      open &&= chain;
      if (whole || open) transaction += 1;
    }
    return place;
  });
}

const endings: ReadonlySet<string> = new Set(['TRANS_STMT_COMMIT', 'TRANS_STMT_ROLLBACK', 'TRANS_STMT_PREPARE']);

/** What is not known is taken for a newer one. */
function isOneBatch(prisma: PrismaVersion | undefined): boolean {
  return prisma !== undefined && isOneBatchIn(prisma);
}

const isOneBatchIn = rememberedFor((prisma: PrismaVersion) => !commitsEachStatement(prisma));
