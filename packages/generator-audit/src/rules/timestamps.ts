import { isAuditTrail, keyStem, mentions, phrases, words, type Field, type Model } from '@migrate-lint/core';
import { holdsKey } from './references.ts';

/** Rows of these come with something else, or libraries say what they have. */
const parts = phrases(
  'session, account, token, verification, verification request, password reset, authenticator, passkey, jackson, oauth, sso, assertion',
  'saml, setting, config, configuration, preference, profile, counter, sequence, lock, cache, ttl, key value, migration',
  'checkpoint, metric, stat, statistic, aggregate, mapping, metadata, meta, tag, category, country, currency, language',
  'locale, region, plan, tier, price, pricing, detail, cron job, search, index, item, line, line item',
);
/** Once written, rows of these stay as they are. */
const written = phrases(
  'log, event, history, activity, view, visit, click, reaction, like, vote, read, receipt, snapshot, version, revision, entry',
  'message, attempt, delivery, call, invite, invitation, code, credential, license, data, chunk, partition, partitioned',
);
const creations = phrases(
  'created, inserted, added, joined, occurred, happened, timestamp, issued, received, recorded, registered, started, began',
);
const changes = phrases('updated, modified, changed, edited, last update, last change, synced, refreshed');
/** Times that are planned, and not of what was done. */
const plans = phrases(
  'expire, expiry, expiration, end, start, schedule, scheduled, due, valid, next, from, to, until, deadline',
);
/** Columns that change after the row is made. */
const states = phrases('status, state, enabled, active, archived, published');

/** Whether the column tells when a row was made. */
export function keepsCreation({ name, type, required, updatedAt, default: value }: Field): boolean {
  if (type !== 'DateTime') return type === 'BigInt' && mentions(name, ['created', 'timestamp']);
  if ((value?.kind === 'function' && value.name === 'now') || mentions(name, creations)) return true;
  return required && !updatedAt && /at$/i.test(name) && !mentions(name, plans);
}

/** Whether the column tells when a row last changed. */
export function keepsChange({ name, type, updatedAt }: Field): boolean {
  return updatedAt || (type === 'DateTime' && mentions(name, changes));
}

/** Whether rows of the model come and go with others: join tables, parts of another row, settings, lookups. */
export function hasNoTimeOfItsOwn(model: Model): boolean {
  const { name, documentation, columns, foreignKeys, fields, primaryKey } = model;
  const isPairs = foreignKeys.length === 0 && columns.length < 4 && primaryKey?.columns[0]?.field.name !== 'id';
  return (
    isPairs ||
    /@view\b/.test(documentation) ||
    mentions(words(name).slice(-2), parts) ||
    fields.some(({ relation, list }) => relation?.fields.length === 0 && !list) ||
    (foreignKeys.length > 1 && columns.filter(column => !isKey(column) && column.name !== 'id').length < 2) ||
    sharesRow(model)
  );
}

/** Whether a row is of one other row, or of one pair of others. */
function sharesRow({ indexes, foreignKeys }: Model): boolean {
  return indexes.some(({ unique, columns }) => {
    const fields = columns.map(({ field }) => field);
    if (!unique || !fields.every(field => isKey(field) || field.kind === 'enum')) return false;
    return fields.length > 1
      ? fields.some(isKey)
      : foreignKeys.some(key => fields.every(field => key.columns.includes(field)));
  });
}

function isKey(field: Field): boolean {
  return keyStem(field.name) !== undefined || holdsKey(field);
}

/** Whether rows have a state that changes, of which no other column keeps the time. */
export function changesLater({ name, columns }: Model): boolean {
  if (isAuditTrail(name) || mentions(words(name).slice(-1), written)) return false;
  if (columns.some(({ type, required, name: column }) => type === 'DateTime' && !required && !mentions(column, plans)))
    return false;
  return columns.some(({ name: column, type }) => type !== 'DateTime' && mentions(words(column).slice(-1), states));
}
