/** The words that rules write their fixes with: SQL of catalog objects, in steps that a migration can put in order. */
export * from './edits/columns.ts';
export * from './edits/conversion.ts';
export * from './edits/enums.ts';
export * from './edits/foreign-keys.ts';
export * from './edits/indexes.ts';
export * from './edits/rename-order.ts';
export * from './edits/restore.ts';
export * from './edits/rewrites.ts';
export * from './edits/settled.ts';
export * from './edits/step.ts';
export * from './edits/tables.ts';
export * from './edits/tied-columns.ts';
