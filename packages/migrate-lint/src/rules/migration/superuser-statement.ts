import { defineRule, type Operation, type Statement } from '@migrate-lint/core';
import { changeableStatements } from '../changeable.ts';

export default defineRule({
  id: 'migration/superuser-statement',
  level: 'medium',
  category: 'migrations',
  needs: ['postgresMigrations'],
  docs: {
    summary: 'Only a superuser may run the statement, and the role of a migration seldom is one.',
    why: `On the machine of a developer the migrations run as the superuser \`postgres\`. Hosted databases give nobody that role, so the statement is
refused there, the migration is marked as failed, and no deploy goes through until somebody resolves it. What belongs to the server
and not to the schema (settings, roles with special rights, tablespaces) is set where the server is set up. Some servers run migrations as
a superuser, so the level is medium.`,
    bad: `ALTER SYSTEM SET work_mem = '64MB';`,
    good: `CREATE ROLE "reader" NOLOGIN;
GRANT USAGE ON SCHEMA public TO "reader";`,
    guards: [
      'CREATE ROLE without SUPERUSER, REPLICATION or BYPASSRLS, which CREATEROLE is enough for.',
      'CREATE EXTENSION: hosts let their customers make those that they know.',
      'COPY from STDIN.',
    ],
  },

  subjects: ({ postgresMigrations: migrations }) => changeableStatements(migrations),
  check: ({ operations, span, sql }) => {
    const what = operations.map(operation => ofSuperusers(operation, sql)).find(Boolean);
    if (what === undefined) return undefined;
    return {
      span,
      message: `Only a superuser may run ${what}, which hosted databases give to nobody, so the migration fails there.`,
    };
  },
});

const statements: ReadonlyMap<string, string> = new Map([
  ['alter system', 'ALTER SYSTEM'],
  ['create table space', 'CREATE TABLESPACE'],
  ['drop table space', 'DROP TABLESPACE'],
  ['load', 'LOAD'],
  ['create access method', 'CREATE ACCESS METHOD'],
  ['create event trigger', 'CREATE EVENT TRIGGER'],
]);

function ofSuperusers(operation: Operation, sql: Statement['sql']): string | undefined {
  if (operation.kind === 'copy') {
    const outside = /\b(?:from|to)\s+(?:program\s+)?'/i.exec(withoutComments(sql));
    return outside ? 'COPY with a file or program of the server' : undefined;
  }
  if (operation.kind === 'set' && operation.for === 'system') return 'ALTER SYSTEM';
  if (operation.kind !== 'other') return undefined;
  const right = /^(?:create|alter) (?:role|user)$/.test(operation.what)
    ? /(?<!\w)(superuser|replication|bypassrls)(?!\w)/i.exec(withoutQuoted(sql))?.[1]
    : undefined;
  return right === undefined ? statements.get(operation.what) : `a role with ${right.toUpperCase()}`;
}

function withoutComments(sql: string): string {
  return sql.replace(/--[^\n]*|\/\*[^]*?\*\//g, ' ');
}

function withoutQuoted(sql: string): string {
  return withoutComments(sql).replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"/g, "''");
}
