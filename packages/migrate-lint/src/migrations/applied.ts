import { createHash } from 'node:crypto';
import {
  FactUnavailable,
  inPrismaOrder,
  type AppliedHistory,
  type AppliedMigration,
  type Git,
  type GitMigration,
  type MigrationOwner,
  type MigrationRow,
  type MigrationsTable,
  type SourceContext,
} from '@migrate-lint/core';
import { nextToken } from './clauses.ts';
import { loadParser, parseStatements, SqlSyntaxError } from './parser.ts';

type Context = Pick<SourceContext, 'get' | 'project'>;

export interface Applied {
  /** Why a migration cannot be changed any more, one sentence by name, as far as git or a database tells. */
  readonly reasons: ReadonlyMap<string, string>;
  /** Why neither can tell. */
  readonly unknown: string | undefined;
}

export async function appliedMigrations(context: Context): Promise<Applied> {
  const git = await orReason(context.get('git'));
  const table = await orReason(context.get('migrationsTable'));
  const known = { git: unlessReason(git), table: unlessReason(table) };
  const reasons = appliedIn(known.git, known.table).flatMap(({ name, owners: [owner] }) => {
    if (!owner) return [];
    return [[name, owner.kind === 'branch' ? `${owner.name} has it.` : `It is applied in ${owner.name}.`] as const];
  });
  // A database tells by itself.
  const unknown = git instanceof FactUnavailable && known.table?.connected !== true ? git.message : undefined;
  return { reasons: new Map(reasons), unknown };
}

/** The source of `applied`: what the base branch holds, and what the database says. With a url, git may be missing. */
export async function readApplied(context: Context): Promise<AppliedHistory> {
  const git = context.get('git');
  const known = await (context.project.url === undefined ? git : orReason(git).then(unlessReason));
  const table = await context.get('migrationsTable');
  await loadParser();
  return { migrations: appliedIn(known, table) };
}

/** The same from the two facts, for tests that have neither git nor a server. */
export function appliedIn(git: Git | undefined, table: MigrationsTable | undefined): readonly AppliedMigration[] {
  // A migration that was rolled back and applied again has two rows; of two that are applied the last one counts.
  const rows = new Map((table?.rows ?? []).filter(isApplied).map(row => [row.name, row]));
  const owners = new Map<string, readonly MigrationOwner[]>();
  for (const [name, owner] of [...branchOwners(git?.base), ...[...rows].map(databaseOwner)])
    owners.set(name, [...(owners.get(name) ?? []), owner]);
  return [...owners]
    .map(([name, own]): AppliedMigration => ({ path: name, name, owners: own }))
    .sort((a, b) => inPrismaOrder(a.name, b.name));
}

type Owned = readonly [name: string, owner: MigrationOwner];

function branchOwners(base: Git['base']): readonly Owned[] {
  if (!base) return [];
  const name = `\`${base.name}\``;
  return [
    ...base.migrations.map((migration): Owned => [migration.name, branchOwner(name, migration)]),
    ...base.ahead.map((migration): Owned => [migration, aheadOwner(name)]),
  ];
}

function branchOwner(name: string, { text }: GitMigration): MigrationOwner {
  let read: readonly string[] | undefined;
  const statements = (): readonly string[] | undefined => (read ??= statementsOf(text));
  return {
    name,
    kind: 'branch',
    ahead: false,
    text,
    get statementCount() {
      return statements()?.length;
    },
    has: other => withoutCarriageReturns(other) === withoutCarriageReturns(text),
    says: (sql, at) => statements()?.[at] === words(sql),
  };
}

/** Its text is not read: nothing here can differ from what this work never had. */
function aheadOwner(name: string): MigrationOwner {
  return {
    name,
    kind: 'branch',
    ahead: true,
    text: undefined,
    statementCount: undefined,
    has: () => true,
    says: () => true,
  };
}

function databaseOwner([name, { checksum }]: readonly [string, MigrationRow]): Owned {
  const owner: MigrationOwner = {
    name: 'the database',
    kind: 'database',
    ahead: false,
    text: undefined,
    statementCount: undefined,
    has: text => hasChecksum(text, checksum),
    says: () => false,
  };
  return [name, owner];
}

function isApplied({ state }: MigrationRow): boolean {
  return state === 'applied';
}

/** As the schema engine judges: with the line ends of every system, and as its first versions wrote it, without the zeros in front of a byte. */
export function hasChecksum(text: string, checksum: string): boolean {
  const texts = [text, text.replaceAll('\r\n', '\n'), text.replaceAll('\n', '\r\n'), withCarriageReturns(text)];
  return texts.some(each => {
    const bytes = createHash('sha256').update(each).digest();
    const short = [...bytes].map(byte => byte.toString(16)).join('');
    return checksum === bytes.toString('hex') || checksum === short;
  });
}

function withCarriageReturns(text: string): string {
  return withoutCarriageReturns(text).replaceAll('\n', '\r\n');
}

function withoutCarriageReturns(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

function statementsOf(text: string): readonly string[] | undefined {
  try {
    return parseStatements(text).map(({ start, end }) => words(text.slice(start, end)));
  } catch (error) {
    if (error instanceof SqlSyntaxError) return undefined;
    throw error;
  }
}

/** A statement with single blanks, and without comments. What stands in quotes stays as it is, but for its line ends. */
function words(sql: string): string {
  const found: string[] = [];
  for (let token = nextToken(sql, 0); token; token = nextToken(sql, token.end))
    found.push(withoutCarriageReturns(sql.slice(token.start, token.end)));
  return found.join(' ');
}

async function orReason<Fact>(fact: Promise<Fact>): Promise<Fact | FactUnavailable> {
  try {
    return await fact;
  } catch (error) {
    if (error instanceof FactUnavailable) return error;
    throw error;
  }
}

function unlessReason<Fact>(fact: Fact | FactUnavailable): Fact | undefined {
  return fact instanceof FactUnavailable ? undefined : fact;
}
