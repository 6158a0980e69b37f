import { createRequire } from 'node:module';
import type { ParseResult } from 'libpg-query';
import loadModule, { type PostgresModule } from 'libpg-query/wasm/libpg-query.js';

/** What Postgres's parser makes of a script: its trees, or why it refuses the script and at which character (from 0). */
export type PostgresAnswer = ParseResult | { readonly refusal: string; readonly character: number };

/**
 * Loads Postgres's parser. libpg-query's own `parseSync` makes the same calls, with texts that are copied and measured byte by byte in JavaScript: for 820
 * migrations that takes half as long as the parsing itself. It is bundled, so that its code is kept (`loadCompiled`); the WebAssembly is not.
 */
export async function loadPostgres(): Promise<(script: string) => PostgresAnswer> {
  const { resolve } = createRequire(import.meta.url);
  const postgres = await loadModule({ locateFile: name => resolve(`libpg-query/wasm/${name}`) });
  return script => parse(postgres, script);
}

function parse(postgres: PostgresModule, script: string): PostgresAnswer {
  const bytes = Buffer.byteLength(script);
  let [text, result] = [0, 0];
  try {
    text = allocated(postgres._malloc(bytes + 1));
    memory(postgres).write(script, text);
    postgres.HEAPU8[text + bytes] = 0;
    result = allocated(postgres._wasm_parse_query_raw(text));
    return answer(postgres, result);
  } catch (error) {
    // What is larger than its memory, or nested deeper than its stack.
    return { refusal: (error as Error).message, character: 0 };
  } finally {
    if (text !== 0) postgres._free(text);
    if (result !== 0) postgres._wasm_free_parse_result(result);
  }
}

function allocated(address: number): number {
  if (address === 0) throw new Error('Postgres’s parser has no memory left for this script');
  return address;
}

/** `PgQueryParseResult` and `PgQueryError` of pg_query.h; each of their fields is a word. */
function answer(postgres: PostgresModule, result: number): PostgresAnswer {
  const word = (address: number, field: number): number => postgres.HEAPU32[address / 4 + field] ?? 0;
  const [tree, error] = [word(result, 0), word(result, 2)];
  if (error === 0) return JSON.parse(stringAt(postgres, tree)) as ParseResult;
  // It counts from 1; 0 is nowhere.
  return { refusal: stringAt(postgres, word(error, 0)), character: Math.max(0, word(error, 4) - 1) };
}

function stringAt(postgres: PostgresModule, address: number): string {
  const bytes = memory(postgres);
  return bytes.toString('utf8', address, bytes.indexOf(0, address));
}

function memory({ HEAPU8: { buffer } }: PostgresModule): Buffer {
  return Buffer.from(buffer);
}
