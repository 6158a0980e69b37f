// `node bench/rules/build.mjs <folder>`: the rules as one file, bundled as the command lines are; prints its name.
import { join } from 'node:path';
import { bundleMain, root } from '../../scripts/bundling.mjs';

const { name } = await bundleMain(join(root, 'packages/migrate-lint'), process.argv[2], {
  main: join(root, 'bench/rules/entry.ts'),
  others: {
    engine: join(root, 'packages/migrate-lint/src/database/engine.ts'),
    'source/validate': join(root, 'packages/generator-audit/src/source/validate.ts'),
  },
});
process.stdout.write(name);
