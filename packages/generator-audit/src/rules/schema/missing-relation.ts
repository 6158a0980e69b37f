import { defineRule, impliedKeys, isBookkeeping, isDecided } from '@migrate-lint/core';
import { addRelation } from '../../edits/missing-relation.ts';
import { holdsKey } from '../references.ts';

export default defineRule({
  id: 'schema/missing-relation',
  level: 'high',
  category: 'integrity',
  needs: ['schema'],
  uses: ['migrations'],
  docs: {
    summary: 'A column holds the key of another model, and no relation says so.',
    why: `Without \`@relation\` the database has no foreign key: a row can name another one that never was or is gone, deletes
neither cascade nor fail, and the client cannot \`include\` the other side. Orphans are found months later, when something
reads them. With \`relationMode = "prisma"\`, and of an optional column that only says who wrote the row, it is medium.`,
    bad: `model User {
  id Int @id
}

model Post {
  id     Int @id
  userId Int
}`,
    good: `model User {
  id    Int    @id
  posts Post[]
}

model Post {
  id     Int  @id
  user   User @relation(fields: [userId], references: [id])
  userId Int

  @@index([userId])
}`,
    guards: [
      'A name that fits no model, a model whose id has another type or several columns, a list of ids; MongoDB.',
      'Ids of other systems and of requests (`stripeCustomerId`, `providerAccountId`, `externalId`, `sessionId`, `deviceId`), and `clientId` beside `clientSecret`. A number or a uuid counts when other relations use the same column name.',
      'Polymorphic pairs (`entityType` and `entityId`), and a copy of an outside thing (`Label` with `gmailLabelId`), which `labelId` may name by either id.',
      'Audit trails, logs, histories and events, which outlive what they name, caches, aggregates and denormalized copies, unless a comment says `link to User`.',
      'What goes away (`deprecated`, `remove after the migration`), and a column whose default no id can be (`0`, `-1`).',
      'A key that the history dropped, or most of those on columns of its name, or all of the table; a key that the history makes, which `drift` tells; a view.',
      'Two copies of outside things, which come in any order, the key of a tenant copied down from an owner that takes the row along, and the left-over column of a one-to-one relation that the other side holds.',
      'A comment that there is no foreign key (`no FK`, `soft reference`, `denormalized`, `other database`), on the column, on the model, or at the head of the columns; a convention of the project that there are none.',
    ],
  },

  subjects: ({ schema }) => (schema.provider === 'mongodb' ? [] : impliedKeys(schema)),
  check: ({ field, target }, { schema, migrations }) => {
    if (holdsKey(field) || isDecided({ field, target }, schema, migrations)) return undefined;
    const fix = addRelation({ path: field.path, field, target });
    const isLesser = schema.relationMode === 'prisma' || isBookkeeping(field);
    return {
      level: isLesser ? 'medium' : undefined,
      span: field.span,
      message:
        `\`${field.path}\` holds the key of \`${target.name}\` without a relation, so ` +
        (schema.relationMode === 'prisma'
          ? `nothing happens to the row when its \`${target.name}\` is deleted.`
          : `the database accepts any value and keeps the row when its \`${target.name}\` is deleted.`),
      related: [{ message: `\`${target.name}\` is declared here.`, span: target.nameSpan }],
      fix,
    };
  },
});
