import { keyStem, nameKey, plural, singular, words, type Fix, type ImpliedKey, type Model } from '@migrate-lint/core';
import { addField } from '../edits.ts';

/** The relation that a column holds the key of, and its other side. Undefined where there is no free name for one of them. */
export function addRelation({ field, target }: ImpliedKey): Fix | undefined {
  const { model } = field;
  const [id] = target.primaryKey?.columns ?? [];
  const stem = keyStem(field.name) ?? [...words(field.name), 'record'];
  const unique = model.indexes.some(index => index.unique && index.columns.length === 1 && index.covers([field]));
  const rows = words(model.name).map((word, at, all) =>
    at === all.length - 1 && !unique ? plural(singular(word)) : word,
  );
  // Of several relations between two models all but one need a name.
  const sole = nameKey(stem) === nameKey(target.name) && !areRelated(model, target);
  const snake = field.name.includes('_');
  const here = unused(model, [spell(stem, snake), spell([...stem, 'record'], snake)]);
  const there = unused(target, [...(sole ? [spell(rows, snake)] : []), spell([...rows, 'by', ...stem], snake)]);
  if (!id || here === undefined || there === undefined) return undefined;
  const label = `"${model.name}_${field.name}"`;
  const type = field.required ? target.name : `${target.name}?`;
  const list = unique ? `${model.name}?` : `${model.name}[]`;
  const columns = `fields: [${field.name}], references: [${id.field.name}]`;
  return {
    title: `Add the relation \`${model.name}.${here}\` and its other side \`${target.name}.${there}\``,
    // The foreign key cannot be made while there are orphans.
    safety: 'unsafe',
    edits: [
      ...addField(model, `${here} ${type} @relation(${sole ? '' : `${label}, `}${columns})`, field),
      ...addField(target, `${there} ${list}${sole ? '' : ` @relation(${label})`}`),
    ],
  };
}

function areRelated(model: Model, target: Model): boolean {
  return (
    model === target ||
    model.fields.some(({ relation }) => relation?.model === target) ||
    target.fields.some(({ relation }) => relation?.model === model)
  );
}

function unused(model: Model, names: readonly string[]): string | undefined {
  return names.find(name => model.field(name) === undefined);
}

function spell(parts: readonly string[], snake: boolean): string {
  if (snake) return parts.join('_');
  return parts.map((part, at) => (at === 0 ? part : part.charAt(0).toUpperCase() + part.slice(1))).join('');
}
