import type { Field, Model, Schema } from './facts/schema.ts';
import { areCopies, commentsOn, isHeldByOther, isNoKeyToMake } from './key-guards.ts';
import { deniesForeignKey, isOutsideKey, isPolymorphicKey, keyStem, namesReferredTo } from './key-names.ts';
import { mentions, nameKey, words, phrases } from './names.ts';
import { rememberedFor } from './remembered.ts';
import { flatMap } from './lists.ts';

export { commentsOn, isDecided } from './key-guards.ts';

/** A column that by its name, its type and its comments holds the key of a row of `target`. */
export interface ImpliedKey {
  /** The field's. */
  readonly path: string;
  readonly field: Field;
  readonly target: Model;
}

/** Tables that keep what happened or what was computed; they often name rows that may go before them. */
const trails = phrases(
  'audit, log, history, archive, snapshot, activity, backup, outbox, tombstone, deleted, cache, denormalized',
  'denormalised, aggregate, agg, rollup, metric, stat, statistic',
);
const events = phrases('event');
const appointments = phrases('calendar, scheduled, recurring');
/** What may stand before a model's name: `createdByUserId`, `parentCommentId`. */
const roles = phrases('by, owner, author, creator, sender, receiver, from, to, parent, root, current, default');
/** A second key that rows are known by outside of the database. */
const publicKeys = phrases('friendly, public, short, display, external');

/** The columns that hold keys of models, with a relation or without one. */
export function impliedKeys(schema: Schema): readonly ImpliedKey[] {
  const models = new Map([...schema.models].reverse().map(model => [nameKey(model.name), model]));
  const shared = sharedKeys(schema);
  const known = { schema, models, shared };
  return flatMap(schema.models, model => {
    if (model.ignored) return [];
    const keys: ImpliedKey[] = [];
    // A comment on a column often heads the columns behind it too.
    let denied = isHeadedByDenial(model);
    for (const field of model.fields) {
      denied ||= isHeadedByDenial(field);
      if (denied || field.kind !== 'scalar' || field.list || field.ignored) continue;
      const target = targetOf(field, known);
      if (target && fits(field, target)) keys.push({ path: field.path, field, target });
    }
    return keys;
  });
}

interface Known {
  readonly schema: Schema;
  readonly models: ReadonlyMap<string, Model>;
  /** By the name of a column: the model to which all relations on columns of this name lead. */
  readonly shared: ReadonlyMap<string, { readonly target: Model; readonly count: number }>;
}

function targetOf(field: Field, known: Known): Model | undefined {
  const { model, name } = field;
  const stem = keyStem(name);
  if (!stem && !isDoneBy(field)) return undefined;
  const text = commentsOn(field);
  if (deniesForeignKey(text) || isNoKeyToMake(field)) return undefined;
  const told = namesReferredTo(text).find(to => known.schema.model(to));
  if (told !== undefined) return known.schema.model(told);
  const target = stem ? byName(field, stem, known) : isTyped(field) ? known.models.get('user') : undefined;
  // What settles most of the columns comes first: this runs in every `prisma generate`.
  if (!target || !fits(field, target)) return undefined;
  if (isTrail(model) || /@view\b/.test(model.documentation)) return undefined;
  if (!stem) return target;
  if (isHeldByOther(field, target) || areCopies(model, target, known.schema)) return undefined;
  if (target.columns.some(column => column.name === name) || hasSecretBeside(field, stem)) return undefined;
  const siblings = model.columns.map(column => column.name);
  if (isPolymorphicKey(stem, siblings)) return undefined;
  const elsewhere = known.shared.get(nameKey(name))?.target === target;
  if (isOutsideKey(stem) && !(elsewhere && isTyped(field))) return undefined;
  return elsewhere || !mirrorsOutside(target) ? target : undefined;
}

function byName({ model, name }: Field, stem: readonly string[], { models, shared }: Known): Model | undefined {
  const named = models.get(nameKey(stem));
  if (named) return named === model ? undefined : named;
  const alias = shared.get(nameKey(name));
  if (alias && alias.target !== model && alias.count > 1 && !hasPublicKey(alias.target)) return alias.target;
  const at = stem.findIndex((role, index) => roles.includes(role) && models.has(nameKey(stem.slice(index + 1))));
  return at === -1 ? undefined : models.get(nameKey(stem.slice(at + 1)));
}

function sharedKeys({ foreignKeys }: Schema): Known['shared'] {
  const shared = new Map<string, { target: Model; count: number }>();
  const ambiguous = new Set<string>();
  for (const { columns, referencedColumns, referencedModel: target, model } of foreignKeys) {
    const [column, ...more] = columns;
    if (!column || more.length > 0) continue;
    const key = nameKey(column.name);
    const before = shared.get(key);
    const toId = referencedColumns[0] === target.primaryKey?.columns[0]?.field;
    if (model === target || !toId || (before && before.target !== target)) ambiguous.add(key);
    shared.set(key, { target, count: (before?.count ?? 0) + 1 });
  }
  for (const key of ambiguous) shared.delete(key);
  return shared;
}

/** Whether the column has the type of the model's key, and the model one column for its key. */
function fits(field: Field, target: Model): boolean {
  const [id, ...more] = target.primaryKey?.columns ?? [];
  return id !== undefined && more.length === 0 && id.field.type === field.type && native(id.field) === native(field);
}

function native({ nativeType }: Field): string {
  if (!nativeType || nativeType.name === 'Text' || nativeType.name === 'Integer') return '';
  return `${nativeType.name}(${nativeType.args.join()})`;
}

/** Whether the type says that this is an id: a uuid, or a number. */
function isTyped({ type, nativeType }: Field): boolean {
  return type !== 'String' || nativeType?.name === 'Uuid' || nativeType?.name === 'UniqueIdentifier';
}

/** `reconciledBy`, `sent_by`: who did it. A number may be by how much. */
function isDoneBy({ name, type }: Field): boolean {
  const parts = words(name);
  return (
    type === 'String' && parts.length > 1 && parts.at(-1) === 'by' && /(?:ed|en|nt|id|de)$/.test(parts.at(-2) ?? '')
  );
}

function isHeadedByDenial(thing: Model | Field): boolean {
  const text = commentsOn(thing);
  return text !== '' && /\b(?:fks?|foreign|relations?)\b/i.test(text) && deniesForeignKey(text);
}

function isTrail({ name }: Model): boolean {
  const happened = words(name).length > 1 && mentions(name, events) && !mentions(name, appointments);
  return happened || mentions(name, trails);
}

/** `clientId` beside `clientSecret` is a login at another system. */
function hasSecretBeside({ model }: Field, stem: readonly string[]): boolean {
  const pairs = ['secret', 'token', 'key', 'password'].map(part => nameKey([...stem, part]));
  return model.columns.some(({ name }) => pairs.includes(nameKey(name)));
}

/** A copy of a thing of another system keeps the id that it has there, and other tables may name it by that one. */
const mirrorsOutside = rememberedFor((target: Model) => {
  const own = nameKey(target.name);
  return target.columns.some(({ name }) => {
    const stem = keyStem(name) ?? [];
    return isOutsideKey(stem) && nameKey(stem).endsWith(own);
  });
});

function hasPublicKey({ columns }: Model): boolean {
  return columns.some(({ name }) => mentions(keyStem(name) ?? [], publicKeys));
}
