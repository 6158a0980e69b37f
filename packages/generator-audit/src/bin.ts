#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { optimizeLate } from '@migrate-lint/core/v8';
import helper from '@prisma/generator-helper';

optimizeLate();

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

const load = () => import('./generator.ts');

helper.generatorHandler({
  onManifest: ({ sourceFilePath }) => {
    // Prisma reads the whole schema between its two questions: time enough to load the rules, and to read the file ourselves. Of a
    // folder that is one file of several, and what goes wrong with it here is told when the question comes.
    const prepare = () => load().then(({ prepareSchema }) => prepareSchema(sourceFilePath, process.cwd()));
    setTimeout(() => void prepare().catch(() => undefined), 0);
    // Prisma demands a default output; it is only shown, for without an `output` in the block nothing is written.
    return { prettyName: 'audit', version, defaultOutput: '.' };
  },
  onGenerate: async options => (await load()).generate(options, process),
});
