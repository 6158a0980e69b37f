import { defineRule, marksDeletion, tenantOf, type Model, type Schema } from '@migrate-lint/core';
import * as z from 'zod';
import { reachOf } from '../cascades.ts';
import { judgedModels } from '../judged.ts';

export default defineRule({
  id: 'schema/cascade-blast-radius',
  level: 'medium',
  category: 'lifecycle',
  needs: ['schema'],
  options: z.object({
    models: z.number().int().min(1).default(5).describe('From how many other models on a delete is worth a word.'),
  }),
  docs: {
    summary: 'Deleting one row deletes rows of many other models.',
    why: `Each \`onDelete: Cascade\` looks right beside its own relation; together they form chains that nobody has in view. One
DELETE by hand, one wrong id in a clean-up job, and what hung on the row is gone in all of these tables, in one transaction
that also holds locks on all of them. It is medium, because now and then this is just what is wanted. What has to survive
wants \`Restrict\`; what people delete by mistake wants a \`deletedAt\` and a job that deletes later.`,
    bad: `model Course {
  id    Int    @id
  lessons Lesson[]
}

model Lesson {
  id    Int    @id
  courseId Int
  course   Course    @relation(fields: [courseId], references: [id], onDelete: Cascade)
  plans Plan[]
}

model Plan {
  id     Int    @id
  lessonId Int
  lesson   Lesson   @relation(fields: [lessonId], references: [id], onDelete: Cascade)
  tasks  Task[]
}

model Task {
  id     Int    @id
  planId Int
  plan   Plan   @relation(fields: [planId], references: [id], onDelete: Cascade)
  notes  Note[]
  files  File[]
}

model Note {
  id     Int  @id
  taskId Int
  task   Task @relation(fields: [taskId], references: [id], onDelete: Cascade)
}

model File {
  id     Int  @id
  taskId Int
  task   Task @relation(fields: [taskId], references: [id], onDelete: Cascade)
}`,
    good: `model Course {
  id    Int    @id
  lessons Lesson[]
}

model Lesson {
  id    Int @id
  courseId Int
  course   Course @relation(fields: [courseId], references: [id], onDelete: Restrict)
}`,
    guards: [
      'A model that a larger cascade reaches: the finding of the larger one tells it too.',
      'A model whose rows are marked as deleted (`deletedAt`, `isDeleted`) and not taken away.',
      'The tenant: whoever deletes a customer deletes what is the customer’s.',
      'A relation to itself. Models that only tie two others together, with both keys as their id, are passed and not counted.',
    ],
  },

  subjects: ({ schema }) => judgedModels(schema).filter(model => reachOf(model, schema).size > 0),
  check: (model, { schema }, options) => {
    const reach = reachOf(model, schema);
    const count = [...reach.keys()].filter(reached => !isLink(reached)).length;
    if (count < options.models || isSoftDeleted(model) || isReachedByMore(model, schema)) return undefined;
    if (tenantOf(schema)?.model === model) return undefined;
    const [chain = []] = [...reach.values()].sort((a, b) => b.length - a.length);
    const names = [model, ...chain.map(key => key.model)].map(({ name }) => `\`${name}\``);
    return {
      span: model.nameSpan,
      message: `Deleting one row of \`${model.name}\` deletes rows of ${String(count)} other models without asking, as far as ${names.join(' → ')}.`,
      related: chain.map(({ field, span }) => ({ message: `The cascade of \`${field.path}\`.`, span })),
    };
  },
});

function isReachedByMore(model: Model, schema: Schema): boolean {
  const own = reachOf(model, schema).size;
  return schema.models.some(
    other =>
      reachOf(other, schema).has(model) &&
      !isSoftDeleted(other) &&
      (reachOf(other, schema).size > own || schema.models.indexOf(other) < schema.models.indexOf(model)),
  );
}

function isSoftDeleted({ columns }: Model): boolean {
  return columns.some(marksDeletion);
}

/** A row that only ties two others together is no loss of its own. */
function isLink({ primaryKey, foreignKeys }: Model): boolean {
  const tied = foreignKeys.flatMap(({ columns }) => columns);
  return (
    primaryKey !== undefined && foreignKeys.length > 1 && primaryKey.columns.every(({ field }) => tied.includes(field))
  );
}
