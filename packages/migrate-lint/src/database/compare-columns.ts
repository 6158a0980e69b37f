import type { Column, ColumnPair } from '@migrate-lint/core';
import { withTouch, type CompareInput, type Names, type TablePair } from './pair.ts';
import { columnRenames } from './renames.ts';

/** Pairs the columns of two tables that are one. */
export function pairColumns(tables: TablePair, names: Names, input: CompareInput): readonly ColumnPair[] {
  const { expected: wanted, actual: there } = tables;
  const missing = wanted.columns.filter(column => !there.column(column.name));
  const extra = there.columns.filter(column => !wanted.column(column.name));
  const renames = columnRenames(wanted, there, missing, extra);
  const touch = (column: Column) => () => input.lastTouch('column', `${there.path}.${column.name}`) ?? tables.touch;
  const pairs = wanted.columns.map(expected => {
    const rename = renames.find(one => one.expected === expected);
    const actual = rename?.actual ?? there.column(expected.name);
    const pair = {
      path: expected.path,
      expected,
      actual,
      renamed: rename !== undefined,
      likeness: rename?.likeness ?? '',
      schemaSpan: expected.span ?? tables.schemaSpan,
      typeChanged: actual !== undefined && spelled(names.type(expected.type)) !== spelled(actual.type),
      nullabilityChanged: actual !== undefined && nullabilityChanged(expected, actual),
      defaultChanged: actual !== undefined && defaultChanged(expected, actual, names, input),
    };
    return withTouch(pair, touch(actual ?? expected));
  });
  const rest = extra.filter(column => !renames.some(one => one.actual === column));
  return [
    ...pairs,
    ...rest.map(actual => {
      const pair = {
        path: `${wanted.path}.${actual.name}`,
        expected: undefined,
        actual,
        renamed: false,
        likeness: '',
        schemaSpan: tables.schemaSpan,
        typeChanged: false,
        nullabilityChanged: false,
        defaultChanged: false,
      };
      return withTouch(pair, touch(actual));
    }),
  ];
}

/** Six digits of a second are what a time has without a number (https://www.postgresql.org/docs/current/datatype-datetime.html). */
function spelled(type: string): string {
  return type.replace(/^(time|timestamp)\(6\)/, '$1');
}

/** A Prisma list is never null to the client, and Prisma does not look at the column's NOT NULL. */
function nullabilityChanged(expected: Column, actual: Column): boolean {
  return expected.notNull !== actual.notNull && !expected.type.endsWith('[]');
}

function defaultChanged(expected: Column, actual: Column, names: Names, input: CompareInput): boolean {
  const key = `${expected.table.schema}.${expected.table.name}.${expected.name}`;
  // A generated column stands in a schema as dbgenerated, or with no default at all: Prisma cannot say it.
  if (actual.generated !== null || input.unknownDefaults.has(key) || input.equalDefaults.has(key)) return false;
  if (increments(expected) || increments(actual)) return increments(expected) !== increments(actual);
  const wanted = expected.default === null ? null : names.type(expected.default);
  return normalized(wanted) !== normalized(actual.default);
}

/** A serial column keeps the sequence's old name when its table is renamed; an identity column counts as well. */
function increments(column: Column): boolean {
  return column.identity !== null || column.default?.startsWith("nextval('") === true;
}

function normalized(expression: string | null): string | null {
  return expression === 'now()' ? 'CURRENT_TIMESTAMP' : expression;
}

/** Whether two defaults, which differ as text, can be compared as values: constants, casts and array constructors, no calls. */
export function isConstant(expression: string): boolean {
  const bare = expression.replace(/'(?:[^']|'')*'/g, '').replace(/"(?:[^"]|"")*"/g, '');
  return (
    !/[a-z_]\w*\s*\(/i.test(bare.replace(/::[a-z ]+\(\d+(,\d+)?\)/gi, '')) &&
    !/\bCURRENT_|\bSESSION_|\bLOCALTIME|\bUSER\b/.test(bare)
  );
}
