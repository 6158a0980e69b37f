import { settingOf, strings } from './build.ts';
import { parseBlocks, SyntaxProblem, type Block, type Node } from './grammar.ts';
import type { SchemaText } from './parse.ts';

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
const candidates = /^[ \t]*(?:datasource|generator|view)\b[^]*?^[ \t]*\}/gm;

function engineText(source: string): string {
  // Prisma takes a byte order mark for a word.
  let text = source.replace(/^\uFEFF/, ' ');
  for (const { index, 0: block } of text.matchAll(candidates)) {
    for (const { start, end, by } of changesIn(block)) {
      const [from, to] = [index + start, index + end];
      text = text.slice(0, from) + (by ?? text.slice(from, to).replace(/[^\r\n]/g, ' ')) + text.slice(to);
    }
  }
  return text;
}

/** `by` is as long as what it replaces. */
interface Change extends Node {
  readonly by?: string;
}

/** Block by block, so that a mistake elsewhere in the file does not bring back what is blanked. */
function changesIn(text: string): readonly Change[] {
  try {
    return parseBlocks(text).flatMap(block => {
      if (block.keyword === 'datasource') return connectionSettings.flatMap(name => settingOf(block, name) ?? []);
      if (block.keyword === 'generator') return unknownFeatures(block);
      return block.keyword === 'view' ? viewKeys(block) : [];
    });
  } catch (error) {
    if (error instanceof SyntaxProblem) return [];
    throw error;
  }
}

function unknownFeatures(block: Block): readonly Change[] {
  const value = settingOf(block, 'previewFeatures')?.value;
  if (value?.kind !== 'list') return [];
  const kept = strings(value).filter(feature => languageFeatures.has(feature));
  const list = `[${kept.map(feature => `"${feature}"`).join(',')}]`;
  return [{ start: value.start, end: value.end, by: list.padEnd(value.end - value.start) }];
}

/** Up to Prisma 6 a view could have an id and indexes. */
function viewKeys({ attributes, fields }: Block): readonly Change[] {
  const said = [...attributes, ...fields.flatMap(field => field.attributes)];
  return said.filter(({ name }) => name === 'id' || name === 'index');
}
