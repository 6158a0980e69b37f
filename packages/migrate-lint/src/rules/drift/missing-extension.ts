import { defineRule } from '@migrate-lint/core';
import { createExtension, sqlFix } from '../../edits.ts';
import { code, lacks, places } from '../places.ts';

export default defineRule({
  id: 'drift/missing-extension',
  level: 'high',
  category: 'migrations',
  needs: ['comparison', 'schema'],
  docs: {
    summary: 'The datasource declares an extension that the database does not have.',
    why: `A new database, such as the next preview environment or a restored one, is made by the migrations: without the extension the types,
functions and operators that the schema counts on are not there, and the first migration or query that uses one fails.`,
    bad: `// schema.prisma
generator client {
  provider        = "prisma-client-js"
  previewFeatures = ["postgresqlExtensions"]
}

datasource db {
  provider   = "postgresql"
  extensions = [citext]
}

model User {
  id Int @id
}
-- migration.sql
CREATE TABLE "User" ("id" integer NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));`,
    good: `// schema.prisma
generator client {
  provider        = "prisma-client-js"
  previewFeatures = ["postgresqlExtensions"]
}

datasource db {
  provider   = "postgresql"
  extensions = [citext]
}

model User {
  id Int @id
}
-- migration.sql
CREATE EXTENSION IF NOT EXISTS "citext";
CREATE TABLE "User" ("id" integer NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));`,
    guards: ['The version is not compared: servers differ in what they ship.'],
  },

  subjects: ({ comparison }) => comparison.extensions,
  check: (pair, { comparison, schema }) => {
    const { expected, actual } = pair;
    if (!expected || actual) return undefined;
    return {
      ...places({ ...pair, touch: pair.touch, schemaSpan: pair.schemaSpan ?? schema.datasource }),
      message: `The datasource declares the extension ${code(expected.name)} and ${lacks(comparison, pair)}, so a new database lacks what the schema counts on.`,
      fix: sqlFix(`Create the extension ${code(expected.name)}`, 'safe', [createExtension(expected)]),
    };
  },
});
