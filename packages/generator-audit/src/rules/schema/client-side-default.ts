import { defineRule, flatMap, groupBy, type Edit, type Field, type Fix, type Schema } from '@migrate-lint/core';
import { addFieldAttribute } from '../../edits.ts';
import { judgedColumns } from '../judged.ts';

/** All columns of one schema that Prisma Client fills in the same way. */
interface Filled {
  /** `@updatedAt`, `@default(cuid())` */
  readonly path: string;
  readonly fields: readonly Field[];
}

const makers = ['uuid', 'cuid', 'nanoid', 'ulid'];

export default defineRule({
  id: 'schema/client-side-default',
  level: 'low',
  category: 'integrity',
  needs: ['schema'],
  docs: {
    summary: 'Required columns get their value from Prisma Client alone.',
    why: `\`uuid()\`, \`cuid()\` and \`@updatedAt\` are made by Prisma Client; the column in the database has no default. Every INSERT
from anywhere else fails or has to bring the value itself: a script, a trigger, another service, the hands of whoever repairs the data.
\`now()\` and \`dbgenerated("gen_random_uuid()")\` are defaults of the database, which serve all of them. It is one finding for each kind,
and low, because a project in which nothing but Prisma writes can live with it.`,
    bad: `model User {
  id        String   @id @default(uuid()) @db.Uuid
  updatedAt DateTime @updatedAt @db.Timestamptz(3)
}`,
    good: `model User {
  id        String   @id @default(dbgenerated("gen_random_uuid()")) @db.Uuid
  updatedAt DateTime @default(now()) @updatedAt @db.Timestamptz(3)
}`,
    guards: [
      'Optional columns, and `@updatedAt` beside a `@default(now())`.',
      '`now()`, `autoincrement()`, `dbgenerated()` and literal defaults, which are in the database.',
      'MongoDB, which has no defaults. Views and ignored models.',
    ],
  },

  subjects: ({ schema }) => (schema.provider === 'mongodb' ? [] : group(schema)),
  check: ({ path, fields }, { schema }) => {
    const bare = fields.filter(isBare);
    const [first, ...more] = bare;
    if (!first) return undefined;
    const fix = fixOf(path, bare, schema);
    return {
      span: first.span,
      message: `\`${first.path}\`${more.length > 0 ? ` and ${String(more.length)} more required columns get their values` : ' gets its value'} from \`${path}\`, which only Prisma Client fills in, so an INSERT from anywhere else fails.`,
      related: more.slice(0, 5).map(({ path, span }) => ({ message: `\`${path}\``, span })),
      fix,
    };
  },
});

function group(schema: Schema): readonly Filled[] {
  const filled = judgedColumns(schema).filter(
    ({ required, model }) => required && !/@view\b/.test(model.documentation),
  );
  const groups = groupBy(filled, sourceOf);
  return flatMap([...groups], ([path, fields]) => (path === undefined ? [] : [{ path, fields }]));
}

/** The attribute that fills the column, here or in the database. */
function sourceOf({ default: said, updatedAt }: Field): string | undefined {
  if (updatedAt) return '@updatedAt';
  return said?.kind === 'function' && makers.includes(said.name)
    ? `@default(${said.name}(${said.args.join(', ')}))`
    : undefined;
}

function isBare({ default: said, updatedAt }: Field): boolean {
  return !updatedAt || said === undefined;
}

function fixOf(path: string, fields: readonly Field[], { provider }: Schema): Fix | undefined {
  if (path === '@updatedAt') {
    const edits = fields.flatMap(field => addFieldAttribute(field, '@default(now())'));
    return { title: 'Add `@default(now())`', safety: 'safe', edits };
  }
  const isRandom = path === '@default(uuid())' || path === '@default(uuid(4))';
  if (!isRandom || (provider !== 'postgresql' && provider !== 'cockroachdb')) return undefined;
  return {
    title: 'Let the database make the ids (Postgres 13 and later)',
    // Code that reads the id of a row before it is inserted has none any more.
    safety: 'unsafe',
    edits: fields.flatMap(({ default: said }): readonly Edit[] =>
      said ? [{ ...said.span, text: '@default(dbgenerated("gen_random_uuid()"))' }] : [],
    ),
  };
}
