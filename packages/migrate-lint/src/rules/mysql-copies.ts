import type { Operation, Statement } from '@migrate-lint/core';

/** Why MySQL copies a table or keeps writers off it for a clause, as the middle of a sentence; undefined where it does neither (MySQL 8.4, InnoDB online DDL). */
export function copyReason(operation: Operation, statement: Statement): string | undefined {
  const { kind } = operation;
  if (kind === 'alter type') {
    const { type } = operation.column;
    if (type === undefined || operation.to === undefined || isInPlace(type, operation.to)) return undefined;
    return `\`${operation.column.name}\` changes from \`${type}\` to \`${operation.to}\``;
  }
  if (kind === 'convert character set') return `its text is converted to \`${operation.name ?? ''}\``;
  if (kind === 'add column' && operation.column.identity) return `\`${operation.column.name}\` numbers all rows`;
  if (kind === 'create index' && ['fulltext', 'spatial'].includes(operation.index.method))
    return `a ${operation.index.method.toUpperCase()} index is built`;
  if (kind === 'drop constraint' && operation.name === 'PRIMARY' && !addsPrimaryKey(statement))
    return 'its primary key goes and no other takes its place';
  if (kind === 'add constraint' && operation.constraint.type === 'foreign' && !checksAreOff(statement))
    return `the foreign key \`${operation.constraint.name}\` is added while foreign_key_checks is on`;
  return undefined;
}

function addsPrimaryKey({ operations }: Statement): boolean {
  return operations.some(each => each.kind === 'add constraint' && each.constraint.type === 'primary');
}

/** SET foreign_key_checks = 0 in front of it. */
function checksAreOff(statement: Statement): boolean {
  const before = statement.migration.statements.slice(0, statement.migration.statements.indexOf(statement));
  const settings = before.flatMap(({ operations }) => operations).filter(each => each.kind === 'set');
  const last = settings.findLast(({ name }) => name === 'foreign_key_checks');
  return last !== undefined && ['0', 'off', 'false'].includes(last.value ?? '');
}

/** A longer VARCHAR with as many bytes for its length, and an ENUM or SET with values behind the others; `mysql-enum-reorder` speaks of other enums. */
function isInPlace(from: string, to: string): boolean {
  if (enumValues(from) && enumValues(to)) return true;
  const [before, after] = [lengthOf(from), lengthOf(to)];
  if (before === undefined || after === undefined) return from === to;
  // Four bytes a character in utf8mb4; one byte holds a length up to 255.
  return after >= before && after * 4 <= 255 === before * 4 <= 255;
}

function lengthOf(type: string): number | undefined {
  const digits = /^varchar\((\d+)\)$/.exec(type)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** The values of an ENUM or SET; undefined for other types. */
export function enumValues(type: string): readonly string[] | undefined {
  const list = /^(?:enum|set)\((.*)\)/s.exec(type)?.[1];
  return list === undefined
    ? undefined
    : [...list.matchAll(/'((?:[^']|'')*)'/g)].map(([, value = '']) => value.replaceAll("''", "'"));
}
