#!/usr/bin/env node
import { main } from './cli/main.ts';
import { preferBaselineWasm } from './cli/wasm-tier.ts';

preferBaselineWasm();
await main(process.argv.slice(2));
