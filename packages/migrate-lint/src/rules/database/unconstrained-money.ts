import {
  defineRule,
  isAuditTrail,
  mentions,
  moneyKind,
  numberOfColumn,
  phrases,
  quoteIdentifier,
  words,
  type Column,
  type DatabaseCode,
  type Table,
} from '@migrate-lint/core';
import { sqlFix } from '../../edits.ts';
import { addCheck } from '../../edits/checks.ts';
import { code } from '../places.ts';
import { ownTables } from '../scope.ts';
import { isGuarded } from '../trigger-words.ts';

/** What is moved or held; a price list with a wrong sign is seen before it costs anything. */
const held = phrases('amount, balance, fee, payout, deposit, payment, refund, subtotal');
const balances = phrases('balance');
const books = phrases('ledger, journal');
/** A balance of these cannot be overdrawn. */
const prepaid = phrases(
  'wallet, escrow, gift card, voucher, prepaid, credit, deposit, locked, held, available, reserved',
);
const signed = phrases(
  'delta, change, diff, difference, adjustment, net, profit, loss, pnl, gain, variance, correction, offset, signed, running',
);
/** Rows of these are movements, and one in the other direction has the other sign. */
const movements = phrases(
  'transaction, entry, movement, adjustment, posting, journal, ledger, statement, reconciliation, transfer, activity, history, log, event',
);

/** Invoices know credit notes; a provider's subscriptions and prices, and figures that are computed, are only written down. */
const mirrored = phrases(
  'invoice, subscription, price, plan, product, cost, stats, stat, statistic, snapshot, metric, report, summary, analytics, usage, cache',
);
/** Bounds and units of something else. */
const bounds = [
  'max',
  'min',
  'maximum',
  'minimum',
  'limit',
  'cap',
  'ms',
  'seconds',
  'timestamp',
  'count',
  'at',
  'gas',
  'blob',
  'per',
];

export default defineRule({
  id: 'database/unconstrained-money',
  level: 'low',
  category: 'integrity',
  needs: ['database', 'code'],
  uses: ['comparison'],
  docs: {
    summary: 'Nothing keeps an amount, a fee or a prepaid balance from being negative.',
    why: `Two withdrawals at once that both read a balance of 100 leave it at −100, and a transfer of −50 takes money from who receives it. Both are
mistakes of code that a CHECK stops at the row, whatever code writes it, and a .prisma file cannot say one. Most projects have none and live
with it, so the level is low; for what holds other people’s money, raise it.`,
    bad: `CREATE TABLE "wallets" ("id" int PRIMARY KEY, "balance" bigint NOT NULL);`,
    good: `CREATE TABLE "wallets" ("id" int PRIMARY KEY, "balance" bigint NOT NULL CHECK ("balance" >= 0));`,
    guards: [
      'Deltas, differences, net results and running balances, and all rows of ledgers, transactions and journals: their sign is the direction.',
      'The balance of an account, which may be overdrawn; a wallet, an escrow or a credit may not.',
      'A CHECK, or a trigger that raises, which names the column; a domain; a generated column.',
      'Prices, costs, salaries and budgets: what is written down is not what is paid.',
      'Invoices, which know credit notes; subscriptions and plans of a provider; statistics and snapshots; bounds (`max_amount`).',
    ],
  },

  subjects: facts => ownTables(facts).filter(table => table.columns.some(isUnsigned)),
  check: (table, { code: read }) => {
    const open = table.columns.filter(column => isUnsigned(column) && !isHeld(column, read));
    const [first] = open;
    if (!first) return undefined;
    const names = open.map(({ name }) => name);
    const name = open.length === 1 ? `${table.name}_${first.name}_check` : `${table.name}_money_check`;
    const condition = names.map(column => `${quoteIdentifier(column)} >= 0`).join(' AND ');
    return {
      span: first.span,
      message: `Nothing in the database keeps ${code(names)} of ${code(table.path)} from being negative, so a race or a wrong sign in the code pays money out.`,
      fix: sqlFix(`Refuse a negative ${code(names)}`, 'unsafe', addCheck(table, name, condition)),
    };
  },
});

function isUnsigned(column: Column): boolean {
  const { name, type, generated, table } = column;
  if (!/^(?:numeric|integer|bigint|smallint|real|double precision)(?:\(|$)/.test(type) || generated !== null)
    return false;
  if (moneyKind(numberOfColumn(column)) !== 'money' || !mentions(name, held) || mentions(name, signed)) return false;
  if (isMovement(table) || mentions(table.name, mirrored) || words(name).some(isBound)) return false;
  return !mentions(name, balances) || mentions([...words(table.name), ...words(name)], prepaid);
}

function isBound(word: string): boolean {
  return bounds.includes(word.replace(/\d+h?/, ''));
}

function isMovement({ name }: Table): boolean {
  return isAuditTrail(name) || mentions(words(name).slice(-1), movements) || mentions(name, books);
}

function isHeld({ name, table }: Column, read: DatabaseCode): boolean {
  return (
    table.checks.some(({ definition }) => read.expression(definition).columns.includes(name)) ||
    isGuarded([name], table.triggers, read)
  );
}
