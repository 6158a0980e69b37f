import {
  quoteIdentifier,
  type AddConstraint,
  type Fix,
  type Migrations,
  type PastIndex,
  type Statement,
} from '@migrate-lint/core';
import { removeStatement, sqlFix } from '../edits.ts';
import { rewriteClause } from './clause-edits.ts';
import { isKeyNeededLater } from './key-use.ts';
import { tableSql } from './past-names.ts';
import { code } from './places.ts';
import { migrationOf, type Done } from './same-migration.ts';
import { plainUnique } from './unique-clause.ts';

/** Adds a primary key without building its index under the lock: of a unique index that is there, else of one that is built CONCURRENTLY. */
export function primaryKeyOnline(operation: AddConstraint, statement: Statement, migrations: Migrations): Fix {
  const { constraint } = operation;
  const unique = uniqueOn(operation);
  const drops = unique ? dropsOf(unique, statement) : [];
  if (unique && drops.length > 0) return takeOver(operation, statement, unique, drops);
  const title = `Build the index of ${code(constraint.name)} with CREATE UNIQUE INDEX CONCURRENTLY, and add the key USING INDEX`;
  const clause = plainUnique(operation, statement);
  const replaces = replacedKey(operation, statement);
  if (
    !clause ||
    replaces === undefined ||
    operation.table.kind !== 'table' ||
    isKeyNeededLater(operation, statement, migrations)
  )
    return { title, safety: 'unsafe' };
  const [name, on] = [quoteIdentifier(constraint.name), tableSql(operation.table)];
  // The old key still has its name while the index is built; Postgres renames the index when the key takes it over.
  const index = quoteIdentifier(`${constraint.name.slice(0, 50)}_new`);
  const steps = [
    { phase: 'create index', sql: `CREATE UNIQUE INDEX CONCURRENTLY ${index} ON ${on}${clause.keys};` },
    {
      phase: 'add primary key',
      sql: `ALTER TABLE ${on} ${replaces}ADD CONSTRAINT ${name} PRIMARY KEY USING INDEX ${index}${clause.rest};`,
    },
  ] as const;
  return { ...sqlFix(title, 'unsafe', steps), edits: removeStatement(statement) };
}

/** The unique index that has the same columns and all rows: a key can take it over as it is. */
function uniqueOn({ table, constraint }: AddConstraint): PastIndex | undefined {
  return table.indexes.find(
    ({ unique, method, predicate, include, columns, constraint: owner, plain }) =>
      unique &&
      plain &&
      method === 'btree' &&
      predicate === undefined &&
      include.length === 0 &&
      owner === undefined &&
      columns.length === constraint.columns.length &&
      columns.every((column, at) => column === constraint.columns[at]),
  );
}

function dropsOf({ id }: PastIndex, statement: Statement): readonly Done[] {
  return migrationOf(statement).filter(
    ({ operation }) => operation.kind === 'drop index' && operation.index?.id === id,
  );
}

/** The DROP INDEX goes: the index is the key's then, and has its name. */
function takeOver(operation: AddConstraint, statement: Statement, { name }: PastIndex, drops: readonly Done[]): Fix {
  const { constraint } = operation;
  const title = `Let ${code(constraint.name)} take over the unique index ${code(name)}`;
  const text = `ADD CONSTRAINT ${quoteIdentifier(constraint.name)} PRIMARY KEY USING INDEX ${quoteIdentifier(name)}`;
  const edits = rewriteClause({ operation, statement }, text);
  const isPlain = drops.every(drop => drop.statement.operations.length === 1 && !drop.operation.conditional);
  if (!edits || !isPlain) return { title, safety: 'unsafe' };
  return { title, safety: 'unsafe', edits: [...edits, ...drops.flatMap(drop => removeStatement(drop.statement))] };
}

/** The clause that drops the old key, where the statement does that and nothing else besides; undefined where it does more. */
function replacedKey(operation: AddConstraint, { operations }: Statement): string | undefined {
  const others = operations.filter(other => other !== operation);
  const [drop] = others;
  if (!drop) return '';
  if (others.length > 1 || drop.kind !== 'drop constraint' || drop.constraint?.type !== 'primary') return undefined;
  return `DROP CONSTRAINT ${quoteIdentifier(drop.name)}${drop.cascade ? ' CASCADE' : ''}, `;
}
