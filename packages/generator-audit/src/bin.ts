#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadCompiled, type Loaded } from '@migrate-lint/core/compiled-code';
import { loadOwnModules, optimizeLate } from '@migrate-lint/core/v8';
import helper from '@prisma/generator-helper';
import type * as Generator from './generator.ts';

/** The name of the bundle's main file; `scripts/bundle.mjs` knows it. */
declare const MAIN: string;

loadOwnModules(['crypto', 'fs/promises']);
optimizeLate();

const { version } = JSON.parse(readFileSync(join(__dirname, '../package.json'), 'utf8')) as { version: string };

let loaded: Loaded | undefined;

function load(): typeof Generator {
  loaded ??= loadCompiled(join(__dirname, MAIN), 'generate');
  return loaded.exports as typeof Generator;
}

helper.generatorHandler({
  onManifest: ({ sourceFilePath }) => {
    // Prisma reads the whole schema between its two questions: time enough to load the rules, and to read the file ourselves. Of a
    // folder that is one file of several, and what goes wrong with it here is told when the question comes.
    const prepare = async () => load().prepareSchema(sourceFilePath, process.cwd());
    setTimeout(() => void prepare().catch(() => undefined), 0);
    // Prisma demands a default output; it is only shown, for without an `output` in the block nothing is written.
    return { prettyName: 'audit', version, defaultOutput: '.' };
  },
  onGenerate: async options => {
    try {
      await load().generate(options, process);
    } finally {
      // Prisma kills the process as soon as it has the answer.
      loaded?.keep();
    }
  },
});
