import {
  isPersonal,
  marksDeletion,
  mentions,
  phrases,
  words,
  type Field,
  type Model,
  type Schema,
} from '@migrate-lint/core';
import { reachOf } from './cascades.ts';

/** What happened with money, and has to be shown for years. */
const bookings = phrases(
  'payment, transaction, order, invoice, purchase, payout, transfer, refund, dispute, charge, donation, bid, withdrawal',
  'deposit, journal, journal entry, ledger entry, cash flow, expense, sale, commission, receipt, bill, credit note, settlement',
);
const money = phrases('amount, balance, total, subtotal, price, fee, debit, credit, net, gross');
/** Those whom a business knows, and who did not sign up themselves. */
const persons = phrases(
  'customer, client, contact, patient, employee, student, tenant, supplier, vendor, resident, member, donor',
);
/** The row is put out of use, and stays. */
const ends = phrases('archived, disabled, deactivated, closed, anonymized, anonymised, suspended, revoked, inactive');

const states = [...ends, ...phrases('cancelled, canceled, void, voided, deleted, terminated, ended, withdrawn')];

/** The models of which a delete takes rows that should be kept, the model itself among them; none where nothing goes along. */
export function recordsGoneWith(model: Model, schema: Schema): readonly Model[] {
  const gone = [...reachOf(model, schema).keys()];
  return gone.length === 0 ? [] : [model, ...gone].filter(isRecord);
}

function isRecord({ name, columns }: Model): boolean {
  const last = words(name).slice(-2);
  if (mentions(last.slice(-1), persons)) return columns.some(isPersonal);
  return mentions(last, bookings) && columns.some(isAmount);
}

function isAmount({ name, type }: Field): boolean {
  return ['Decimal', 'Int', 'BigInt', 'Float'].includes(type) && mentions(name, money);
}

/** Whether a column marks rows as deleted, or as closed, that stay: a time, a flag, or a state that can be `CANCELLED`. */
export function putsOutOfUse(column: Field, schema: Schema): boolean {
  if (marksDeletion(column)) return true;
  if (column.kind === 'enum')
    return schema.enum(column.type)?.values.some(({ name }) => mentions(name, states)) ?? false;
  if (column.type === 'Boolean' && /^(?:is_?)?(?:active|enabled)$/i.test(column.name)) return true;
  return (column.type === 'Boolean' || column.type === 'DateTime') && mentions(column.name, ends);
}
