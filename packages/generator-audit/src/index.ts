export { rules } from './rules/index.ts';
export * from './edits.ts';
export {
  buildSchema,
  forEngine,
  readSchema,
  refusePrisma8,
  sources,
  unescape,
  UnreadableSchema,
  type SchemaText,
} from './source.ts';
