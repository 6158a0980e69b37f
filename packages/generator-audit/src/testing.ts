import type { Schema } from '@migrate-lint/core';
import { buildSchema } from './source/build.ts';

const datasource = 'datasource db {\n  provider = "postgresql"\n}\n';

/**
 * The schema of one text, or of several by file name. Without a datasource it is one for Postgres, written behind the
 * text so that offsets are those of the text.
 */
export function schemaFrom(text: string | Readonly<Record<string, string>>): Schema {
  const files = Object.entries(typeof text === 'string' ? { 'schema.prisma': text } : text).map(([path, text]) => ({
    path,
    text,
  }));
  if (files.some(file => /^\s*datasource\s/m.test(file.text))) return buildSchema(files);
  const [first, ...rest] = files;
  return buildSchema(first ? [{ path: first.path, text: `${first.text}\n${datasource}` }, ...rest] : []);
}
