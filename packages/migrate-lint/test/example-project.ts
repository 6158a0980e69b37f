import type { ProjectText } from '../src/testing.ts';

const files = ['schema.prisma', 'migration.sql', 'migration_lock.toml', 'unmanaged.json', 'prisma.config.ts'];
const header = /^(?:\/\/|--|#) ((?:\S+\/)?[\w.]*)$/;

/**
 * The project that an example in the docs of a rule shows: sections that start with `// schema.prisma`, `-- migration.sql`,
 * `-- folder/migration.sql`, `-- folder/` (a folder without a file), `# migration_lock.toml`, `// unmanaged.json` or `// prisma.config.ts` on a
 * line of its own. Without any it is one migration. `␍` stands for CR.
 */
export function exampleProject(source: string): ProjectText {
  const sections = new Map<string, string>();
  let name = 'migration.sql';
  for (const line of source.replaceAll('␍', '\r').split('\n')) {
    const said = header.exec(line)?.[1] ?? '';
    const isHeader = files.includes(said) || /^[^/]+\/(?:migration\.sql)?$/.test(said);
    if (!isHeader) sections.set(name, `${sections.get(name) ?? ''}${line}\n`);
    else if (!said.endsWith('/')) name = said;
    else sections.set(said, '');
  }
  const manifest = sections.get('unmanaged.json');
  const lockFile = sections.get('migration_lock.toml');
  const folders = [...sections].flatMap(([path, text]) => {
    const folder = /^(.*)\/(?:migration\.sql)?$/.exec(path)?.[1];
    return folder === undefined ? [] : [[folder, path.endsWith('/') ? null : text] as const];
  });
  const single = sections.get('migration.sql') ?? '';
  return {
    schema: sections.get('schema.prisma') ?? 'model Nothing {\n  id Int @id\n}\n',
    migrations: {
      ...(folders.length > 0 && single === '' ? {} : { '20260101000000_init': single }),
      ...Object.fromEntries(folders),
    },
    externalTables: [...(sections.get('prisma.config.ts') ?? '').matchAll(/'([^']+)'/g)].map(([, table = '']) => table),
    ...(manifest === undefined ? {} : { manifest }),
    ...(lockFile === undefined ? {} : { lockFile }),
  };
}
