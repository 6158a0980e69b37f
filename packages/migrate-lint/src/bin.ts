#!/usr/bin/env node
import { join } from 'node:path';
import { loadCompiled } from '@migrate-lint/core/compiled-code';
import { loadOwnModules, optimizeLate, preferBaselineWasm } from '@migrate-lint/core/v8';
import type * as Main from './cli/main.ts';

/** The name of the bundle's main file; `scripts/bundle.mjs` knows it. */
declare const MAIN: string;

loadOwnModules(['child_process', 'crypto', 'fs/promises', 'process']);
preferBaselineWasm();
optimizeLate();
const args = process.argv.slice(2);
const [command = ''] = args;
const loaded = loadCompiled(join(__dirname, MAIN), /^[a-z]+$/.test(command) ? command : 'check');
const help = new Set(['help', '-h', '--help', '-V', '--version']);
process.once('exit', code => {
  // Help, wrong usage (2) and what was interrupted (above 128) compile a part of it only.
  if ([0, 1, 3].includes(code) && !args.some(arg => help.has(arg))) loaded.keep();
});
void (loaded.exports as typeof Main).main(args);
