import { defineRule, plural, singular, words, type Field, type Model } from '@migrate-lint/core';
import { arePlural, census, isBare, type Count } from '../census.ts';
import { judgedModels } from '../judged.ts';
import { mapAndRename, type NewNames } from '../renames.ts';

export default defineRule({
  id: 'schema/unmapped-name',
  level: 'medium',
  category: 'conventions',
  needs: ['schema'],
  docs: {
    summary: 'Most names are mapped to snake_case in the database, and this one is not.',
    why: `In the database the name has capitals, so every query by hand has to quote it (\`"targetDate"\`) where all others need no
quotes, and whoever writes \`target_date\` as everywhere gets an error, in a report or a policy perhaps much later. It is medium
because a rename gets dearer with each query that names the column. Where fewer than four in five names are mapped, nothing
is said. The fix renames the column or the table with its indexes and keys; Prisma's own script would drop it and make it anew.`,
    bad: `model Goal {
  id           Int      @id
  ownerName    String   @map("owner_name")
  startDate    DateTime @map("start_date")
  targetDate   DateTime
  targetAmount Decimal  @map("target_amount")
  reachedAt    DateTime @map("reached_at")
  createdAt    DateTime @map("created_at")
}`,
    good: `model Goal {
  id           Int      @id
  ownerName    String   @map("owner_name")
  startDate    DateTime @map("start_date")
  targetDate   DateTime @map("target_date")
  targetAmount Decimal  @map("target_amount")
  reachedAt    DateTime @map("reached_at")
  createdAt    DateTime @map("created_at")
}`,
    guards: [
      'A schema in which fewer than four in five of the tables or of the columns are mapped, or fewer than five.',
      'A name that is snake_case already, and one that is mapped to something else on purpose.',
      'Ignored models and columns, views and MongoDB.',
    ],
  },

  subjects: ({ schema }) => (schema.provider === 'mongodb' ? [] : judgedModels(schema)),
  check: (model, { schema }) => {
    const { tables, columns } = census(schema);
    const fields = columns.isWanted ? model.columns.filter(column => !column.ignored && isBare(column)) : [];
    const isTable = tables.isWanted && isBare(model);
    const [first] = fields;
    if (!isTable && !first) return undefined;
    const as = isTable ? `${tables.says} tables` : `${columns.says} columns`;
    const fix = mapAndRename(newNames(model, fields, isTable, tables), schema);
    const are = fields.length + Number(isTable) > 1 ? ['are', 'them'] : ['is', 'it'];
    return {
      span: isTable ? model.nameSpan : (first?.nameSpan ?? model.nameSpan),
      message: `${describe(model, fields, isTable)} ${are[0] ?? ''} not mapped to snake_case as ${as} are, so SQL by hand has to quote ${are[1] ?? ''}.`,
      related: fields
        .slice(isTable ? 0 : 1)
        .map(({ name, nameSpan }) => ({ message: `\`${name}\` is not mapped.`, span: nameSpan })),
      fix,
    };
  },
});

function describe({ name }: Model, fields: readonly Field[], isTable: boolean): string {
  const shown = fields.slice(0, 4).map(field => `\`${field.name}\``);
  const more = fields.length - shown.length;
  const list = [...shown, ...(more > 0 ? [`${String(more)} more columns`] : [])]
    .join(', ')
    .replace(/, (?=[^,]*$)/, ' and ');
  if (!isTable) return `${list} of \`${name}\``;
  return fields.length === 0 ? `The table \`${name}\`` : `The table \`${name}\` with its ${list}`;
}

function newNames(model: Model, fields: readonly Field[], isTable: boolean, { mapped }: Count): NewNames {
  const parts = words(model.name);
  const last = singular(parts.at(-1) ?? '');
  const table = isTable ? [...parts.slice(0, -1), arePlural(mapped) ? plural(last) : last].join('_') : model.dbName;
  return { model, table, columns: new Map(fields.map(field => [field, words(field.name).join('_')])) };
}
