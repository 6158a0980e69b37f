import { qualifiedName, quoteIdentifier, words, type Field, type Fix, type Schema } from '@migrate-lint/core';
import { replaceType } from '../edits.ts';
import { addEnum, enumValueName } from '../edits/enums.ts';

/**
 * Makes a text an enum of these values: one that is there, else a new one behind the model. Undefined where the name is taken
 * or the default is none of the values.
 */
export function textToEnum(field: Field, values: readonly string[], schema: Schema): Fix | undefined {
  const { model, default: said } = field;
  const wanted = sorted(values);
  const known = schema.enums.find(
    each => each.values.length === values.length && sorted(each.values.map(({ dbName }) => dbName)) === wanted,
  );
  const name = known?.name ?? words(`${model.name}_${field.name}`).map(capitalized).join('');
  const value = said?.kind === 'literal' ? String(said.value) : undefined;
  if (said && !values.includes(value ?? '')) return undefined;
  if (!known && (schema.enum(name) ?? schema.model(name))) return undefined;
  const type = qualifiedName(known ? known.dbSchema : model.dbSchema, known?.dbName ?? name);
  return {
    title: `Make it the enum \`${name}\``,
    // A row with another word stops the migration, and the client gets another type.
    safety: 'unsafe',
    edits: [
      ...replaceType(field, name),
      ...(said && value !== undefined
        ? [
            {
              ...said.span,
              text: `@default(${known?.values.find(({ dbName }) => dbName === value)?.name ?? enumValueName(value)})`,
            },
          ]
        : []),
      ...(known ? [] : addEnum(model, name, values)),
    ],
    sql: schema.provider === 'postgresql' ? convert(field, type, values, known === undefined) : undefined,
  };
}

function sorted(values: readonly string[]): string {
  return [...values].sort().join();
}

function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** Prisma's own script would drop the column and make it anew. */
function convert(field: Field, type: string, values: readonly string[], make: boolean): string {
  const { model, dbName, default: said } = field;
  const table = qualifiedName(model.dbSchema, model.dbName);
  const column = quoteIdentifier(dbName);
  const literals = values.map(value => `'${value}'`).join(', ');
  const alter = `ALTER TABLE ${table} ALTER COLUMN ${column}`;
  return [
    `-- Rows that do not fit: SELECT * FROM ${table} WHERE ${column} NOT IN (${literals});`,
    ...(make ? [`CREATE TYPE ${type} AS ENUM (${literals});`] : []),
    ...(said ? [`${alter} DROP DEFAULT;`] : []),
    `${alter} TYPE ${type} USING ${column}::${type};`,
    ...(said?.kind === 'literal' ? [`${alter} SET DEFAULT '${String(said.value)}';`] : []),
  ].join('\n');
}
