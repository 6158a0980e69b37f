// Projects of a given size, written by rule: the same size gives the same files.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const datasource = 'datasource db {\n  provider = "postgresql"\n}\n';

/** A schema of `count` models with relations and indexes, as one text. `generator` is a block to put in front. */
export function schemaOf(count, generator = '') {
  const models = Array.from({ length: count }, (_, index) => {
    const parent = index > 0 ? Math.floor(index / 2) : undefined;
    const children = [2 * index, 2 * index + 1].filter(child => child > index && child < count);
    return [
      `model Table${index} {`,
      '  id String @id @default(uuid()) @db.Uuid',
      '  name String @db.VarChar(120)',
      '  amount Decimal @default(0) @db.Decimal(19, 4)',
      '  active Boolean @default(true)',
      '  createdAt DateTime @default(now()) @db.Timestamptz(3)',
      ...(parent === undefined
        ? []
        : ['  parentId String @db.Uuid', `  parent Table${parent} @relation(fields: [parentId], references: [id])`]),
      ...children.map(child => `  children${child} Table${child}[]`),
      ...(parent === undefined ? [] : ['  @@index([parentId])']),
      '  @@index([name, createdAt(sort: Desc)])',
      '}',
    ].join('\n');
  });
  return `${generator}${datasource}\n${models.join('\n\n')}\n`;
}

/** A project whose history of `count` migrations grows `tables` tables, a column, an index or a table at a time, to what its schema says. */
export function historyOf(count, tables) {
  const models = Array.from({ length: tables }, () => ({ columns: [], indexes: [] }));
  const migrations = [];
  for (let table = 0; table < tables; table += 1) {
    const name = `"Table${table}"`;
    const parent = table > 0 ? Math.floor(table / 2) : undefined;
    migrations.push(
      [
        '-- CreateTable',
        `CREATE TABLE ${name} (`,
        '    "id" UUID NOT NULL,',
        '    "name" TEXT NOT NULL,',
        '    "amount" DECIMAL(19,4) NOT NULL DEFAULT 0,',
        '    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,',
        ...(parent === undefined ? [] : ['    "parentId" UUID NOT NULL,']),
        '',
        `    CONSTRAINT "Table${table}_pkey" PRIMARY KEY ("id")`,
        ');',
        ...(parent === undefined
          ? []
          : [
              '',
              '-- CreateIndex',
              `CREATE INDEX "Table${table}_parentId_idx" ON ${name}("parentId");`,
              '',
              '-- AddForeignKey',
              `ALTER TABLE ${name} ADD CONSTRAINT "Table${table}_parentId_fkey" FOREIGN KEY ("parentId") REFERENCES "Table${parent}"("id") ON DELETE RESTRICT ON UPDATE CASCADE;`,
            ]),
        '',
      ].join('\n'),
    );
  }
  for (let step = 0; migrations.length < count; step += 1) {
    const table = step % tables;
    const model = models[table];
    const column = `column${model.columns.length}`;
    model.columns.push(column);
    const statements = ['-- AlterTable', `ALTER TABLE "Table${table}" ADD COLUMN     "${column}" TEXT;`];
    if (step % 3 === 0) {
      model.indexes.push(column);
      statements.push(
        '',
        '-- CreateIndex',
        `CREATE INDEX "Table${table}_${column}_idx" ON "Table${table}"("${column}");`,
      );
    }
    migrations.push(`${statements.join('\n')}\n`);
  }
  const schema = models.map(({ columns, indexes }, table) => {
    const parent = table > 0 ? Math.floor(table / 2) : undefined;
    const children = [2 * table, 2 * table + 1].filter(child => child > table && child < tables);
    return [
      `model Table${table} {`,
      '  id String @id @db.Uuid',
      '  name String',
      '  amount Decimal @default(0) @db.Decimal(19, 4)',
      '  createdAt DateTime @default(now())',
      ...(parent === undefined
        ? []
        : [
            '  parentId String @db.Uuid',
            `  parent Table${parent} @relation(fields: [parentId], references: [id])`,
            '  @@index([parentId])',
          ]),
      ...children.map(child => `  children${child} Table${child}[]`),
      ...columns.map(column => `  ${column} String?`),
      ...indexes.map(column => `  @@index([${column}])`),
      '}',
    ].join('\n');
  });
  return { schema: `${datasource}\n${schema.join('\n\n')}\n`, migrations };
}

/** Writes a project with a history into a folder. */
export function writeHistory(folder, { schema, migrations }) {
  const prisma = join(folder, 'prisma');
  mkdirSync(join(prisma, 'migrations'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  writeFileSync(join(prisma, 'schema.prisma'), schema);
  writeFileSync(join(prisma, 'migrations', 'migration_lock.toml'), 'provider = "postgresql"\n');
  migrations.forEach((sql, index) => {
    const directory = join(prisma, 'migrations', `${20240101000000 + index}_step`);
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, 'migration.sql'), sql);
  });
}
