import {
  defineRule,
  quoteIdentifier,
  type Catalog,
  type CheckConstraint,
  type Fix,
  type TableForeignKey,
} from '@migrate-lint/core';
import { sqlFix, validateForeignKey } from '../../edits.ts';
import { qualified } from '../../edits/names.ts';
import { code } from '../places.ts';
import { ownTables, spokenOf } from '../scope.ts';

export default defineRule({
  id: 'database/unvalidated-constraint',
  level: 'medium',
  category: 'integrity',
  needs: ['database'],
  uses: ['comparison'],
  docs: {
    summary:
      'A CHECK or a foreign key is NOT VALID at the end of the history: rows from before it were never looked at.',
    why: `Adding a constraint as NOT VALID and validating it in a later step is the right way on a table in use. Where the second step was forgotten,
old rows may break the rule that everybody counts on, the planner cannot count on it, and an UPDATE of such a row fails one day because
of a column that it does not touch. Now and then old rows are let be on purpose, so the level is medium.`,
    bad: `CREATE TABLE "offers" ("id" bigint PRIMARY KEY, "cents" bigint NOT NULL);
ALTER TABLE "offers" ADD CONSTRAINT "offers_cents_check" CHECK ("cents" > 0) NOT VALID;`,
    good: `CREATE TABLE "offers" ("id" bigint PRIMARY KEY, "cents" bigint NOT NULL);
ALTER TABLE "offers" ADD CONSTRAINT "offers_cents_check" CHECK ("cents" > 0) NOT VALID;
ALTER TABLE "offers" VALIDATE CONSTRAINT "offers_cents_check";`,
    guards: [
      'A foreign key of the schema: `drift/weak-foreign-key`. One that the schema lacks on a table of a model: `drift/extra-foreign-key`.',
      'NOT ENFORCED (Postgres 18), which nobody can take for a promise.',
    ],
  },

  subjects: scope => ownTables(scope).flatMap(({ checks, foreignKeys }) => [...checks, ...foreignKeys]),
  check: (constraint, scope) => {
    const { validated, definition, table, name, span } = constraint;
    if (validated || definition.includes(' NOT ENFORCED')) return undefined;
    const key = isForeignKey(constraint) ? constraint : undefined;
    if (key && spokenOf(key, scope) !== 'nobody') return undefined;
    return {
      span,
      message: `The ${key ? 'foreign key' : 'CHECK'} ${code(name)} of ${code(table.path)} is NOT VALID, so rows from before it may ${key ? 'point to what is not there' : 'break it'}.`,
      fix: validate(constraint, key, scope.database),
    };
  },
});

function isForeignKey(constraint: CheckConstraint | TableForeignKey): constraint is TableForeignKey {
  return 'referencedTable' in constraint;
}

function validate(constraint: CheckConstraint, key: TableForeignKey | undefined, database: Catalog): Fix {
  const title = `Resolve the rows that break ${code(constraint.name)}, and validate it`;
  if (key) return sqlFix(title, 'unsafe', [{ ...validateForeignKey(key, key.table, database), phase: 'validate' }]);
  const table = qualified(constraint.table);
  const [, condition = ''] = /^CHECK \((.*)\)(?: NO INHERIT)? NOT VALID$/s.exec(constraint.definition) ?? [];
  const query = `SELECT * FROM ${table} WHERE NOT (${condition})`.replace(/\s+/g, ' ');
  return sqlFix(title, 'unsafe', [
    {
      phase: 'validate',
      sql: `-- Fails while this finds rows: ${query}\nALTER TABLE ${table} VALIDATE CONSTRAINT ${quoteIdentifier(constraint.name)};`,
    },
  ]);
}
