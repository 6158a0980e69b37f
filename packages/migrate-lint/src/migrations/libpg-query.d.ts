/** What libpg-query's own `index.cjs` calls, without types. Addresses count the bytes of its memory, whose views are others once it has grown. */
declare module 'libpg-query/wasm/libpg-query.js' {
  export interface PostgresModule {
    readonly HEAPU8: Uint8Array<ArrayBuffer>;
    readonly HEAPU32: Uint32Array;
    _malloc(bytes: number): number;
    _free(address: number): void;
    _wasm_parse_query_raw(text: number): number;
    _wasm_free_parse_result(result: number): void;
  }

  /** `locateFile` gives the path of the WebAssembly, where it is not beside the script. */
  const load: (options: { readonly locateFile: (name: string) => string }) => Promise<PostgresModule>;
  export default load;
}
