/** The databases whose migrations are read here and not by Postgres's parser. */
export type Dialect = 'mysql' | 'sqlite';

const dialects: Readonly<Record<string, Dialect>> = { mysql: 'mysql', mariadb: 'mysql', sqlite: 'sqlite' };

/** The dialect of a provider as Prisma names it; undefined for those that are not read here. */
export function dialectOf(provider: string | undefined): Dialect | undefined {
  return dialects[provider ?? ''];
}

/** Those whose SQL is Postgres's own. */
export function isPostgres(provider: string): boolean {
  return provider === 'postgresql' || provider === 'postgres' || provider === 'cockroachdb';
}
