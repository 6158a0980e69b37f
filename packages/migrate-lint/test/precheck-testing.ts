import { afterAll } from '@jest/globals';
import type { AnyRule, Finding } from '@migrate-lint/core';
import { openEmbedded } from '../src/database/embedded.ts';
import { isPostgresError, type Database } from '../src/database/database.ts';
import { auditOf, type ProjectText } from '../src/testing.ts';
import { say } from './migration-testing.ts';

export interface FailTesting {
  /** What the rule says of a migration that follows another one. */
  say(before: string, sql: string, more?: Partial<ProjectText>): Promise<readonly string[]>;
  /** The only finding, with the text that it points at. */
  finding(before: string, sql: string, more?: Partial<ProjectText>): Promise<Finding & { readonly text: string }>;
  /**
   * What the pre-check of the only finding gives on a database that has the first migration and these rows, before the second runs, and
   * whether the second runs then.
   */
  rowsFound(
    before: string,
    sql: string,
    rows: string,
  ): Promise<{ readonly found: readonly object[]; readonly runs: boolean }>;
  /** Runs scripts one after the other on an empty database: the SQLSTATE of the first that Postgres refuses. */
  codeOf(...scripts: readonly string[]): Promise<string | undefined>;
}

const models = 'model Nothing {\n  id Int @id\n}\n';

/** What the tests of one rule of “fails on data” work with: one embedded database for the file, started when it is asked for. */
export function failTesting(rule: AnyRule): FailTesting {
  let started: Promise<Database> | undefined;
  afterAll(async () => {
    await (await started)?.close();
  });
  const codeOf = async (...scripts: readonly string[]): Promise<string | undefined> => {
    const database = await (started ??= openEmbedded([]));
    await database.execute('ROLLBACK; DROP SCHEMA public CASCADE; CREATE SCHEMA public;');
    try {
      for (const script of scripts) await database.execute(script);
      return undefined;
    } catch (error) {
      if (isPostgresError(error)) return error.code;
      throw error;
    }
  };
  const finding: FailTesting['finding'] = async (before, sql, more = {}) => {
    const migrations = { '1_before': before, '2_next': sql };
    const { report } = await auditOf({ schema: models, migrations, ...more, facts: ['migrations'] }, [rule]);
    const [found, ...others] = report.findings;
    if (!found || others.length > 0) throw new Error(`${report.findings.length} findings and not one:\n${sql}`);
    const { line = 1, column = 1, endLine = 1, endColumn = 1 } = found.location ?? {};
    const lines = (found.location?.file.includes('1_before') === true ? before : sql)
      .split('\n')
      .slice(line - 1, endLine);
    const last = lines.length - 1;
    const text = lines.map((each, at) =>
      each.slice(at === 0 ? column - 1 : 0, at === last ? endColumn - 1 : undefined),
    );
    return { ...found, text: text.join('\n') };
  };
  return {
    say: (before, sql, more) => say(rule, before, sql, more),
    finding,
    codeOf,
    rowsFound: async (before, sql, rows) => {
      const { precheck } = await finding(before, sql);
      if (precheck === null) throw new Error('There is no pre-check.');
      const refused = await codeOf(before, rows);
      if (refused !== undefined) throw new Error(`The rows are refused with ${refused}: ${rows}`);
      const database = await (started ??= openEmbedded([]));
      await database.execute('BEGIN READ ONLY');
      const found = await database.query<object>(precheck);
      await database.execute('ROLLBACK');
      return { found, runs: (await codeOf(before, rows, sql)) === undefined };
    },
  };
}
