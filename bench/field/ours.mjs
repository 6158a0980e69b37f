import { existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Prisma up to 7.3 runs a file in one transaction; since 7.4 each statement is one. */
const versions = { wrapped: '7.3.0', plain: '7.10.0' };

/** Loads a build of migrate-lint, and says of scripts what its rules of migrations say. */
export async function ourRules(packages) {
  const load = path => import(pathToFileURL(join(packages, path)).href);
  const { audit } = await load('core/dist/index.js');
  const { sources: schemaSources } = await load('generator-audit/dist/index.js');
  const { sources } = await load('migrate-lint/dist/sources.js');
  const folder = join(packages, 'migrate-lint/dist/rules/migration');
  const files = existsSync(folder)
    ? readdirSync(folder)
        .filter(file => file.endsWith('.js'))
        .sort()
    : [];
  const modules = await Promise.all(files.map(file => load(join('migrate-lint/dist/rules/migration', file))));
  const rules = modules.map(module => module.default).filter(rule => rule?.id !== undefined);

  /** Findings in the scripts, those in what was made before them left out. `error` is why nothing could be said. */
  async function findings({ made, files: scripts, wrapped }) {
    const cwd = realpathSync(mkdtempSync(join(tmpdir(), 'migrate-lint-field-')));
    try {
      write(
        join(cwd, 'prisma/schema.prisma'),
        'datasource db {\n  provider = "postgresql"\n}\n\nmodel Nothing {\n  id Int @id\n}\n',
      );
      write(
        join(cwd, 'node_modules/prisma/package.json'),
        `{ "version": "${wrapped ? versions.wrapped : versions.plain}" }\n`,
      );
      const migrations = join(cwd, 'prisma/migrations');
      write(join(migrations, 'migration_lock.toml'), 'provider = "postgresql"\n');
      write(join(migrations, '0_before/migration.sql'), made);
      scripts.forEach((sql, index) => write(join(migrations, `${index + 1}_case/migration.sql`), sql));
      const { report } = await audit({
        rules,
        sources: { ...schemaSources, ...sources },
        project: projectOf(cwd),
        settings,
        today: '2026-01-01',
      });
      const found = report.findings.filter(
        ({ rule, location }) => rule.startsWith('migration/') && !/0_before/.test(location?.file ?? ''),
      );
      const [skipped] = report.skipped;
      return { findings: found, error: skipped && `${skipped.rule} was skipped: ${skipped.reason}` };
    } catch (error) {
      return { findings: [], error: String(error) };
    } finally {
      rmSync(cwd, { recursive: true, force: true });
    }
  }
  const idsOf = list => new Set(list.map(({ id }) => id));
  return { ids: idsOf(rules), optIn: idsOf(rules.filter(rule => rule.optIn)), findings };
}

const projectOf = cwd => ({
  cwd,
  schemaPath: join(cwd, 'prisma/schema.prisma'),
  migrationsPath: join(cwd, 'prisma/migrations'),
  url: undefined,
  shadowUrl: undefined,
  externalTables: [],
  prismaConfigPath: undefined,
});

const settings = {
  level: rule => rule.level,
  enabled: () => true,
  options: rule => rule.options?.parse({}),
  baseline: new Map(),
};

function write(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
