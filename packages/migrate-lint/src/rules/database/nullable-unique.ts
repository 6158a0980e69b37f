import {
  defineRule,
  keyStem,
  mentions,
  phrases,
  type Column,
  type Fix,
  type IndexKey,
  type Table,
  type TableIndex,
} from '@migrate-lint/core';
import { comment, dropIndex, sqlFix } from '../../edits.ts';
import { qualified } from '../../edits/names.ts';
import { columnOf, isOptional, mayBeTarget } from '../index-words.ts';
import { code } from '../places.ts';
import { ownTables, spokenOf } from '../scope.ts';

/** Names of what a row may lack by right: where it is NULL, there is nothing to be unique. */
const identifiers = phrases(
  'external, provider, idempotency, dedup, dedupe, deduplication, slug, email, phone, username, handle, sku',
  'barcode, code, number, hash, token, key, url, domain, alias, reference',
);
/** Who gave the id; where this is required, the id should be too. */
const systems = phrases('provider, vendor, issuer, platform');

export default defineRule({
  id: 'database/nullable-unique',
  level: 'medium',
  category: 'integrity',
  needs: ['database'],
  uses: ['comparison'],
  docs: {
    summary:
      'A compound unique that the schema does not say does not hold for rows in which an optional column is NULL.',
    why: `To a unique, NULL is different from every other NULL: rows that agree in all other columns are no duplicates as long as one optional column
is NULL, however many there are, and an INSERT … ON CONFLICT adds one more each time. Postgres 15 can treat NULLs as equal (\`NULLS NOT
DISTINCT\`); before it, a partial unique index holds the rows with NULL. Now and then many such rows are wanted, so the level is medium.`,
    bad: `CREATE TABLE "folders" ("id" bigint PRIMARY KEY, "parent_id" bigint REFERENCES "folders"("id"), "name" text NOT NULL);
CREATE UNIQUE INDEX "folders_name" ON "folders"("parent_id", lower("name"));`,
    good: `CREATE TABLE "folders" ("id" bigint PRIMARY KEY, "parent_id" bigint REFERENCES "folders"("id"), "name" text NOT NULL);
CREATE UNIQUE INDEX "folders_name" ON "folders"("parent_id", lower("name")) NULLS NOT DISTINCT;`,
    guards: [
      'A unique of the schema: `schema/nullable-unique`. One that it lacks and could say: `drift/extra-unique`.',
      'A partial unique, NULLS NOT DISTINCT, and an expression that gives NULL a value (`coalesce`).',
      'A partial unique index beside it for the rows with NULL, and another unique on required columns that keeps them apart.',
      'Two uniques that differ only in which optional column they have: NULL is the other of two choices.',
      'An optional identifier of the row itself (`slug`, `external_id`, `idempotency_key`): NULL means that it has none.',
      'A unique whose columns are all optional, and a column that a CHECK keeps from being NULL.',
    ],
  },

  subjects: scope =>
    ownTables(scope).flatMap(({ indexes }) =>
      indexes.filter(
        index => isCompoundUnique(index) && index.predicate === null && spokenOf(index, scope) === 'nobody',
      ),
    ),
  check: (index, { database }) => {
    const { table, keys } = index;
    if (index.nullsNotDistinct || !index.valid) return undefined;
    const columns = keys.map(key => columnOf(key, table));
    const known = columns.filter(column => column !== undefined);
    const optional = known.filter(column => isOptional(column) && !mayBeMissing(column, known));
    if (optional.length === 0 || !columns.some(column => !column || !isOptional(column))) return undefined;
    if (table.indexes.some(other => other !== index && settles(other, index, optional))) return undefined;
    const names = optional.map(({ name }) => code(name)).join(' or ');
    const rest = keys.flatMap((key, at) => (optional.some(one => one === columns[at]) ? [] : [code(key.definition)]));
    // Where an id is missing from its system's rows, it should be required; many rows may have none by right.
    const wanted = optional.some(column => keyStem(column.name) && isLoose(column));
    return {
      span: index.span,
      message: `Any number of rows of ${code(table.path)} with NULL in ${names} may repeat the same ${rest.join(', ')}, because a unique never sees two NULLs as equal.`,
      fix: wanted ? undefined : nullsNotDistinct(index, database.tables),
    };
  },
});

function isCompoundUnique({ unique, primary, keys }: TableIndex): boolean {
  return unique && !primary && keys.length > 1;
}

/** Whether another unique keeps the rows with NULL apart, or shows that NULL is the other of two choices. */
function settles(other: TableIndex, index: TableIndex, optional: readonly Column[]): boolean {
  if (!other.unique || !other.valid || other.primary) return false;
  const { predicate } = other;
  if (predicate !== null)
    return optional.some(({ name }) => new RegExp(`\\b${name.replace(/\W/g, '.')}"? IS NULL`).test(predicate));
  const keys = other.keys.map(({ definition }) => definition);
  const isRequired = ({ definition, column }: IndexKey): boolean =>
    keys.includes(definition) && index.table.column(column ?? '')?.notNull === true;
  if (other.keys.every(key => index.table.column(key.column ?? '')?.notNull)) return index.keys.some(isRequired);
  const required = index.keys.filter(key => !optional.some(({ name }) => name === key.column));
  return keys.length === index.keys.length && required.every(({ definition }) => keys.includes(definition));
}

function mayBeMissing(column: Column, columns: readonly Column[]): boolean {
  if (!/^(?:text|character varying|citext)/.test(column.type) || !isLoose(column)) return false;
  if (columns.some(({ name, notNull }) => notNull && mentions(name, systems))) return false;
  return keyStem(column.name) !== undefined || mentions(column.name, identifiers);
}

function isLoose({ name, table }: Column): boolean {
  return !table.foreignKeys.some(({ columns }) => columns.includes(name));
}

function nullsNotDistinct(index: TableIndex, tables: readonly Table[]): Fix {
  const title = 'Treat NULLs as equal (Postgres 15 and later)';
  // It fails while there are rows that are duplicates by the new reading, and a foreign key may hang on it.
  if (mayBeTarget(index, tables) || index.definition.includes(') WITH (')) return { title, safety: 'unsafe' };
  const keys = index.keys.map(({ definition }) => definition).join(', ');
  const query = `SELECT ${keys}, count(*) FROM ${qualified(index.table)} GROUP BY ${keys} HAVING count(*) > 1`;
  const sql = `${comment(`Fails while this finds rows: ${query}`)}\n${index.definition} NULLS NOT DISTINCT;`;
  return sqlFix(title, 'unsafe', [dropIndex(index), { phase: 'create index', sql }]);
}
