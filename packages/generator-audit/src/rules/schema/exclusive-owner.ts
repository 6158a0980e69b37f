import { defineRule, qualifiedName, quoteIdentifier, type Catalog, type Fix, type Model } from '@migrate-lint/core';
import { exclusiveOwners, type ExclusiveOwners } from '../exclusive-owners.ts';
import { judgedModels } from '../judged.ts';

export default defineRule({
  id: 'schema/exclusive-owner',
  level: 'medium',
  category: 'integrity',
  needs: ['schema'],
  uses: ['database'],
  docs: {
    summary: 'A row belongs to one of several things, and nothing says that it is exactly one.',
    why: `Where a row belongs to a user or to a team, both relations have to be optional, and then the database takes a row with
both and a row with none. The first is seen by people who should not see it, the second by nobody. Prisma has no word for
"exactly one", a CHECK constraint has. It is medium, because a schema can only let us guess that the two exclude each other.`,
    bad: `model User {
  id   Int    @id
  urls Link[]
}

model Team {
  id   Int    @id
  urls Link[]
}

model Link {
  id     Int    @id
  slug   String
  userId Int?
  teamId Int?
  user   User?  @relation(fields: [userId], references: [id], onDelete: Cascade)
  team   Team?  @relation(fields: [teamId], references: [id], onDelete: Cascade)

  @@unique([userId, slug])
  @@unique([teamId, slug])
}`,
    good: `model User {
  id   Int    @id
  urls Link[]
}

model Team {
  id   Int    @id
  urls Link[]
}

model Link {
  id     Int   @id
  userId Int?
  teamId Int
  user   User? @relation(fields: [userId], references: [id], onDelete: SetNull)
  team   Team  @relation(fields: [teamId], references: [id], onDelete: Cascade)
}`,
    guards: [
      'Evidence is needed: a unique for each of them, three or more things that all take the row along (`Cascade`) or two of like names, an enum column whose values name the things, or a comment (`exactly one`, `either … or`).',
      'A person beside a group may be who made the row, unless that is told by a relation of its own (`createdBy`).',
      'A required relation that says already what the row belongs to.',
      'Things of which one leads to the other: what is in a folder of a project may name both.',
      'Who did something (`createdBy`, `author`), and relations of a model to itself.',
      'A CHECK on the columns in the database, where one is looked at, and a comment that speaks of one.',
    ],
  },

  subjects: ({ schema }) => judgedModels(schema).filter(model => exclusiveOwners(model, schema)),
  check: (model, { schema, database }) => {
    const owners = exclusiveOwners(model, schema);
    if (!owners || isChecked(model, owners, database)) return undefined;
    const names = owners.keys.map(({ field }) => `\`${field.name}\``);
    const list = `${names.slice(0, -1).join(', ')} ${owners.mayBeNone ? 'and' : 'or'} ${names.at(-1) ?? ''}`;
    const [first] = owners.keys;
    return {
      span: model.nameSpan,
      message: owners.mayBeNone
        ? `A row of \`${model.name}\` should not have more than one of ${list}, and nothing in the database holds it to that.`
        : `A row of \`${model.name}\` should have either ${list}, but the database takes rows with several of them and with none.`,
      related: owners.keys.map(({ field, span }) => ({ message: `\`${field.path}\``, span })),
      fix: first && schema.provider === 'postgresql' ? checkThatOne(model, owners) : undefined,
    };
  },
});

function columnsOf({ keys }: ExclusiveOwners): readonly string[] {
  return keys.flatMap(({ columns }) => columns.map(({ dbName }) => dbName));
}

function isChecked({ dbName, dbSchema = 'public' }: Model, owners: ExclusiveOwners, database?: Catalog): boolean {
  const table = database?.tables.find(({ name, schema }) => name === dbName && schema === dbSchema);
  return (table?.checks ?? []).some(({ definition }) => {
    const named = definition.split(/\W+/);
    return columnsOf(owners).every(column => named.includes(column));
  });
}

/** NOT VALID takes the lock only for a moment; VALIDATE reads the rows while others write. */
function checkThatOne(model: Model, owners: ExclusiveOwners): Fix {
  const table = qualifiedName(model.dbSchema, model.dbName);
  const condition = `num_nonnulls(${columnsOf(owners).map(quoteIdentifier).join(', ')}) ${owners.mayBeNone ? '<=' : '='} 1`;
  const name = quoteIdentifier(`${model.dbName.slice(0, 53)}_one_owner`);
  return {
    title: `Add a CHECK that ${owners.mayBeNone ? 'at most' : 'exactly'} one of them is set`,
    // What writes both or none fails from then on.
    safety: 'unsafe',
    sql: `-- Rows that do not fit: SELECT * FROM ${table} WHERE NOT (${condition});
ALTER TABLE ${table} ADD CONSTRAINT ${name} CHECK (${condition}) NOT VALID;
ALTER TABLE ${table} VALIDATE CONSTRAINT ${name};`,
  };
}
