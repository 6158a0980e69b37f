import { defineRule, type TableForeignKey } from '@migrate-lint/core';
import { dropForeignKey, sqlFix } from '../../edits.ts';
import { code } from '../places.ts';
import { ownTables, spokenOf } from '../scope.ts';

export default defineRule({
  id: 'database/duplicate-foreign-key',
  level: 'medium',
  category: 'integrity',
  needs: ['database'],
  uses: ['comparison'],
  docs: {
    summary: 'Two foreign keys tie the same columns to the same table.',
    why: `Each is looked up on every write. Where their actions differ it is worse: a row that one of them would delete the other one sets to NULL
or holds fast, and which of them is first depends on their names. It hurts slowly or by surprise, so the level is medium.`,
    bad: `CREATE TABLE "users" ("id" bigint PRIMARY KEY);
CREATE TABLE "notes" ("id" bigint PRIMARY KEY, "user_id" bigint REFERENCES "users"("id"));
ALTER TABLE "notes" ADD CONSTRAINT "fk_user" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE;`,
    good: `CREATE TABLE "users" ("id" bigint PRIMARY KEY);
CREATE TABLE "notes" ("id" bigint PRIMARY KEY, "user_id" bigint REFERENCES "users"("id") ON DELETE CASCADE);`,
    guards: [
      'A foreign key that the schema lacks on a table of a model: `drift/extra-foreign-key` says to drop it.',
      'Foreign keys of the same columns to other tables, or to other columns of the same one.',
      'A foreign key of which another one has only some of the columns.',
    ],
  },

  subjects: scope => ownTables(scope).flatMap(({ foreignKeys }) => foreignKeys),
  check: (key, scope) => {
    const [first] = key.table.foreignKeys
      .filter(other => refersOf(other) === refersOf(key))
      .sort((one, other) => weaknessOf(one) - weaknessOf(other));
    if (!first || first === key) return undefined;
    const spoken = [spokenOf(key, scope), spokenOf(first, scope)];
    if (spoken.includes('drift')) return undefined;
    const same = first.onDelete === key.onDelete && first.onUpdate === key.onUpdate;
    const title = `Drop the foreign key ${code(key.name)}`;
    return {
      span: key.span,
      message: `The foreign keys ${code(first.name)} and ${code(key.name)} of ${code(key.table.path)} both tie ${code(key.columns)} to ${code(key.referencedTable)}${same ? ', and every write looks both up' : ` with other actions (${actionsOf(first)} and ${actionsOf(key)})`}.`,
      related: first.span ? [{ message: 'The one that stays.', span: first.span }] : undefined,
      fix:
        spoken[0] === 'schema'
          ? { title: `${title} by taking its relation out of the schema`, safety: 'unsafe' }
          : sqlFix(title, same && weaknessOf(first) === 0 ? 'safe' : 'unsafe', [dropForeignKey(key)]),
    };
  },
});

function refersOf({ columns, referencedTable, referencedColumns }: TableForeignKey): string {
  const pairs = columns.map((column, at) => `${column}\0${referencedColumns[at] ?? ''}`).sort();
  return [referencedTable, ...pairs].join('\0\0');
}

/** The one that holds best stays. */
function weaknessOf({ validated, enforced, deferrable }: TableForeignKey): number {
  return [!enforced, !validated, deferrable].reduce((sum, weak, at) => (weak ? sum + 4 / 2 ** at : sum), 0);
}

function actionsOf({ onDelete, onUpdate }: TableForeignKey): string {
  return `\`ON DELETE ${words(onDelete)} ON UPDATE ${words(onUpdate)}\``;
}

function words(action: TableForeignKey['onDelete']): string {
  return action.replace(/(?<=[a-z])(?=[A-Z])/, ' ').toUpperCase();
}
