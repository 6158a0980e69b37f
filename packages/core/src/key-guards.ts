import { objectPath } from './facts/create-catalog.ts';
import type { Migrations, Touch } from './facts/migrations.ts';
import type { Field, Model, Schema } from './facts/schema.ts';
import { deniesForeignKeysOfAll, deniesForeignKeysOfRows, keyStem, saysDeprecated } from './key-names.ts';
import { mentions, nameKey, phrases } from './names.ts';
import { rememberedFor } from './remembered.ts';

/** The `///` and `//` comments of a thing. */
export function commentsOn({ documentation, comment }: Model | Field): string {
  return documentation === '' && comment === '' ? '' : `${documentation}\n${comment}`;
}

/** Whether a column goes away, or has a value by default that no row can have as its id. */
export function isNoKeyToMake(field: Field): boolean {
  const { default: value } = field;
  return (
    saysDeprecated(commentsOn(field)) || (value?.kind === 'literal' && ['0', '-1', ''].includes(String(value.value)))
  );
}

/** Whether the model has a one-to-one relation of this name, whose key the other side holds: the column is left over. */
export function isHeldByOther({ model, name }: Field, target: Model): boolean {
  const stem = keyStem(name);
  return (
    stem !== undefined &&
    model.fields.some(
      ({ list, relation, name: own }) =>
        !list && relation?.model === target && relation.fields.length === 0 && nameKey(own) === nameKey(stem),
    )
  );
}

/** Whether both are copies of things of another system, which come in any order: unlike most of the models they do not make their ids. */
export function areCopies(model: Model, target: Model, { models }: Schema): boolean {
  return isCopy(model) && isCopy(target) && models.filter(isCopy).length * 2 < models.length;
}

function isCopy({ primaryKey, foreignKeys }: Model): boolean {
  const [id, ...more] = primaryKey?.columns ?? [];
  return (
    id !== undefined &&
    more.length === 0 &&
    id.field.type === 'String' &&
    id.field.nativeType?.name !== 'Uuid' &&
    id.field.default === undefined &&
    !foreignKeys.some(({ columns }) => columns.includes(id.field))
  );
}

/** Whether a column without a relation needs none, or has none because its owner has decided so. Asked last: it reads all comments, and the history. */
export function isDecided(
  { field, target }: { readonly field: Field; readonly target: Model },
  schema: Schema,
  migrations: Migrations | undefined,
): boolean {
  const { model } = field;
  return (
    (!mentions(target.name, people) && goesWithOwner(model, field, target)) ||
    saysDeprecated(commentsOn(model)) ||
    thingsOf(model).some(thing => deniesForeignKeysOfRows(commentsOn(thing))) ||
    wantsNoForeignKeys(schema) ||
    (migrations !== undefined && isDecidedByHistory(field, schema, migrations))
  );
}

/** The rows of one person stand below those of another: `Comment.userId` is not the `Post.userId` of its post. */
const people = phrases(
  'user, member, person, people, account, profile, customer, contact, employee, author, player, student, patient',
);

/** Whether the row is deleted with the target after all, by way of an owner that holds the same column: a tenant's key that was copied down. */
function goesWithOwner(model: Model, field: Field, target: Model, depth = 3): boolean {
  return model.foreignKeys.some(({ columns, onDelete, referencedModel: owner }) => {
    if (onDelete !== 'Cascade' || owner === model || !columns.every(({ required }) => required)) return false;
    if (owner === target)
      return model !== field.model && columns.some(({ name }) => nameKey(name) === nameKey(field.name));
    return depth > 0 && goesWithOwner(owner, field, target, depth - 1);
  });
}

/** Whether a comment says that no key of the project is a foreign key. */
const wantsNoForeignKeys = rememberedFor(({ models }: Schema) =>
  models.some(model => thingsOf(model).some(thing => deniesForeignKeysOfAll(commentsOn(thing)))),
);

function thingsOf(model: Model): readonly (Model | Field)[] {
  return [model, ...model.fields];
}

/**
 * Whether the history has decided on the foreign key of a column: it dropped this one, most of those on columns of this name, or all of the
 * model; or it made one that the schema lacks, which drift tells; or the model stands for a view.
 */
function isDecidedByHistory(field: Field, { columns, foreignKeys }: Schema, migrations: Migrations): boolean {
  const { model } = field;
  const fate = fateOf([field], migrations);
  const view = migrations.lastTouch('view', tablePath(model));
  if (fate !== undefined || (view && view.action !== 'dropped')) return true;
  const isGone = (fields: readonly Field[]): boolean => fateOf(fields, migrations) === 'dropped';
  if (model.foreignKeys.length > 1 && model.foreignKeys.every(key => isGone(key.columns))) return true;
  const namesakes = columns.filter(
    ({ name, model: other }) => other !== model && nameKey(name) === nameKey(field.name),
  );
  const kept = foreignKeys.filter(
    ({ columns: [first, ...more] }) => first && more.length === 0 && namesakes.includes(first) && !isGone([first]),
  );
  return namesakes.filter(column => isGone([column])).length > Math.max(2, kept.length);
}

/** What became of a foreign key with the name that Prisma gives it; undefined where there never was one. */
function fateOf([field, ...more]: readonly Field[], migrations: Migrations): 'there' | 'dropped' | undefined {
  if (!field) return undefined;
  const path = tablePath(field.model);
  const columns = [field, ...more].map(({ dbName }) => dbName).join('_');
  const touch = migrations.lastTouch('constraint', `${path}.${field.model.dbName}_${columns}_fkey`);
  if (!touch) return undefined;
  if (touch.action !== 'dropped') return 'there';
  // A key that went with its column, and a column that was made again without it.
  const made = migrations.lastTouch('column', `${path}.${field.dbName}`);
  return made?.action === 'created' && isLater(made, touch) ? undefined : 'dropped';
}

function tablePath({ dbName, dbSchema = 'public' }: Model): string {
  return objectPath(dbSchema, dbName);
}

function isLater(a: Touch, b: Touch): boolean {
  const [first, second] = [a.statement, b.statement];
  return first.migration.name === second.migration.name
    ? first.span.start >= second.span.start
    : first.migration.name > second.migration.name;
}
