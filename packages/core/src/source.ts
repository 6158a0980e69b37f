import type { FactName, Facts } from './facts/index.ts';
import type { SourceFile } from './facts/span.ts';

/** Where everything of one Prisma project is. Paths are absolute; facts and reports hold them relative to `cwd`. */
export interface Project {
  readonly cwd: string;
  /** The .prisma file or the folder that holds them. */
  readonly schemaPath: string;
  /** Undefined where the project has none. */
  readonly migrationsPath: string | undefined;
  /** The live database, if one was given. */
  readonly url: string | undefined;
  /** A server for the shadow database in the embedded one's stead. */
  readonly shadowUrl: string | undefined;
  /**
   * The git ref since which migrations are new; false takes none as applied. Left out, it is where the branch left the default one, in CI and
   * on every other branch.
   */
  readonly since?: string | false | undefined;
  /** `tables.external` of the Prisma config. */
  readonly externalTables: readonly string[];
  /** Where `externalTables` are written: the Prisma config. */
  readonly prismaConfigPath: string | undefined;
}

/** Keeps what is dear to compute, by the content that it was computed from. */
export interface Cache {
  /** The value kept under `key`, else what `build` makes, kept when it is done. Values are JSON. */
  remember<Value>(kind: string, key: readonly string[], build: () => Promise<Value>): Promise<Value>;
}

export const noCache: Cache = { remember: (_kind, _key, build) => build() };

/** What a source works with. */
export interface SourceContext {
  readonly project: Project;
  readonly cache: Cache;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** Another fact; rejects with its `FactUnavailable` when it cannot be built. */
  get<Name extends FactName>(name: Name): Promise<Facts[Name]>;
  /** Makes a file known to suppressions and reporters. */
  addFile(file: SourceFile): void;
  /** The texts of files that were made known. */
  texts(paths: readonly string[]): readonly { readonly path: string; readonly text: string }[];
  /** Says on a terminal what takes time. */
  progress(doing: string): void;
}

/** Builds facts. What cannot be built is thrown as `FactUnavailable`; any other error is a defect of ours. */
export type Sources = { readonly [Name in FactName]?: (context: SourceContext) => Promise<Facts[Name]> };

/** The reason is one sentence with the way out; the rules that need the fact are skipped with it. */
export class FactUnavailable extends Error {
  override readonly name = 'FactUnavailable';
}

/** Wrong usage, configuration or input: one sentence with the place and the way out. Exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
