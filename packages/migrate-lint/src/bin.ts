#!/usr/bin/env node
import { optimizeLate, preferBaselineWasm } from '@migrate-lint/core/v8';
import { keepCompiledCode } from './cli/compiled-code.ts';

preferBaselineWasm();
optimizeLate();
keepCompiledCode();
const { main } = await import('./cli/main.ts');
await main(process.argv.slice(2));
