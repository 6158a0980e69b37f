import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { inputsOf } from './config-inputs.ts';

const inputs = (text: string) => inputsOf('/project/prisma.config.ts', text, '/project');

describe('inputsOf', () => {
  test('knows the variables by their names', () => {
    const text = `import { defineConfig, env } from 'prisma/config';
      // env vars are in .env
      export default defineConfig({ schema: process.env.A, datasource: { url: env('B'), x: process.env["C"] } });`;
    expect(inputs(text)?.filter((_, index) => index % 2 === 1)).toEqual(['A', 'C', 'B']);
  });

  test.each([
    ['an import of its own', "import { schema } from './paths';"],
    ['a dynamic import', 'const x = await import(name);'],
    ['a require that is computed', 'const x = require(name);'],
    ['any other module', "import fs from 'node:fs';"],
    ['variables without a name', 'const { SCHEMA } = process.env;'],
    ['a variable whose name is computed', 'const x = process.env[name];'],
    ['an alias of env', "import { env as e } from 'prisma/config'; e('X');"],
    ['a computed env', "import { env } from 'prisma/config'; env(name);"],
    ['the clock', 'const x = Date.now();'],
    ['the arguments', 'const x = process.argv[2];'],
    [
      'a .env file in a named folder',
      "import { config } from 'dotenv'; config({ path: join(a, 'apps', 'web/.env') });",
    ],
  ])('gives up on %s', (_, text) => {
    expect(inputs(text)).toBeUndefined();
  });

  test('holds the .env files that the text names', () => {
    const folder = mkdtempSync(join(tmpdir(), 'migrate-lint-inputs-'));
    try {
      const text = "import 'dotenv/config';\nconfig({ path: path.resolve(__dirname, '../.env.shop') });";
      const file = join(folder, 'prisma.config.ts');
      const before = inputsOf(file, text, folder);
      writeFileSync(join(folder, '.env.shop'), 'SCHEMA=a');
      const after = inputsOf(file, text, folder);
      writeFileSync(join(folder, '.env'), 'SCHEMA=b');
      expect(before).toBeDefined();
      expect(after).not.toEqual(before);
      expect(inputsOf(file, text, folder)).not.toEqual(after);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
