import type { MigrationRow } from '@migrate-lint/core';
import type { ProjectText } from '../src/testing.ts';

const files = ['schema.prisma', 'migration.sql', 'migration_lock.toml', 'unmanaged.json', 'prisma.config.ts', 'prisma'];
const loose = /^prisma\/[\w-]+\.sql$/;
const header = /^(?:\/\/|--|#) ((?:\S+\/)?[\w.]*)$/;

/**
 * The project that an example in the docs of a rule shows: sections that start with `// schema.prisma`, `-- migration.sql`,
 * `-- folder/migration.sql`, `-- folder/` (a folder without a file), `# migration_lock.toml`, `// unmanaged.json` or `// prisma.config.ts` on a
 * line of its own, or `# prisma` with the version below it. What the branch `main` has is in `-- main:folder/migration.sql`, what a
 * database says in `-- applied:folder/` and `-- failed:folder/`, other SQL in `-- prisma/name.sql`. Without any section it is one migration. `␍`
 * stands for CR.
 */
export function exampleProject(source: string): ProjectText {
  const sections = new Map<string, string>();
  let name = 'migration.sql';
  for (const line of source.replaceAll('␍', '\r').split('\n')) {
    const said = header.exec(line)?.[1] ?? '';
    const isHeader = files.includes(said) || loose.test(said) || /^[^/]+\/(?:migration\.sql)?$/.test(said);
    if (!isHeader) sections.set(name, `${sections.get(name) ?? ''}${line}\n`);
    else if (!said.endsWith('/')) name = said;
    else sections.set(said, '');
  }
  const manifest = sections.get('unmanaged.json');
  const prisma = sections.get('prisma')?.trim();
  const lockFile = sections.get('migration_lock.toml');
  const folders = [...sections].flatMap(([path, text]) => {
    const folder = /^(.*)\/(?:migration\.sql)?$/.exec(path)?.[1];
    const isElsewhere = loose.test(path) || folder?.includes(':');
    return folder === undefined || isElsewhere ? [] : [[folder, path.endsWith('/') ? null : text] as const];
  });
  const single = sections.get('migration.sql') ?? '';
  return {
    schema: sections.get('schema.prisma') ?? 'model Nothing {\n  id Int @id\n}\n',
    migrations: {
      ...(folders.length > 0 && single === '' ? {} : { '20260101000000_init': single }),
      ...Object.fromEntries(folders),
    },
    externalTables: [...(sections.get('prisma.config.ts') ?? '').matchAll(/'([^']+)'/g)].map(([, table = '']) => table),
    ...elsewhere(sections),
    ...(manifest === undefined ? {} : { manifest }),
    ...(prisma === undefined ? {} : { prisma }),
    ...(lockFile === undefined ? {} : { lockFile }),
  };
}

/** What lies outside of the folder of migrations: on `main`, in a database, beside the schema. */
function elsewhere(sections: ReadonlyMap<string, string>): Pick<ProjectText, 'base' | 'table' | 'files'> {
  const base: Record<string, string> = {};
  const table: Record<string, MigrationRow['state']> = {};
  const others: Record<string, string> = {};
  for (const [path, text] of sections) {
    const [, place, name = ''] = /^(main|applied|failed):([^/]+)\//.exec(path) ?? [];
    if (place === 'main') base[name] = text;
    else if (place === 'applied' || place === 'failed') table[name] = place;
    else if (loose.test(path)) others[path] = text;
  }
  return {
    ...(Object.keys(base).length > 0 ? { base } : {}),
    ...(Object.keys(table).length > 0 ? { table } : {}),
    ...(Object.keys(others).length > 0 ? { files: others } : {}),
  };
}
