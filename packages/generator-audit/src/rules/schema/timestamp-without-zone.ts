import { defineRule, phrases, mentions, qualifiedName, quoteIdentifier, type Field } from '@migrate-lint/core';
import { addFieldAttribute } from '../../edits.ts';
import { scalars } from '../judged.ts';

/** Dates of the calendar and times on the wall mean the same in every zone. */
const floating = phrases('local, birth, birthday, birthdate, dob, wall');

export default defineRule({
  id: 'schema/timestamp-without-zone',
  level: 'medium',
  category: 'integrity',
  needs: ['schema'],
  docs: {
    summary: 'A DateTime is stored without its time zone.',
    why: `Without a native type Prisma makes \`timestamp(3)\`, which keeps the digits of a clock and not a point in time. Prisma
itself writes UTC, but \`now()\` as a default, a trigger, a report in SQL and every other client use the zone of their session,
and the same row then means different instants. \`timestamptz\` takes the same 8 bytes.`,
    bad: `model Order {
  id     Int      @id
  paidAt DateTime
}`,
    good: `model Order {
  id     Int      @id
  paidAt DateTime @db.Timestamptz(3)
}`,
    guards: [
      '`@db.Date`, `@db.Time` and `@db.Timetz`.',
      'Birthdays and local times (`birthDate`, `localStart`), which are not instants.',
      'Databases other than Postgres and CockroachDB.',
    ],
  },

  subjects: ({ schema }) => {
    if (schema.provider !== 'postgresql' && schema.provider !== 'cockroachdb') return [];
    return scalars(schema, 'DateTime').filter(({ name }) => !mentions(name, floating));
  },
  check: field => {
    const { nativeType } = field;
    if (nativeType && nativeType.name !== 'Timestamp') return undefined;
    const precision = nativeType ? (nativeType.args[0] ?? '') : '3';
    const type = precision === '' ? 'Timestamptz' : `Timestamptz(${precision})`;
    return {
      span: field.span,
      message: `\`${field.path}\` is a timestamp without a time zone, so what is not written by Prisma means another instant in each session's zone.`,
      fix: {
        title: `Make it \`@db.${type}\`, reading what is stored as UTC`,
        // Right only where all rows were written in UTC, as Prisma does; and the table is locked, and rewritten outside of a UTC session.
        safety: 'unsafe',
        edits: nativeType ? [{ ...nativeType.span, text: `@db.${type}` }] : addFieldAttribute(field, `@db.${type}`),
        ...(field.list ? {} : { sql: alterType(field, type.toLowerCase()) }),
      },
    };
  },
});

/** Prisma's own script would read the old values in the zone of the session that runs it. */
function alterType({ model, dbName }: Field, type: string): string {
  const column = quoteIdentifier(dbName);
  const table = qualifiedName(model.dbSchema, model.dbName);
  return `ALTER TABLE ${table} ALTER COLUMN ${column} TYPE ${type} USING ${column} AT TIME ZONE 'UTC';`;
}
