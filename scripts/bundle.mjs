// `node scripts/bundle.mjs`: each command line as a few files in the bundle folder of its package. Finding, reading and compiling hundreds of
// modules takes Node longer than most of what they do. Types and the modules for those who import us stay in dist.
import { join } from 'node:path';
import { bundleCommand, root } from './bundling.mjs';

const validate = join(root, 'packages/generator-audit/src/source/validate.ts');
await bundleCommand('packages/generator-audit', { main: 'src/generator.ts', others: {} });
await bundleCommand('packages/migrate-lint', {
  main: 'src/cli/main.ts',
  // Loaded by their place: into a thread of their own, and in the stead of a package.
  others: {
    'absent-dotenv': 'src/cli/absent-dotenv.ts',
    engine: 'src/database/engine.ts',
    'source/validate': validate,
  },
});
