import {
  defineRule,
  fieldOf,
  type Schema,
  type Catalog,
  type Column,
  type Fix,
  type TableForeignKey,
} from '@migrate-lint/core';
import { sqlFix } from '../../edits.ts';
import { canRetype, retype } from '../../edits/retype.ts';
import { code } from '../places.ts';
import { ownForeignKeys, type Scope } from '../scope.ts';

export default defineRule({
  id: 'database/foreign-key-type-mismatch',
  level: 'medium',
  category: 'integrity',
  needs: ['database'],
  uses: ['schema', 'comparison'],
  docs: {
    summary: 'A column of a foreign key cannot hold all keys of the table that it refers to.',
    why: `A foreign key may tie an \`integer\` to a \`bigint\` or a \`varchar(20)\` to a \`text\`. It works until the other table has a key that does not
fit, and from then on rows for it cannot be written. That is far away while the tables are small, so the level is medium.`,
    bad: `CREATE TABLE "accounts" ("id" bigint PRIMARY KEY);
CREATE TABLE "logins" ("id" bigint PRIMARY KEY, "account_id" integer NOT NULL REFERENCES "accounts"("id"));`,
    good: `CREATE TABLE "accounts" ("id" bigint PRIMARY KEY);
CREATE TABLE "logins" ("id" bigint PRIMARY KEY, "account_id" bigint NOT NULL REFERENCES "accounts"("id"));`,
    guards: [
      'A relation of the schema: `schema/foreign-key-type-mismatch`, and `drift/type-change` where the database has another type than the schema says.',
      'A column that is wider than the key (`bigint` to `integer`, `text` to `varchar(20)`): every key fits, and indexes on both serve.',
      '`text` and `varchar` without a length, which are the same; a `varchar(36)` for keys that are made as uuids.',
    ],
  },

  subjects: ownForeignKeys,
  check: (key, scope) => {
    const pairs = narrowPairs(key, scope);
    const [first] = pairs;
    if (!first) return undefined;
    // Two foreign keys on one column are mended by one change.
    const told = key.table.foreignKeys.find(other => narrowPairs(other, scope).some(({ from }) => from === first.from));
    if (told !== key) return undefined;
    const { from, to } = first;
    return {
      span: key.span,
      message: `${code(from.path)} is ${code(from.type)} and refers to ${code(to.path)}, which is ${code(to.type)}, so keys that do not fit cannot be referred to.`,
      fix: fixOf(
        pairs.map(pair => ({ column: pair.from, type: pair.to.type })),
        scope.database,
      ),
    };
  },
});

function narrowPairs(
  { table, columns, referencedTable, referencedColumns }: TableForeignKey,
  { database, schema }: Scope,
) {
  return columns.flatMap((name, at) => {
    const [from, to] = [table.column(name), database.table(referencedTable)?.column(referencedColumns[at] ?? '')];
    return from && to && isNarrower(from.type, to.type, madeLength(to, schema)) ? [{ from, to }] : [];
  });
}

const integers = ['smallint', 'integer', 'bigint'];

function isNarrower(from: string, to: string, made: number): boolean {
  const [narrow, wide] = [rangeOf(from), rangeOf(to)];
  if (narrow?.family !== wide?.family) return false;
  const needed = wide?.family === 'text' ? Math.min(wide.size, made) : wide?.size;
  return (narrow?.size ?? 0) < (needed ?? 0);
}

/** How long the ids are that the database or Prisma makes. */
function madeLength(column: Column, schema: Schema | undefined): number {
  if (column.default?.includes('uuid')) return 36;
  const made = fieldOf(schema, column)?.default;
  const lengths: Readonly<Record<string, number>> = { uuid: 36, cuid: 25, ulid: 26, nanoid: 21 };
  return made?.kind === 'function' && made.args.length === 0 ? (lengths[made.name] ?? Infinity) : Infinity;
}

function rangeOf(type: string): { family: string; size: number } | undefined {
  const [, base = type, size] = /^(.*?)(?:\((\d+)[,\d]*\))?$/.exec(type) ?? [];
  if (integers.includes(base)) return { family: 'number', size: [5, 10, 19][integers.indexOf(base)] ?? 0 };
  if (base === 'numeric') return { family: 'number', size: Number(size ?? Infinity) };
  if (base === 'text') return { family: 'text', size: Infinity };
  if (base.startsWith('character')) return { family: 'text', size: Number(size ?? Infinity) };
  return undefined;
}

function fixOf(changes: readonly { column: Column; type: string }[], database: Catalog): Fix {
  const types = changes.map(({ column, type }) => `${code(column.path)} ${code(type)}`).join(' and ');
  const title = `Make ${types}`;
  if (!changes.every(({ column }) => canRetype(column, database)))
    return { title: `${title}, with what reads it out of the way`, safety: 'unsafe' };
  // No value is lost, but the table is rewritten while nobody can use it.
  return sqlFix(
    title,
    'unsafe',
    changes.map(({ column, type }) => retype(column, type)),
  );
}
