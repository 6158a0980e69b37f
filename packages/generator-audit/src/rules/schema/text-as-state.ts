import { defineRule, flatMap, type Catalog, type Field } from '@migrate-lint/core';
import { scalars } from '../judged.ts';
import { isChoiceName, isOwnName, isStateName, listedValues } from '../listed-values.ts';
import { textToEnum } from '../text-to-enum.ts';

export default defineRule({
  id: 'schema/text-as-state',
  level: 'medium',
  category: 'integrity',
  needs: ['schema'],
  uses: ['database'],
  docs: {
    summary: 'A String holds one of a few words, and the database takes any text.',
    why: `A misspelt \`cancelled\` is stored like any other text, and from then on no query finds the row. Nothing says which
words there are: neither the types of Prisma Client nor the database, only a comment that nobody holds to. An enum is refused
by the compiler and by the database. It is medium, because the words have to be gathered first.`,
    bad: `model Order {
  id     Int    @id
  status String @default("pending") // pending, paid, cancelled
}`,
    good: `model Order {
  id     Int         @id
  status OrderStatus @default(pending)
}

enum OrderStatus {
  pending
  paid
  cancelled
}`,
    guards: [
      'Evidence is needed: a comment that lists the words, or a literal default on a `status`, `state`, `type`, `level`, `severity`, `role` or the like.',
      'Locales, countries, currencies, time zones, names, labels, colours, MIME types and all other open sets.',
      'The state that a thing has in another system (`stripeStatus`), which may bring a new word at any time.',
      'Examples (`e.g. a, b`), and a list that ends in `etc.` where the name does not tell a state.',
      'A CHECK on the column in the database, where one is looked at, and a comment that speaks of one.',
      'SQLite, SQL Server and MongoDB, which have no enums.',
    ],
  },

  subjects: ({ schema }) => {
    if (!['postgresql', 'cockroachdb', 'mysql'].includes(schema.provider)) return [];
    return flatMap(scalars(schema, 'String'), field => {
      const evidence = field.list || field.ignored ? undefined : evidenceFor(field);
      return evidence ? [{ path: field.path, field, ...evidence }] : [];
    });
  },
  check: ({ field, values, complete }, { schema, database }) => {
    if (isChecked(field, database)) return undefined;
    const fix = complete && values.length > 1 ? textToEnum(field, values, schema) : undefined;
    return {
      span: field.span,
      message: `\`${field.path}\` is a String that holds ${told(values, complete)}, but the database takes any text, and no query finds a word that is misspelt.`,
      fix,
    };
  },
});

function told(values: readonly string[], complete: boolean): string {
  const quoted = values.map(value => `\`${value}\``);
  if (!complete) return `words such as ${quoted.slice(0, 3).join(', ')}`;
  if (quoted.length > 4) return `one of ${quoted.slice(0, 3).join(', ')} and ${String(quoted.length - 3)} more words`;
  return `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1) ?? ''}`;
}

interface Evidence {
  readonly values: readonly string[];
  readonly complete: boolean;
}

/** What says that the column holds one of a few words. */
function evidenceFor(field: Field): Evidence | undefined {
  const { name, default: said, documentation, comment, model } = field;
  const text = documentation === '' ? comment : `${comment}\n${documentation}`;
  const listed = text === '' ? undefined : listedValues(text);
  const word = said?.kind === 'literal' && /^[A-Za-z][\w-]*$/.test(String(said.value)) ? String(said.value) : undefined;
  if ((!listed && word === undefined) || !isOwnName(name)) return undefined;
  if (/\bcheck\b|\bconstrain|deprecated/i.test(text)) return undefined;
  if (
    model.indexes.some(({ unique, columns: [first, ...more] }) => unique && first?.field === field && more.length === 0)
  )
    return undefined;
  if (listed && (listed.complete ? listed.choice || isChoiceName(name) : isStateName(name))) return listed;
  return word !== undefined && isStateName(name) ? { values: [word], complete: false } : undefined;
}

function isChecked({ model, dbName }: Field, database: Catalog | undefined): boolean {
  const { dbName: table, dbSchema = 'public' } = model;
  const found = database?.tables.find(({ name, schema }) => name === table && schema === dbSchema);
  return (found?.checks ?? []).some(({ definition }) => definition.split(/\W+/).includes(dbName));
}
