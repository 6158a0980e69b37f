#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import helper from '@prisma/generator-helper';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

helper.generatorHandler({
  // Prisma demands a default output; it is only shown, for without an `output` in the block nothing is written.
  onManifest: () => ({ prettyName: 'audit', version, defaultOutput: '.' }),
  onGenerate: async options => {
    const { generate } = await import('./generator.ts');
    await generate(options, process);
  },
});
