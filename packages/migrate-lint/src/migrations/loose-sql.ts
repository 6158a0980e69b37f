import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import type { LooseFile, LooseSql, Migrations, SourceContext } from '@migrate-lint/core';
import { madeBy } from './made-objects.ts';
import { mentions } from './mentions.ts';
import { loadParser, parseStatements, SqlSyntaxError } from './parser.ts';

/** A dump of a database is larger than what people write, and so is a folder of them. */
const longestFile = 1024 * 1024;
const mostFiles = 500;

/** What takes a migration back, holds rows, or is kept for the record is not meant to run with the migrations. */
const otherPurpose =
  /(?:^|[._/-])(?:downs?|rollbacks?|revert|undo|seeds?|seeding|fixtures?|dumps?|backups?|archived?|old|deprecated|drafts?|examples?|tests?|queries)(?=[._/-]|\d|$)/i;

/** The source of `looseSql`. Files that Postgres's parser cannot read are left out: they are scripts of psql, dumps, or of another database. */
export async function readLooseSql(context: SourceContext): Promise<LooseSql> {
  const { migrationsPath, cwd } = context.project;
  const migrations = await context.get('migrations');
  if (migrationsPath === undefined) return { files: [] };
  await loadParser();
  const found = looseFiles(migrationsPath).flatMap(file => {
    const read = looseFile(file, relative(cwd, file).split(sep).join('/'), migrations);
    return read ? [{ file, read }] : [];
  });
  const namedIn = mentions(cwd);
  return {
    files: found.map(({ file, read }) => {
      context.addFile({ path: read.path, text: read.text, language: 'sql', blocks: read.made.map(({ span }) => span) });
      // Looking through the project is dear, and for what the migrations make nobody asks who runs it.
      const matters = read.made.some(({ inMigrations }) => !inMigrations);
      return { ...read, namedIn: matters ? namedIn(file) : undefined };
    }),
  };
}

function looseFile(file: string, path: string, { lastTouch }: Migrations): Omit<LooseFile, 'namedIn'> | undefined {
  const text = looseText(file);
  if (text === undefined) return undefined;
  try {
    const made = parseStatements(text).flatMap(({ node, start, end }) =>
      madeBy(node).map(object => {
        const touch = lastTouch(object.kind, object.path);
        const inMigrations = touch !== undefined && touch.action !== 'dropped';
        return { ...object, span: { file: path, start, end }, inMigrations };
      }),
    );
    return made.length === 0 ? undefined : { path, text, span: { file: path, start: 0, end: text.length }, made };
  } catch (error) {
    if (error instanceof SqlSyntaxError) return undefined;
    throw error;
  }
}

/** The .sql files of the folder that holds the migrations, in a fixed order, without each migration’s own. */
export function looseFiles(migrationsPath: string): readonly string[] {
  const files: string[] = [];
  const visit = (folder: string): void => {
    for (const entry of entriesOf(folder)) {
      if (files.length >= mostFiles) return;
      const path = join(folder, entry.name);
      if (entry.isDirectory() && entry.name !== 'node_modules' && !entry.name.startsWith('.')) visit(path);
      const isMigration = entry.name === 'migration.sql' && dirname(folder) === migrationsPath;
      if (entry.isFile() && entry.name.endsWith('.sql') && !isMigration) files.push(path);
    }
  };
  const beside = dirname(migrationsPath);
  // Where the migrations stand in the root of the package, what is beside them is the package.
  visit(isPackage(beside) ? migrationsPath : beside);
  return files.filter(file => !otherPurpose.test(relative(beside, file)));
}

function isPackage(folder: string): boolean {
  return entriesOf(folder).some(({ name }) => ['package.json', '.git', 'node_modules'].includes(name));
}

function entriesOf(folder: string) {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}

/** The text of one of them; undefined for what cannot be read or is no text. */
export function looseText(file: string): string | undefined {
  try {
    if (statSync(file).size > longestFile) return undefined;
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(file));
  } catch {
    return undefined;
  }
}
