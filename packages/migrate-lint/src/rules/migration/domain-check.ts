import { defineRule, type Fix, type Migrations } from '@migrate-lint/core';
import { sqlFix } from '../../edits.ts';
import { isNamedLater } from '../later-statements.ts';
import { isOld } from '../lock-words.ts';
import { operationsOf, type OperationSubject } from '../operations.ts';
import { code } from '../places.ts';

export default defineRule({
  id: 'migration/domain-check',
  level: 'high',
  category: 'migrations',
  needs: ['postgresMigrations'],
  docs: {
    summary:
      'A constraint of a domain is tried on every table that has a column of the domain, and nobody can write to them meanwhile.',
    why: `\`ALTER DOMAIN … ADD CONSTRAINT\` and \`SET NOT NULL\` read all tables that have a column of the domain, one after the other, and hold a SHARE lock
on each of them to the end: INSERT, UPDATE and DELETE wait, reads go on. How long depends on the size of the tables, which a migration does not
know. \`ADD CONSTRAINT … NOT VALID\` reads nothing and takes no lock on them, and each value that is written from then on is checked;
\`VALIDATE CONSTRAINT\` in a later migration takes the same SHARE locks as ever (Postgres 15 to 18), so its gain is that the new
constraint is there at once and the wait can be put into a quiet hour. Production stops while writes wait, so the level is high.`,
    bad: `-- 1_init/migration.sql
CREATE DOMAIN "email" AS text;
CREATE TABLE "User" ("id" integer PRIMARY KEY, "email" "email" NOT NULL);
-- 2_an_email_has_an_at/migration.sql
ALTER DOMAIN "email" ADD CONSTRAINT "email_check" CHECK (VALUE LIKE '%@%');`,
    good: `-- 1_init/migration.sql
CREATE DOMAIN "email" AS text;
CREATE TABLE "User" ("id" integer PRIMARY KEY, "email" "email" NOT NULL);
-- 2_an_email_has_an_at/migration.sql
ALTER DOMAIN "email" ADD CONSTRAINT "email_check" CHECK (VALUE LIKE '%@%') NOT VALID;`,
    guards: [
      'No table has a column of the domain, or only tables that the same migration makes.',
      'NOT VALID, and the VALIDATE of it: there is no other way to validate it.',
      'CREATE DOMAIN … CHECK: nothing is of the domain yet.',
    ],
  },

  subjects: ({ postgresMigrations: migrations }) =>
    operationsOf(migrations, ['add domain constraint', 'domain not null']),
  check: (subject, { postgresMigrations: migrations }) => {
    const { operation } = subject;
    const tables = tablesOf(subject);
    if (operation.notValid || tables.length === 0) return undefined;
    const what = operation.kind === 'domain not null' ? 'Setting' : 'Adding a constraint to';
    const locked = tables.map(table => code(table)).join(', ');
    return {
      span: operation.span,
      message: `${what} the domain ${code(operation.domain)}${operation.kind === 'domain not null' ? ' NOT NULL' : ''} takes SHARE locks on ${locked}, which block every write until all rows of ${tables.length > 1 ? 'these tables' : 'the table'} are read.`,
      ...fixOf(subject, migrations),
      level: operation.conditional ? 'medium' : undefined,
    };
  },
});

type DomainSubject = OperationSubject<'add domain constraint' | 'domain not null'>;

/** The tables with a column of the domain that were there before the migration. */
function tablesOf({ operation, statement }: DomainSubject): readonly string[] {
  const paths = new Set(operation.columns.map(column => column.slice(0, column.lastIndexOf('.'))));
  return [...paths].filter(path => {
    const table = statement.before.table(path);
    return table ? isOld(table, statement) : true;
  });
}

const domainName = /^ALTER\s+DOMAIN\s+((?:"(?:[^"]|"")+"|[\w$]+)(?:\.(?:"(?:[^"]|"")+"|[\w$]+))?)\s/i;

/** The name of the constraint is needed, and NOT NULL cannot be NOT VALID. */
function fixOf({ operation, statement }: DomainSubject, migrations: Migrations): { readonly fix?: Fix } {
  const name = /\bADD\s+CONSTRAINT\s+("(?:[^"]|"")+"|[\w$]+)/i.exec(statement.sql)?.[1];
  if (operation.kind === 'domain not null' || name === undefined || operation.conditional) return {};
  const unquoted = name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name.toLowerCase();
  const title = `Add ${code(unquoted)} with NOT VALID, and validate it in a later migration`;
  const head = domainName.exec(statement.sql)?.[1];
  const isSimple =
    head !== undefined && !statement.sql.includes('--') && !isNamedLater(unquoted, statement, migrations);
  if (!isSimple) return { fix: { title, safety: 'unsafe' } };
  const { file, end } = statement.span;
  const trailing = statement.sql.length - statement.sql.replace(/[\s;]+$/, '').length;
  const at = end - trailing;
  const sql = `ALTER DOMAIN ${head} VALIDATE CONSTRAINT ${name};`;
  return {
    fix: {
      ...sqlFix(title, 'unsafe', [{ phase: 'validate', sql }]),
      edits: [{ file, start: at, end: at, text: ' NOT VALID' }],
    },
  };
}
