import type { Catalog, DatabaseFunction, Policy, Table, View } from './facts/catalog.ts';
import { objectPath } from './facts/create-catalog.ts';
import type { Migrations } from './facts/migrations.ts';
import type { Span } from './facts/span.ts';
import { rememberedFor } from './remembered.ts';

/** Roles of an API that turns requests into SQL, as PostgREST and Supabase do: whoever knows its address acts as one of them. */
const clientRoles: readonly string[] = ['anon', 'authenticated', 'web_anon'];
/** What such an API or a schema's owner passes by: policies never hold them back. */
const bypassingRoles: readonly string[] = ['service_role', 'supabase_admin', 'postgres', 'dashboard_user'];
/** Schemas that Supabase and its extensions own. */
const platformSchemas: readonly string[] = [
  ...['auth', 'cron', 'extensions', 'graphql', 'graphql_public', 'net', 'pgbouncer', 'pgmq', 'pgroonga', 'pgsodium'],
  ...['pgsodium_masks', 'pgtle', 'realtime', 'repack', 'storage', 'supabase_functions', 'supabase_migrations', 'tiger'],
  ...['topology', 'vault'],
];
const signature = /\bauth"?\s*\.\s*"?(?:uid|jwt|role|email)"?\s*\(/i;

/** Whether a platform made this thing, which no migration of the project mends. A migration that makes it makes it the project's. */
export function isOfPlatform({ schema, span }: { readonly schema: string; readonly span: Span | null }): boolean {
  return platformSchemas.includes(schema) && span === null;
}

/** Whether clients are among these roles; `public` is every role. */
export function includesClients(roles: readonly string[]): boolean {
  return roles.some(role => role.toLowerCase() === 'public' || clientRoles.includes(role));
}

/** Whether a policy holds back or lets through anybody: the table asks its policies, and one of the roles is subject to them. */
export function isInEffect({ roles, table }: Policy): boolean {
  return table.rowSecurity && !roles.every(role => bypassingRoles.includes(role));
}

/** The policies of a table that Postgres asks for a command. */
export function policiesFor(table: Table, command: Exclude<Policy['command'], 'ALL'>): readonly Policy[] {
  return table.policies.filter(policy => policy.command === command || policy.command === 'ALL');
}

/**
 * Whether the last GRANT or REVOKE that speaks of a thing and of clients, or the last on its schema, took it from them. A platform's own
 * grants stand in no migration, so the catalog that the migrations make does not show that they are gone.
 */
export function isWithdrawn(
  migrations: Migrations | undefined,
  { schema, name, path }: { readonly schema: string; readonly name: string; readonly path: string },
): boolean {
  if (!migrations) return false;
  const touches = [path, objectPath(schema, schema)].map(
    granted => migrations.lastTouch('grant', granted)?.statement.sql,
  );
  const named = new RegExp(String.raw`[\s,."]${name.replace(/\W/g, String.raw`\$&`)}["\s,(]`);
  return [...touches, clientGrants(migrations).findLast(sql => named.test(sql))].some(sql =>
    withdrawal.test(sql ?? ''),
  );
}

const withdrawal = /\brevoke\s+(?:all|usage|execute|[^;]*\bselect)\b[^;]*\bfrom\b[^;]*\b(?:anon|authenticated)\b/i;

/** Every GRANT and REVOKE that names a client, in order. */
const clientGrants = rememberedFor(({ migrations }: Migrations): readonly string[] =>
  migrations.flatMap(({ text }) =>
    [
      ...text
        .replace(/--[^\n]*/g, '')
        .matchAll(/\b(?:grant|revoke)\s[^;]*\s(?:to|from)\s[^;]*\b(?:anon|authenticated)\b/gi),
    ].map(([sql]) => sql),
  ),
);

/** What is known of who reaches the tables; computed once for a catalog. */
interface Exposure {
  /** Clients reach the database: a policy or a grant names their roles, or something asks who the signed-in user is. */
  readonly clients: boolean;
  /** It is Supabase's database, where clients may use all of `public` without a grant that a migration would show. */
  readonly platform: boolean;
  readonly granted: ReadonlySet<string>;
}

const exposureOf = rememberedFor(look);

function look(catalog: Catalog): Exposure {
  const grants = catalog.grants.filter(
    ({ schema, grantee }) => !platformSchemas.includes(schema) && clientRoles.includes(grantee),
  );
  const texts = [
    ...catalog.policies.flatMap(({ using, withCheck }) => [using ?? '', withCheck ?? '']),
    ...own(catalog.functions).map(({ body }) => body),
    ...own(catalog.views).map(({ definition }) => definition),
    ...catalog.columns.map(column => column.default ?? ''),
  ];
  const users = catalog.table('auth.users');
  const platform = texts.some(text => signature.test(text)) || (users === undefined && refersToUsers(catalog));
  const named = catalog.policies.some(({ roles }) => roles.some(role => clientRoles.includes(role)));
  // A live database of the platform shows its grants, and then they are all that there are.
  const shown = users !== undefined && grants.some(({ on }) => on === 'table');
  return {
    clients: platform || named || grants.length > 0,
    platform: (platform || named) && !shown,
    granted: new Set(grants.map(({ on, path }) => `${on} ${path}`)),
  };
}

/** In a history the table is the platform's; a project that has an `auth.users` of its own makes it. */
function refersToUsers({ foreignKeys, views }: Catalog): boolean {
  return (
    foreignKeys.some(({ referencedTable }) => referencedTable === 'auth.users') ||
    views.some(({ reads }) => reads.includes('auth.users'))
  );
}

function own<Thing extends { readonly schema: string }>(things: readonly Thing[]): readonly Thing[] {
  return things.filter(({ schema }) => !platformSchemas.includes(schema));
}

/**
 * Whether clients reach the database without a server of the project between, as with Supabase and PostgREST. In a database that only
 * the project's own server uses, row-level security is a choice and not the door.
 */
export function hasClients(catalog: Catalog): boolean {
  return exposureOf(catalog).clients;
}

/** Whether clients may name this table or view in a request. What row-level security then lets through is another question. */
export function isExposed(catalog: Catalog, { schema, path }: Pick<Table | View, 'schema' | 'path'>): boolean {
  const { clients, platform, granted } = exposureOf(catalog);
  if (!clients || platformSchemas.includes(schema)) return false;
  return granted.has(`table ${path}`) || (platform && schema === 'public');
}

/** Whether clients may call this function in a request. */
export function isCallable(catalog: Catalog, routine: DatabaseFunction): boolean {
  const { clients, platform, granted } = exposureOf(catalog);
  if (!clients || platformSchemas.includes(routine.schema)) return false;
  if (granted.has(`function ${routine.path}`)) return true;
  // PostgREST offers the functions of the schemas that clients may use.
  return routine.publicExecute && (platform ? routine.schema === 'public' : granted.has(`schema ${routine.schema}`));
}

/**
 * Whether a schema is closed to everybody but its owner, table by table: nearly all have row-level security and no policy. So Prisma
 * projects shut the API of Supabase, which they do not use.
 */
export function isLockedDown(catalog: Catalog, schema: string): boolean {
  const known = locked.get(catalog) ?? new Map<string, boolean>();
  locked.set(catalog, known);
  const before = known.get(schema);
  if (before !== undefined) return before;
  known.set(schema, isLockedDownSchema(catalog, schema));
  return known.get(schema) ?? false;
}

const locked = new WeakMap<Catalog, Map<string, boolean>>();

function isLockedDownSchema(catalog: Catalog, schema: string): boolean {
  const tables = catalog.tables.filter(table => table.schema === schema);
  const locked = tables.filter(({ rowSecurity, policies }) => rowSecurity && policies.length === 0);
  return locked.length >= 4 && locked.length >= 0.75 * tables.length;
}

/** Whether SQL asks who the user of the request is, by itself or through a function of the project. */
export function asksForUser({ functions }: Catalog, sql: string): boolean {
  if (signature.test(sql) || request.test(sql)) return true;
  const asking = functions.filter(({ body }) => signature.test(body) || request.test(body));
  return asking.some(({ name }) => new RegExp(`\\b${name.replace(/\W/g, '\\$&')}"?\\s*\\(`).test(sql));
}

const request = /\bcurrent_setting\('(?:request|app)\.|\b(?:session_user|current_user)\b/i;

/** The paths of the tables that a view reads, through other views too. */
export function tablesBehind({ views }: Catalog, view: View): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (path: string): void => {
    if (found.has(path)) return;
    found.add(path);
    for (const read of views.find(other => other.path === path)?.reads ?? []) visit(read);
  };
  for (const path of view.reads) visit(path);
  return found;
}

/** Whether a view reads with the rights of whoever asks it, which Postgres can since 15. */
export function isInvoker({ options }: View): boolean {
  return options.some(option => /^security_invoker=(?:true|on|yes|1)$/i.test(option));
}
