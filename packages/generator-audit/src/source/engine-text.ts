import type { ConfigBlock, ModelDeclaration } from '@loancrate/prisma-schema-parser';
import { settingOf, strings } from './build.ts';
import { attribute, parse, span, UnreadableSchema, type ParsedFile, type SchemaText } from './parse.ts';
import { blank, readable } from './readable.ts';

/** Preview features of the bundled engine that decide about what a schema may say; 7.10 refuses all that it does not know. */
const languageFeatures = new Set(['views', 'partialIndexes', 'postgresqlExtensions', 'shardKeys']);

/** What Prisma 7 wants in prisma.config.ts, and Prisma 5 and 6 in the datasource. */
const connectionSettings = ['url', 'directUrl', 'shadowDatabaseUrl'];

/**
 * The files as Prisma's 7.x engine accepts them: what was legal in Prisma 5 and 6 and has no bearing on the database is
 * blanked in place, so offsets stay right. What cannot be read is left as it is: the engine says what is wrong with it.
 */
export function forEngine(files: readonly SchemaText[]): readonly SchemaText[] {
  return files.map(({ path, text }) => ({ path, text: engineText(text) }));
}

/** Blocks of the kinds that hold something to blank; a block ends where `}` starts a line. */
const blocks = /^[ \t]*(?:datasource|generator|view)\b[^]*?^[ \t]*\}/gm;

function engineText(source: string): string {
  // Prisma takes a byte order mark for a word.
  let text = source.replace(/^\uFEFF/, ' ');
  for (const { index, 0: block } of readable(text).matchAll(blocks)) {
    for (const { start, end, by } of changesIn(text.slice(index, index + block.length))) {
      const from = index + start;
      const to = index + end;
      text = text.slice(0, from) + (by ?? blank(text.slice(from, to))) + text.slice(to);
    }
  }
  return text;
}

/** `by` is as long as what it replaces. */
interface Change {
  readonly start: number;
  readonly end: number;
  readonly by?: string;
}

/** Block by block, so that a mistake elsewhere in the file does not bring back what is blanked. */
function changesIn(text: string): readonly Change[] {
  let file: ParsedFile;
  try {
    file = parse({ path: '', text });
  } catch (error) {
    if (error instanceof UnreadableSchema) return [];
    throw error;
  }
  return file.declarations.flatMap(block => {
    if (block.kind === 'datasource') return connections(file, block);
    if (block.kind === 'generator') return unknownFeatures(file, block);
    return block.kind === 'view' ? viewKeys(file, block) : [];
  });
}

function connections(file: ParsedFile, block: ConfigBlock): readonly Change[] {
  return connectionSettings.flatMap(name => {
    const setting = settingOf(block, name);
    return setting ? [span(file, setting.location, setting.comment?.location?.start.offset)] : [];
  });
}

function unknownFeatures(file: ParsedFile, block: ConfigBlock): readonly Change[] {
  const setting = settingOf(block, 'previewFeatures');
  if (setting?.value.kind !== 'array') return [];
  const { start, end } = span(file, setting.location, setting.comment?.location?.start.offset);
  const opening = file.text.indexOf('[', start);
  const kept = strings(setting.value).filter(feature => languageFeatures.has(feature));
  const list = `[${kept.map(feature => `"${feature}"`).join(',')}]`;
  return [{ start: opening, end, by: list.padEnd(end - opening) }];
}

/** Up to Prisma 6 a view could have an id and indexes. */
function viewKeys(file: ParsedFile, view: ModelDeclaration): readonly Change[] {
  return view.members.flatMap(member => {
    if (member.kind === 'commentBlock') return [];
    const said = member.kind === 'blockAttribute' ? [member] : (member.attributes ?? []);
    return said
      .map(node => attribute(file, node))
      .filter(({ name }) => name === 'id' || name === 'index')
      .map(({ span }) => span);
  });
}
