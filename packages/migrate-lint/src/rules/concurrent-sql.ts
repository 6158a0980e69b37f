/** Blanks and comments; the loops are unrolled, so that a long comment does not fill the backtracking stack. */
const gap = String.raw`(?:\s|--[^\n]*\n|/\*[^*]*\*+(?:[^/*][^*]*\*+)*/)+`;
const createIndex = new RegExp(
  `^(CREATE${gap}(?:UNIQUE${gap})?INDEX)(${gap}CONCURRENTLY)?(${gap}IF${gap}NOT${gap}EXISTS)?(?=\\s|"|/|-)`,
  'i',
);
const dropIndex = new RegExp(`^(DROP${gap}INDEX)(${gap}CONCURRENTLY)?(?=\\s|"|/|-)`, 'i');
const refresh = new RegExp(`^(REFRESH${gap}MATERIALIZED${gap}VIEW)(${gap}CONCURRENTLY)?(?=\\s|"|/|-)`, 'i');
const reindex = new RegExp(
  `^(REINDEX${gap}(?:INDEX|TABLE|SCHEMA|DATABASE))(${gap}CONCURRENTLY)?(?=\\s|"|/|-|;|$)`,
  'i',
);

/** The statement as it builds or takes away without blocking anybody; undefined where its words are not the usual ones. */
export function concurrently(sql: string): string | undefined {
  for (const words of [createIndex, dropIndex, refresh, reindex])
    if (words.test(sql)) return closed(sql.replace(words, '$1 CONCURRENTLY'));
  return undefined;
}

/** CREATE INDEX without CONCURRENTLY and IF NOT EXISTS, for a table that has no rows yet. */
export function plainly(sql: string): string | undefined {
  return createIndex.test(sql) ? closed(sql.replace(createIndex, '$1')) : undefined;
}

function closed(sql: string): string {
  // A semicolon behind `--` would be a part of the comment.
  return /--[^\n]*$/.test(sql) ? `${sql}\n;` : `${sql.trimEnd().replace(/;$/, '')};`;
}
