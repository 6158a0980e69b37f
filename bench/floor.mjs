// The bare floor of a replay: load the data directory and execute the same files in one PGlite, and nothing else.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { dataDir } from '@electric-sql/pglite-prepopulatedfs';

const folder = process.argv[2];
const pglite = await PGlite.create({ loadDataDir: await dataDir() });
for (const name of readdirSync(folder).sort()) {
  if (name !== 'migration_lock.toml') await pglite.exec(readFileSync(join(folder, name, 'migration.sql'), 'utf8'));
}
process.exit(0);
