import type { ProjectText } from '../src/testing.ts';

/**
 * The project that an example in the docs of a rule shows: sections that start with `// schema.prisma`, `-- migration.sql`,
 * `# migration_lock.toml`, `// unmanaged.json` or `// prisma.config.ts` on a line of its own. Without any it is one migration.
 */
export function exampleProject(source: string): ProjectText {
  const sections = new Map<string, string>();
  let name = 'migration.sql';
  for (const line of source.split('\n')) {
    const header =
      /^(?:\/\/|--|#) (schema\.prisma|migration\.sql|migration_lock\.toml|unmanaged\.json|prisma\.config\.ts)$/.exec(
        line,
      )?.[1];
    if (header === undefined) sections.set(name, `${sections.get(name) ?? ''}${line}\n`);
    else name = header;
  }
  const manifest = sections.get('unmanaged.json');
  const lockFile = sections.get('migration_lock.toml');
  return {
    schema: sections.get('schema.prisma') ?? 'model Nothing {\n  id Int @id\n}\n',
    migrations: { '20260101000000_init': sections.get('migration.sql') ?? '' },
    externalTables: [...(sections.get('prisma.config.ts') ?? '').matchAll(/'([^']+)'/g)].map(([, table = '']) => table),
    ...(manifest === undefined ? {} : { manifest }),
    ...(lockFile === undefined ? {} : { lockFile }),
  };
}
