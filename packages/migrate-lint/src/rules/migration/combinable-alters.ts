import {
  defineRule,
  flatMap,
  type Fix,
  type Migrations,
  type Operation,
  type PastTable,
  type Statement,
} from '@migrate-lint/core';
import { removeStatement, rewriteStatement } from '../../edits.ts';
import { changeableStatements } from '../changeable.ts';
import { code } from '../places.ts';
import { speaksOf } from '../same-migration.ts';
import { isInUse } from '../tables-in-use.ts';
import { labourOf } from '../work-words.ts';

export default defineRule({
  id: 'migration/combinable-alters',
  level: 'low',
  category: 'migrations',
  needs: ['postgresMigrations'],
  docs: {
    summary:
      'Two ALTER TABLE in a row go through all rows of one table, and one of them with both clauses would do it once.',
    why: `Each ALTER TABLE that has to look at the rows (a CHECK, SET NOT NULL) or write them anew (a change of type, a volatile default) goes
through the whole table by itself. With the clauses in one statement Postgres does all of it in one pass, under one lock. It is a matter of time
and not of right or wrong, so the level is low.`,
    bad: `-- 1_init/migration.sql
CREATE TABLE "orders" ("id" integer PRIMARY KEY, "total" integer, "paid" integer);
-- 2_required/migration.sql
ALTER TABLE "orders" ALTER COLUMN "total" SET NOT NULL;
ALTER TABLE "orders" ALTER COLUMN "paid" SET NOT NULL;`,
    good: `-- 1_init/migration.sql
CREATE TABLE "orders" ("id" integer PRIMARY KEY, "total" integer, "paid" integer);
-- 2_required/migration.sql
ALTER TABLE "orders" ALTER COLUMN "total" SET NOT NULL, ALTER COLUMN "paid" SET NOT NULL;`,
    guards: [
      'Statements that take a moment, as most ALTER TABLE do: nothing is gained.',
      'Foreign keys, UNIQUE and VALIDATE CONSTRAINT, which go through the table once each in one statement too.',
      'Something between the two that speaks of the table: the order may matter.',
      'Tables that the same migration makes, and what stands in a DO block.',
    ],
  },

  subjects: ({ postgresMigrations: migrations }) => changeableStatements(migrations).filter(isAlter),
  check: (statement, { postgresMigrations: migrations }) => {
    const table = passOver(statement, migrations);
    const first = table && previous(statement, table, migrations);
    if (!first) return undefined;
    return {
      span: statement.span,
      message: `This ALTER TABLE goes through all rows of ${code(table.path)} a second time, which one statement with the clauses of both would do once.`,
      related: [{ message: 'The first time.', span: first.span }],
      fix: fixOf(first, statement),
    };
  },
});

function isAlter({ sql }: Statement): boolean {
  return header.test(sql);
}

/** The words before the clauses. */
const header =
  /^ALTER\s+TABLE\s+(?:IF\s+EXISTS\s+)?(?:ONLY\s+)?(?:"(?:[^"]|"")+"|[\w$]+)(?:\s*\.\s*(?:"(?:[^"]|"")+"|[\w$]+))?\s/i;

/** The table in use of which a statement goes through all rows, in the one pass that ALTER TABLE makes for all of its clauses. */
function passOver(statement: Statement, migrations: Migrations): PastTable | undefined {
  const passes = flatMap(statement.operations, operation => {
    const labour = isInPass(operation) ? labourOf(operation, statement) : undefined;
    return labour ? [labour.table] : [];
  });
  return passes.find(table => isInUse({ operation: { table, existedBefore: true }, statement }, migrations));
}

function isInPass(operation: Operation): boolean {
  if (operation.conditional) return false;
  if (operation.kind === 'add constraint') return operation.constraint.type === 'check';
  return operation.kind === 'set not null' || operation.kind === 'alter type' || operation.kind === 'add column';
}

/** The statement before that made such a pass over the same table, with nothing between the two that speaks of it. */
function previous(statement: Statement, table: PastTable, migrations: Migrations): Statement | undefined {
  const { statements } = statement.migration;
  const before = statements.slice(0, statements.indexOf(statement));
  const last = before.findLast(({ sql }) => speaksOf(sql, table.name));
  if (!last || !isAlter(last) || last.inBlock !== statement.inBlock) return undefined;
  const between = statements.slice(statements.indexOf(last), statements.indexOf(statement));
  if (between.some(({ operations }) => operations.some(({ kind }) => kind === 'begin' || kind === 'commit')))
    return undefined;
  return passOver(last, migrations)?.path === table.path ? last : undefined;
}

function fixOf(first: Statement, second: Statement): Fix {
  const title = 'Put the clauses into the statement before';
  const [one, other] = [header.exec(first.sql)?.[0], header.exec(second.sql)?.[0]];
  const hasComment = [first, second].some(({ sql }) => /--|\/\*/.test(sql));
  const isThird = first.migration.statements.some(
    each => each !== second && each !== first && each.sql.startsWith(one ?? ''),
  );
  if (one === undefined || one !== other || hasComment || isThird) return { title, safety: 'unsafe' };
  const text = `${closed(first.sql)},\n  ${closed(second.sql.slice(one.length))}`;
  return { title, safety: 'unsafe', edits: [...rewriteStatement(first, text), ...removeStatement(second)] };
}

function closed(sql: string): string {
  return sql.trim().replace(/\s*;$/, '');
}
