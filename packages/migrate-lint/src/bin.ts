#!/usr/bin/env node
import { optimizeLate, preferBaselineWasm } from '@migrate-lint/core/v8';
import { main } from './cli/main.ts';

preferBaselineWasm();
optimizeLate();
await main(process.argv.slice(2));
