import {
  mentions,
  phrases,
  singular,
  words,
  type Field,
  type ForeignKey,
  type Model,
  type Schema,
} from '@migrate-lint/core';

const people = phrases('user, member, person, profile');
const groups = phrases('team, organization, organisation, org, workspace, company, group, household, tenant, space');
/** Who did something to the row; it belongs to somebody else. */
const actors = phrases('by, author, creator, actor, assignee, reviewer, sender, approver, editor, referrer');
const shared = phrases('system, global, default, builtin, built in, template, shared, predefined');
/** Things that people do, and accounts of theirs elsewhere: who did it stands beside what it was done for. */
const deeds = phrases(
  'survey, response, answer, feedback, vote, submission, event, log, activity, notification, session, token, invite',
  'invitation, request, usage, view, message, sso, scim, oauth, participant, member, membership, subscription',
);
const ownership = phrases('owner, ownership, principal, grantee, beneficiary, payee');
const kindNames = phrases('type, kind, scope, owner, target, subject, entity, level');
const exclusive =
  /\b(?:exactly one|only one of|one of (?:the|these|those)|mutually exclusive|xor|either\b[^.\n]+\bor)\b/i;
const enforced = /\b(?:check constraint|constrained|checked|num_nonnulls|trigger|both)\b|\bCHECK\b/;

export interface ExclusiveOwners {
  readonly keys: readonly ForeignKey[];
  /** Rows of nobody are meant too. */
  readonly mayBeNone: boolean;
}

/** The optional relations of which a row is meant to have one, as far as the schema lets us know. */
export function exclusiveOwners(model: Model, schema: Schema): ExclusiveOwners | undefined {
  const keys = model.foreignKeys.filter(key => isOptional(key) && !isActor(key) && key.referencedModel !== model);
  if (keys.length < 2) return undefined;
  const things = [model, ...model.fields].filter(({ comment, documentation }) => comment || documentation);
  if (things.some(thing => enforced.test(textOf(thing)))) return undefined;
  const mayBeNone = model.columns.some(({ name }) => mentions(name, shared));
  for (const thing of things) {
    const named = exclusive.test(textOf(thing)) ? keys.filter(key => isNamedAt(thing, key, keys)) : [];
    if (named.length > 1) return { keys: named, mayBeNone };
  }
  if (isTied(model)) return undefined;
  for (const { values } of model.columns.filter(saysKind).flatMap(({ type }) => schema.enum(type) ?? [])) {
    const named = keys.filter(({ referencedModel }) => values.some(({ name }) => isNameOf(name, referencedModel)));
    if (named.length > 1 && values.length <= named.length + 2)
      return { keys: named, mayBeNone: mayBeNone || values.length > named.length };
  }
  const owners = withoutAncestors(keys);
  return areAlternatives(owners, model) && !mentions(model.name, deeds) ? { keys: owners, mayBeNone } : undefined;
}

function isOptional({ field, columns }: ForeignKey): boolean {
  return !field.required && columns.length === 1;
}

/** `scope`, `ownerType` */
function saysKind({ name, kind }: Field): boolean {
  return kind === 'enum' && kindNames.includes(words(name).at(-1) ?? '');
}

function isActor({ columns, field }: ForeignKey): boolean {
  return [field, ...columns].some(({ name }) => mentions(name, actors));
}

function textOf({ comment, documentation }: Model | Field): string {
  return `${comment}\n${documentation}`;
}

/** A comment on something else than the model and its keys has to name the columns themselves. */
function isNamedAt(thing: Model | Field, key: ForeignKey, keys: readonly ForeignKey[]): boolean {
  const isTheirs = keys.some(({ field, columns, model }) => [model, field, ...columns].includes(thing));
  const names = key.columns.map(({ name }) => name);
  const all = isTheirs ? [...names, key.field.name, key.referencedModel.name] : names;
  return new RegExp(`\\b(?:${all.join('|')})\\b`, 'i').test(textOf(thing));
}

/** `ORGANIZATION` and `DOCUMENT_LINK` name `Organization` and `Document`. */
function isNameOf(value: string, target: Model): boolean {
  return mentions(value, [words(target.name).map(singular).join(' ')]);
}

/** A required relation says already what the row belongs to; a person may only be who made it. */
function isTied({ foreignKeys }: Model): boolean {
  return foreignKeys.some(({ field, referencedModel }) => field.required && !isPerson(referencedModel));
}

/** Without those that another one leads to: what is in a folder of a project may well name both. */
function withoutAncestors(keys: readonly ForeignKey[]): readonly ForeignKey[] {
  const targets = keys.map(({ referencedModel }) => referencedModel);
  return keys.filter(
    ({ referencedModel: target }) =>
      isPerson(target) || !targets.some(other => other !== target && !isPerson(other) && leadsTo(other, target)),
  );
}

function leadsTo(from: Model, to: Model): boolean {
  const seen = new Set([from]);
  for (const model of seen) for (const key of model.foreignKeys) seen.add(key.referencedModel);
  return seen.has(to);
}

function isPerson({ name }: Model): boolean {
  return mentions(words(name).slice(-1), people);
}

/** Whether the shape of the model tells that a row has one of these. */
function areAlternatives(owners: readonly ForeignKey[], model: Model): boolean {
  const targets = owners.map(({ referencedModel }) => referencedModel);
  if (owners.length < 2 || new Set(targets).size < owners.length) return false;
  if (new Set(owners.map(({ onDelete }) => onDelete)).size > 1) return false;
  if (haveUniquesEach(owners, model)) return true;
  const persons = targets.filter(isPerson);
  if (persons.length === 0) {
    return areTakenAlong(owners) && (owners.length > 2 || haveWordInCommon(targets));
  }
  const isGroup = targets.some(({ name }) => mentions(name, groups));
  // Without these the person may be who made the row of the group.
  const isNoMaker =
    mentions(model.name, ownership) || model.foreignKeys.some(key => isActor(key) && isPerson(key.referencedModel));
  return owners.length === 2 && persons.length === 1 && isGroup && isNoMaker;
}

/**
 * `[userId, name]` and `[teamId, name]`: NULL stands for "it is the other one". A unique of one column may also be for a part
 * of the row, which does not take the row along.
 */
function haveUniquesEach(owners: readonly ForeignKey[], { indexes }: Model): boolean {
  const uniques = indexes
    .filter(({ kind }) => kind === 'unique')
    .map(({ columns }) => columns.map(({ field }) => field));
  const beside = owners.map(({ columns: [own] }) =>
    uniques
      .filter(unique => own && unique.includes(own))
      .map(unique =>
        unique
          .filter(field => field !== own)
          .map(({ name }) => name)
          .sort()
          .join(),
      ),
  );
  const takenAlong = areTakenAlong(owners);
  return (beside[0] ?? []).some(rest => (rest !== '' || takenAlong) && beside.every(rests => rests.includes(rest)));
}

function areTakenAlong(owners: readonly ForeignKey[]): boolean {
  return owners.every(({ onDelete }) => onDelete === 'Cascade');
}

function haveWordInCommon(targets: readonly Model[]): boolean {
  const [first = [], ...rest] = targets.map(({ name }) => words(name));
  return first.some(word => rest.every(others => others.includes(word)));
}
