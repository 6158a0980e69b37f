import {
  commentsOn,
  groupBy,
  keyStem,
  marksDeletion,
  mentions,
  nameKey,
  phrases,
  rememberedFor,
  words,
  type Field,
  type Index,
  type Model,
  type Schema,
} from '@migrate-lint/core';
import { holdsKey } from './references.ts';

/** Other words tell that something else of the row is deleted: `mediaDeletedAt`. */
const markWords = phrases(
  'is, was, soft, deleted, removed, trashed, discarded, tombstoned, voided, at, on, date, time, timestamp',
);
/** What a person or a program wants to use again. */
const wanted = phrases(
  'email, mail, username, user name, login, handle, nickname, name, title, slug, phone, mobile, telephone, domain, subdomain',
  'hostname, host, sku, barcode, code, label, alias, tag, path, shortname, plate, iban, ticker, symbol, isbn, vat',
);
/** Made up for one row, so no other row has it; or a number that only goes up; or what is meant to stay taken. */
const once = phrases(
  'token, secret, hash, digest, checksum, fingerprint, uuid, guid, idempotency, dedup, dedupe, deduplication, api, storage',
  'object, public, private, access, share, invite, invitation, referral, confirmation, verification, session, external, pin',
  'version, revision, number, sequence, seq, row, nonce, signature, license, otp',
);
/** They make up the codes. */
const codeOwners = phrases('link, referral, invite, invitation, verification, confirmation, otp, redirect');

/** The column that marks a row as deleted. A table of deleted things, where the time is required, has none. */
export const deletionMark = rememberedFor(({ columns }: Model) =>
  columns.find(column => marksDeletion(column) && isOnlyMark(column.name)),
);

function isOnlyMark(name: string): boolean {
  return words(name).every(word => markWords.includes(word));
}

/** Whether a new row may want the values that a deleted one has in this unique. */
export function isReusable({ columns, model }: Index, schema: Schema): boolean {
  const fields = columns.map(({ field }) => field);
  if (fields.some(field => isUsedOnce(field, schema) || staysTaken(field))) return false;
  if (fields.length > 1) return true;
  return fields.some(({ name, type }) => {
    const isCode = nameKey(name) === 'code' && mentions(model.name, codeOwners);
    return type === 'String' && !isCode && (nameKey(name) === 'key' || mentions(name, wanted));
  });
}

function isUsedOnce(field: Field, schema: Schema): boolean {
  const { name, model, default: made } = field;
  if (made?.kind === 'function' && made.name !== 'now') return true;
  if (holdsKey(field)) return false;
  const stem = keyStem(name);
  if (stem) return !(modelsByKey(schema).get(nameKey(stem)) ?? []).some(other => other !== model);
  return name === 'id' || mentions(name, once);
}

const modelsByKey = rememberedFor(({ models }: Schema) => groupBy(models, ({ name }) => nameKey(name)));

function staysTaken(field: Field): boolean {
  const text = commentsOn(field);
  return (
    text !== '' &&
    /\b(?:reserved|stays taken|(?:never|not) (?:be )?re-?used|even (?:if|when|after) (?:\w+ )*delet)/i.test(text)
  );
}
