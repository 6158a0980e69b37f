import { isAuditTrail } from './audit-names.ts';
import type { Field, Index, Model, Schema } from './facts/schema.ts';
import { isOutsideKey, keyStem } from './key-names.ts';
import type { Tenancy } from './report.ts';
import { mentions, nameKey, phrases, words } from './names.ts';
import { remembered, rememberedFor } from './remembered.ts';

/** The model that stands for one customer, to whom rows belong. */
export interface Tenant {
  readonly model: Model;
  /** Nobody named it: it was read from the names and the relations. */
  readonly inferred: boolean;
}

/** What projects call a customer, the surest first. */
const customers = phrases(
  'tenant, organization, organisation, org, workspace, company, team, space, account, business, agency, firm, school, clinic',
).map(nameKey);
const people = phrases('user, person, profile, identity, admin, administrator');
/** What opens a session and what belongs to the login. */
const logins = phrases(
  'session, account, token, verification, password reset, passkey, authenticator, credential, two factor, mfa, otp',
  'totp, magic link, login, oauth, saml, sso, scim, oidc, jwks, jackson, api key, device, backup code, consent',
);
/** What is the same for every customer. */
const lookups = phrases(
  'currency, country, region, province, city, zip, postal code, language, locale, timezone, time zone, plan, tier, price',
  'pricing, permission, role, feature, flag, feature flag, setting, config, configuration, unit, rate, holiday, industry',
  'skill, icon, emoji, model, mapping, catalog, catalogue, definition, template, preset',
);
/** What the service keeps for itself. */
const services = phrases(
  'job, queue, cron, cron job, task run, migration, lock, rate limit, counter, cache, checkpoint, outbox, log, event',
  'webhook, delivery, failure, health, metric, statistic, stat, heartbeat, worker, instance, license, changelog',
  'announcement, release, newsletter, waitlist, subscriber, invite, invitation, invitation code, blocklist, allowlist',
  'backup, snapshot, history, notification, email, feedback, referral, coupon, platform, registry',
);

/** Columns that tell the rows of one tenant from those of everybody, or one kind of owner from another. */
const kinds = phrases('type, kind, scope, visibility, owner, level, global, public, shared, system, builtin, built in');

/** Fewer models say too little of how the others should be. */
const fewest = 4;
/** How many of the models that could belong to a tenant have to, before it is taken for one. */
const share = 0.75;

/** Whether a model is called as projects call a customer. */
export function isNamedAsTenant({ name }: Pick<Model, 'name'>): boolean {
  return customers.includes(nameKey(words(name).slice(-1)));
}

/** The tenant as the configuration names it, else as the relations show it; undefined where neither does. */
export function tenantOf(schema: Schema, configured = ''): Tenant | undefined {
  const { tenant, inferred } = known(schema, configured);
  return tenant && { model: tenant, inferred };
}

/** The fields that lead from a model to the tenant, all of them required; empty for the tenant itself. */
export function pathToTenant(schema: Schema, model: Model, configured = ''): readonly string[] | undefined {
  return known(schema, configured).paths.get(model);
}

/** How every model belongs to the tenant, for a report. */
export function tenancyOf(schema: Schema, configured = ''): Tenancy {
  const { tenant, inferred, paths } = known(schema, configured);
  return {
    tenant: tenant?.name ?? null,
    inferred,
    paths: schema.models.map(model => ({ model: model.name, path: (tenant && paths.get(model)) ?? null })),
  };
}

/** Whether rows of a model have no one tenant by right: users and what is theirs, logins, lookups, logs, what several tenants share. */
export function isOutsideTenancy(schema: Schema, model: Model, configured = ''): boolean {
  const { tenant, people, above } = known(schema, configured);
  return (
    model === tenant ||
    people.has(model) ||
    above.has(model) ||
    isService(model) ||
    isSharedByTenants(schema, model, configured)
  );
}

/** Whether a row may be of several tenants: a table between has a unique over the keys of both, or Prisma makes one. */
export function isSharedByTenants(schema: Schema, model: Model, configured = ''): boolean {
  return isShared(model, schema.models, known(schema, configured).paths);
}

/** The relation or column that holds the tenant's key, optional or not. */
export function keyToTenant(model: Model, tenant: Model): Field | undefined {
  return (
    model.foreignKeys.find(({ referencedModel }) => referencedModel === tenant)?.field ??
    model.columns.find(({ name }) => nameKey(name) === nameKey(`${tenant.name}Id`))
  );
}

/** Whether a row without this key of a tenant may have another owner, or be one for all tenants: `scope`, `isPublic`. */
export function mayLackTenant(key: Field): boolean {
  const { foreignKeys, columns } = key.model;
  const others = foreignKeys.filter(({ field, columns }) => field !== key && !columns.includes(key));
  return (
    others.some(({ field }) => !field.required) ||
    columns.some(({ name }) => name !== key.name && mentions(words(name).slice(-2), kinds))
  );
}

interface Known {
  readonly tenant: Model | undefined;
  readonly inferred: boolean;
  readonly paths: Paths;
  /** The users, and what each of them has. */
  readonly people: ReadonlySet<Model>;
  /** What the tenant itself belongs to. */
  readonly above: ReadonlySet<Model>;
}

type Paths = ReadonlyMap<Model, readonly string[]>;

const byTenant = rememberedFor((schema: Schema) => remembered(configured => look(schema, configured)));

function known(schema: Schema, configured: string): Known {
  return byTenant(schema)(configured);
}

function look(schema: Schema, configured: string): Known {
  const models = schema.models.filter(({ ignored }) => !ignored);
  const owners = ownersOf(models);
  const users = models.filter(model => mentions(words(model.name).slice(-1), people));
  const persons = new Set(users.flatMap(user => [...pathsTo(user, owners).keys()]));
  const named = configured === '' ? infer(models, owners, persons) : schema.model(configured);
  const paths: Paths = named ? pathsTo(named, owners) : new Map();
  const above = named ? needsOf(named, owners) : new Set<Model>();
  return { tenant: named, inferred: named !== undefined && configured === '', paths, people: persons, above };
}

function infer(models: readonly Model[], owners: Owners, persons: ReadonlySet<Model>): Model | undefined {
  let best: { readonly model: Model; readonly owned: number } | undefined;
  const byName = modelsByName(models);
  for (const name of customers) {
    const model = byName.get(name);
    // An account of a user is a login at another service.
    if (!model || (name === 'account' && persons.has(model))) continue;
    const paths = pathsTo(model, owners);
    const owned = paths.size - 1;
    if (owned < fewest || owned <= (best?.owned ?? 0)) continue;
    const isFree = (other: Model): boolean =>
      !paths.has(other) && !persons.has(other) && !isService(other) && !isShared(other, models, paths);
    const free = models.filter(isFree).length;
    if (owned >= share * (owned + free)) best = { model, owned };
  }
  return best?.model;
}

/** The first of each name. */
function modelsByName(models: readonly Model[]): ReadonlyMap<string, Model> {
  return new Map([...models].reverse().map(model => [nameKey(model.name), model]));
}

interface Owner {
  readonly model: Model;
  readonly by: string;
}
type Owners = ReadonlyMap<Model, readonly Owner[]>;

/** What each row of a model needs: its required relations, and the required columns that are named as keys. */
function ownersOf(models: readonly Model[]): Owners {
  const byName = modelsByName(models);
  return new Map(
    models.map(model => [
      model,
      [
        ...model.foreignKeys
          .filter(({ field }) => field.required)
          .map(({ field, referencedModel }) => ({ model: referencedModel, by: field.name })),
        ...model.columns
          .filter(({ required, name }) => required && /id$/i.test(name))
          .flatMap(field => {
            const stem = keyStem(field.name) ?? [];
            const target = byName.get(nameKey(stem));
            // `clientId` is the id of a client of OAuth as often as of a customer.
            return target && !isOutsideKey(stem) && holdsKeyOf(field, target)
              ? [{ model: target, by: field.name }]
              : [];
          }),
      ],
    ]),
  );
}

function holdsKeyOf(field: Field, target: Model): boolean {
  return field.model !== target && field.type === target.primaryKey?.columns[0]?.field.type;
}

/** The shortest way to a model from all that need it. */
function pathsTo(target: Model, owners: Owners): Paths {
  const paths = new Map<Model, readonly string[]>([[target, []]]);
  // A map is walked to its end, what is added on the way too.
  for (const [model, path] of paths)
    for (const { model: other, by } of dependents(owners).get(model) ?? [])
      if (!paths.has(other)) paths.set(other, [by, ...path]);
  return paths;
}

/** What needs a model, in the place of what it needs. */
const dependents = rememberedFor((owners: Owners): Owners => {
  const found = new Map<Model, Owner[]>([...owners.keys()].map(model => [model, []]));
  for (const [model, needs] of owners) for (const need of needs) found.get(need.model)?.push({ model, by: need.by });
  return found;
});

/** All that a row of the model needs, and what that needs. */
function needsOf(model: Model, owners: Owners): ReadonlySet<Model> {
  const needs = new Set([model]);
  // A set is walked to its end, what is added on the way too.
  for (const each of needs) for (const owner of owners.get(each) ?? []) needs.add(owner.model);
  return needs;
}

function isShared(model: Model, models: readonly Model[], paths: Paths): boolean {
  return models.some(between => paths.has(between) && joins(between, model, paths));
}

function joins(between: Model, model: Model, paths: Paths): boolean {
  const keysTo = (wanted: (target: Model) => boolean): readonly Field[] =>
    between.foreignKeys.filter(key => wanted(key.referencedModel)).flatMap(({ columns }) => columns);
  const here = keysTo(target => target === model);
  const there = keysTo(target => target !== model && paths.has(target));
  const has = ({ columns }: Index, keys: readonly Field[]): boolean =>
    columns.some(({ field }) => keys.includes(field));
  if (between.indexes.some(index => index.unique && has(index, here) && has(index, there))) return true;
  return lists(between, model).some(name => lists(model, between).includes(name));
}

/** The names of the relations of which `model` holds many `others`; those without a name are one. */
function lists(model: Model, other: Model): readonly (string | undefined)[] {
  return model.fields.filter(field => field.list && field.relation?.model === other).map(field => field.relation?.name);
}

function isService({ name }: Model): boolean {
  return isServiceName(name);
}

const isServiceName = remembered(name => {
  const last = words(name).slice(-2);
  return isAuditTrail(name) || [logins, lookups, services].some(list => mentions(last, list));
});
