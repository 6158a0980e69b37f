import { mentions, phrases, singular, words } from './names.ts';
import { remembered } from './remembered.ts';
import { flatMap } from './lists.ts';

/** What a trail is of; a log of mails, requests or meals testifies of nothing. */
const logs = phrases(
  'audit, activity, security, access, auth, authentication, authorization, login, change, event, admin, action',
  'transaction, payment, consent, permission, role, compliance, moderation, impersonation, override, approval',
  'signature, signing, decision, state, status, balance, credit, wallet, point, custody, deletion, gdpr, hipaa',
);
const histories = phrases(
  'audit, status, state, change, login, password, permission, role, payment, transaction, balance, credit',
  'access, approval, consent, ownership, custody, assignment, transition',
);
const events = phrases(
  'audit, security, auth, authentication, login, access, payment, billing, subscription, order, ledger',
  'transaction, compliance, consent, moderation, domain, lifecycle, status, state, approval, signature, stored',
);
const others = phrases(
  'ledger entry, ledger line, ledger posting, ledger transaction, ledger movement, journal line, journal posting',
  'audit trail, audit record, audit entry, audit action, audit journal, paper trail, event store, event journal',
  'stock movement, inventory movement, state transition, status transition, status change',
);
const trails = new Set([
  ...logs.map(of => `${of} log`),
  ...histories.map(of => `${of} history`),
  ...events.map(of => `${of} event`),
  ...others,
]);
/** One row, or a part of one: `AuditLogEntry`, `AuditLogChange`. */
const parts = phrases('entry, record, row, item, line, detail, change, archive');
/** A ledger of one of these is the book, not what is written in it. */
const books = phrases('general, main, sub, default, account, accounting, company, hardware');
/** Their activity is what people train or play. */
const pastimes = phrases('fitness, physical, exercise, workout, training, sport, child, baby, pet, sleep');
const actions = phrases('action');
const actors = phrases('actor, admin, performer, changed by, updated by, modified by, performed by');
const auditors = [...actors, 'user', 'by'];
const states = phrases('action, status, state');

/**
 * Whether rows of a model or table with this name are meant to stay as they were written: audit logs, ledger entries,
 * status histories, security events. `CalendarEvent`, `EmailLog`, `WatchHistory` and `AuditLogSetting` are none. An `Audit`
 * may be an inspection and an `OrderHistory` a list of orders; they are trails when their columns say who did what.
 */
export function isAuditTrail(name: string | readonly string[], columns: readonly string[] = []): boolean {
  const { last, named } = typeof name === 'string' ? verdictOnName(name) : verdictOn(name);
  if (named === 'no') return false;
  // A trail says who did what; a `level` beside a `message` is what a program says of itself.
  if (last === 'log' && columns.includes('level') && columns.includes('message')) return false;
  if (named === 'trail') return true;
  const says = (wanted: readonly string[]): boolean => columns.some(column => mentions(column, wanted));
  if (last === 'audit') return says(actions) && says(auditors);
  return last === 'history' && says(states) && says(actors);
}

interface Verdict {
  readonly last: string;
  /** The name alone: a trail, none, or one if the columns say so. */
  readonly named: 'trail' | 'no' | 'perhaps';
}

/** Every rule that spares trails asks this of all models. */
const verdictOnName = remembered(name => verdictOn(words(name)));

function verdictOn(name: readonly string[]): Verdict {
  const named = trailWordsOf(name);
  const last = named.at(-1) ?? '';
  if (named.some(part => pastimes.includes(part))) return { last, named: 'no' };
  if (isTrail(named) || (parts.includes(last) && isTrail(named.slice(0, -1)))) return { last, named: 'trail' };
  return { last, named: last === 'audit' || last === 'history' ? 'perhaps' : 'no' };
}

function trailWordsOf(parts: readonly string[]): readonly string[] {
  return flatMap(
    parts.map(part => singular(part.replace(/\d.*/, ''))),
    part => (part === 'auditlog' ? ['audit', 'log'] : part === '' ? [] : part),
  );
}

function isTrail(named: readonly string[]): boolean {
  if (trails.has(named.slice(-2).join(' '))) return true;
  return named.length > 1 && named.at(-1) === 'ledger' && !books.includes(named.at(-2) ?? '');
}
