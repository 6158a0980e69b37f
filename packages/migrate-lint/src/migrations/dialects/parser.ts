import type { ParsedPart, ParsedStatement } from '../parser.ts';
import { Unread } from './cursor.ts';
import type { Dialect } from './dialect.ts';
import { string } from './names.ts';
import { withRedefinitions } from './redefinitions.ts';
import { splitScript } from './split.ts';
import { readStatement } from './statements.ts';

/** A statement that nobody could read, and why. */
export interface UnreadStatement {
  readonly start: number;
  readonly end: number;
  readonly message: string;
}

export interface ParsedScript {
  readonly statements: readonly ParsedStatement[];
  readonly unread: readonly UnreadStatement[];
}

let check: ((sql: string, dialect: Dialect) => void) | undefined;

/** Loads the parser of MySQL and SQLite, which takes a quarter of a second; `parseScript` works from then on. */
export async function loadDialects(): Promise<void> {
  if (check) return;
  const { init, parse } = await import('@guanmingchiu/sqlparser-ts');
  await init();
  check = (sql, dialect) => void parse(sql, dialect);
}

/** The statements of a script of MySQL or SQLite, each in Postgres's nodes. What cannot be read is a statement that does nothing, and is said. */
export function parseScript(script: string, dialect: Dialect): ParsedScript {
  if (!check) throw new Error('loadDialects() comes first');
  const { plain, statements } = splitScript(script, dialect);
  const ways = { indexesOfTable: dialect === 'mysql', ignoresCase: dialect === 'sqlite' };
  const unread: UnreadStatement[] = [];
  const parsed = statements.map((place): ParsedStatement => {
    const read = readPlace(script, plain, place, dialect);
    if (typeof read === 'string') unread.push({ ...place, message: read });
    const parts = typeof read === 'string' ? [{ ...place, node: string('unread') }] : read;
    const node = parts[0]?.node ?? string('empty');
    return { ...place, node, offset: at => at, text: plain, parts, ...ways };
  });
  return { statements: dialect === 'sqlite' ? withRedefinitions(parsed) : parsed, unread };
}

/** Why it was not read, or its parts. */
function readPlace(
  script: string,
  plain: string,
  place: { readonly start: number; readonly end: number },
  dialect: Dialect,
): string | readonly ParsedPart[] {
  let parts: readonly ParsedPart[] | undefined;
  try {
    parts = readStatement(plain, place, dialect);
  } catch (error) {
    if (!(error instanceof Unread)) throw error;
    return error.message;
  }
  if (parts) return parts;
  // What touches no table has at least to be SQL.
  const refusal = refusalOf(script.slice(place.start, place.end), dialect);
  return refusal ?? [{ ...place, node: string(wordsOf(plain.slice(place.start, place.end))) }];
}

function refusalOf(sql: string, dialect: Dialect): string | undefined {
  try {
    check?.(sql, dialect);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^sql parser error: /, '') : String(error);
  }
}

/** The first words of a statement: `create trigger`, `lock tables`. */
function wordsOf(sql: string): string {
  return (/^\w+(?:\s+\w+)?/.exec(sql)?.[0] ?? '').replace(/\s+/g, ' ').toLowerCase();
}
