import { defineRule, marksDeletion, type Fix, type Model, type Schema } from '@migrate-lint/core';
import * as z from 'zod';
import { addField } from '../../edits.ts';
import { reachOf } from '../cascades.ts';
import { columnLike } from '../columns.ts';
import { judgedModels } from '../judged.ts';
import { putsOutOfUse, recordsGoneWith } from '../records.ts';

export default defineRule({
  id: 'schema/missing-soft-delete',
  level: 'low',
  category: 'lifecycle',
  needs: ['schema'],
  options: z.object({
    models: z
      .number()
      .int()
      .min(1)
      .default(2)
      .describe('From how many other models on, of which rows are deleted too, a delete is worth a word.'),
  }),
  docs: {
    summary:
      'Deleting a row deletes payments, orders or the data of customers for good, and nothing can mark it as deleted.',
    why: `Whoever deletes by mistake finds out after the fact, and then a backup has to be read for one row and all that hung on it.
Records of money have to be kept for years in most countries, whoever closes their account. With a \`deletedAt\` the row goes out
of sight and stays, and a job deletes for good when nobody can need it any more. It is low, because the schema does not show
whether anything deletes such rows.`,
    bad: `model Merchant {
  id      Int      @id
  payouts Payout[]
  refunds Refund[]
}

model Payout {
  id         Int      @id
  amount     Decimal  @db.Decimal(19, 4)
  merchantId Int
  merchant   Merchant @relation(fields: [merchantId], references: [id], onDelete: Cascade)
}

model Refund {
  id         Int      @id
  amount     Decimal  @db.Decimal(19, 4)
  merchantId Int
  merchant   Merchant @relation(fields: [merchantId], references: [id], onDelete: Cascade)
}`,
    good: `model Merchant {
  id        Int       @id
  deletedAt DateTime?
  payouts   Payout[]
}

model Payout {
  id         Int      @id
  amount     Decimal  @db.Decimal(19, 4)
  merchantId Int
  merchant   Merchant @relation(fields: [merchantId], references: [id], onDelete: Cascade)
}`,
    guards: [
      'A model that can be marked as deleted, archived, closed or inactive, or whose state can be `CANCELLED`.',
      'A delete that takes rows of fewer other models along than the option `models` says.',
      'The top of a cascade into many models: that is `schema/cascade-blast-radius`.',
    ],
  },

  subjects: ({ schema }) =>
    judgedModels(schema).filter(model => recordsGoneWith(model, schema).length > 0 && !isTop(model, schema)),
  check: (model, { schema }, { models }) => {
    if (reachOf(model, schema).size < models || model.columns.some(column => putsOutOfUse(column, schema)))
      return undefined;
    const lost = recordsGoneWith(model, schema)
      .filter(other => other !== model)
      .map(({ name }) => `\`${name}\``);
    const others = `${String(reachOf(model, schema).size)} other models`;
    const what = [...lost.slice(0, 3), ...(lost.length > 3 ? [`${String(lost.length - 3)} more`] : [])].join(', ');
    return {
      span: model.nameSpan,
      message: `Deleting a row of \`${model.name}\` deletes ${lost.length > 0 ? `its rows of ${what}` : `it with its rows of ${others}`} for good, and no column can mark it as deleted instead.`,
      fix: addMark(model, schema),
    };
  },
});

/** `schema/cascade-blast-radius` tells of these. */
function isTop(model: Model, schema: Schema): boolean {
  const isAbove = (other: Model): boolean => reachOf(other, schema).has(model) && !other.columns.some(marksDeletion);
  return reachOf(model, schema).size > 4 && !schema.models.some(isAbove);
}

/** As other models have it. */
function addMark(model: Model, { columns }: Schema): Fix {
  const like = columns.find(column => marksDeletion(column) && column.type === 'DateTime');
  const name = like?.name ?? 'deletedAt';
  return {
    title: `Add \`${name}\`, for the code to set where it deletes`,
    // The column alone keeps nothing.
    safety: 'unsafe',
    edits: addField(model, columnLike(like, name, 'DateTime?')),
  };
}
