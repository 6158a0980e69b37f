import { quoteIdentifier, type AddColumn, type Edit, type PastTable, type Statement } from '@migrate-lint/core';
import { rewriteStatement, sqlFix, type SqlFix, type Step } from '../edits.ts';
import { qualified } from '../edits/names.ts';
import { rewriteClause, withClause } from './clause-edits.ts';

type EditedFix = SqlFix & { readonly edits: readonly Edit[] };

/** How a column becomes required without a scan under a lock. */
interface Requirement {
  /** The clause of ALTER TABLE that holds new rows to it. */
  readonly check: string;
  /** Looks at the old rows, and puts the column's own NOT NULL in the place of the check. */
  readonly validate: Step;
}

/** Makes a column required that is filled: a clause that takes a moment, and the rest for a migration behind it. */
export function requireLater(table: PastTable, column: string): Requirement {
  const target = qualified(table);
  const name = quoteIdentifier(column);
  const check = quoteIdentifier(freeName(`${table.name}_${column}_not_null_check`, table));
  const validate = [
    `ALTER TABLE ${target} VALIDATE CONSTRAINT ${check};`,
    `ALTER TABLE ${target} ALTER COLUMN ${name} SET NOT NULL;`,
    `ALTER TABLE ${target} DROP CONSTRAINT ${check};`,
  ];
  return {
    check: `ADD CONSTRAINT ${check} CHECK (${name} IS NOT NULL) NOT VALID`,
    validate: { phase: 'validate', sql: validate.join('\n') },
  };
}

/**
 * Adds a column without its default, which only new rows get, fills the rows that were there in a migration behind it, and makes it required
 * in the last one. Undefined where more is said of the column than that.
 */
export function laterColumn(operation: AddColumn, statement: Statement, title: string): EditedFix | undefined {
  const value = operation.column.default?.sql;
  const clause = value === undefined ? undefined : laterClause(operation, statement, value);
  const edits = clause === undefined ? undefined : rewriteClause({ operation, statement }, clause);
  return edits && { ...sqlFix(title, 'unsafe', fillingSteps(operation)), edits };
}

/** The same for a serial column, whose sequence is made before and owned after. */
export function laterSerial(operation: AddColumn, statement: Statement, title: string): EditedFix | undefined {
  const { table, column } = operation;
  const name = `${table.name}_${column.name}_seq`;
  const sequence = qualified({ schema: table.schema, name });
  const isTaken = statement.before.relation(table.path.replace(table.name, () => name)) !== undefined;
  if (isTaken || Buffer.byteLength(name) > 63 || /['\\]/.test(sequence)) return undefined;
  const clause = laterClause(operation, statement, `nextval('${sequence}')`);
  const altered = clause === undefined ? undefined : withClause({ operation, statement }, clause);
  if (altered === undefined) return undefined;
  const sql = [
    `CREATE SEQUENCE ${sequence} AS ${column.type ?? ''};`,
    `${altered};`,
    `ALTER SEQUENCE ${sequence} OWNED BY ${qualified(table)}.${quoteIdentifier(column.name)};`,
  ];
  return {
    ...sqlFix(title, 'unsafe', fillingSteps(operation)),
    edits: rewriteStatement(statement, sql.join('\n')),
  };
}

/** Undefined where more is said of the column than its type, a default and that it is required. */
function laterClause({ column, ifNotExists }: AddColumn, statement: Statement, value: string): string | undefined {
  const { name, type, collation } = column;
  const isHeld = statement.operations.some(
    other => other.kind === 'add constraint' && other.constraint.columns.includes(name),
  );
  if (type === undefined || collation !== undefined || ifNotExists || isHeld) return undefined;
  const quoted = quoteIdentifier(name);
  return `ADD COLUMN ${quoted} ${type}, ALTER COLUMN ${quoted} SET DEFAULT ${value}`;
}

/** Fills the column of the rows that were there with its default, and makes it required if it has to be. */
function fillingSteps({ table, column }: AddColumn): readonly Step[] {
  const [target, quoted] = [qualified(table), quoteIdentifier(column.name)];
  const fill = [
    '-- Fills the rows that were there. Of a large table fill them in batches before, then this finds nothing to do.',
    `UPDATE ${target} SET ${quoted} = DEFAULT WHERE ${quoted} IS NULL;`,
  ];
  if (!column.notNull) return [{ phase: 'protect', sql: fill.join('\n') }];
  const { check, validate } = requireLater(table, column.name);
  return [{ phase: 'protect', sql: [...fill, `ALTER TABLE ${target} ${check};`].join('\n') }, validate];
}

/** A name that no constraint of the table has, short enough for Postgres, which keeps 63 bytes. */
function freeName(wanted: string, table: PastTable): string {
  let base = wanted;
  while (Buffer.byteLength(base) > 59) base = Array.from(base).slice(0, -1).join('');
  let free = base;
  for (let number = 2; table.constraint(free); number += 1) free = `${base}_${String(number)}`;
  return free;
}
