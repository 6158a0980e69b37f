import type { Finding } from '@migrate-lint/core';
import { comment } from './edits.ts';

const head = [
  'Written by migrate-lint: queries that find the rows on which a migration would fail.',
  'They only read. Run them on the real database before the migrations:',
  '  psql "$DATABASE_URL" --no-psqlrc --echo-all --file prechecks.sql',
  'A query that shows no row is passed; rows that it shows have to be mended first.',
];

/**
 * The pre-check queries of findings as one script, each query once and in a read-only transaction of its own: one that fails, for its table
 * comes with an earlier migration, does not take the others along.
 */
export function precheckScript(findings: readonly Finding[]): string {
  const byQuery = new Map<string, Finding[]>();
  for (const finding of findings) {
    const query = finding.precheck?.trim().replace(/;$/, '');
    if (query) byQuery.set(query, [...(byQuery.get(query) ?? []), finding]);
  }
  const parts = [...byQuery].map(([query, own]) =>
    [...own.flatMap(about), 'BEGIN READ ONLY;', closed(query), 'ROLLBACK;'].join('\n'),
  );
  const none = byQuery.size === 0 ? [comment('No finding has such a query.')] : [];
  return `${[head.map(comment).join('\n'), ...none, ...parts].join('\n\n')}\n`;
}

/** A condition that is quoted from a migration may end in a comment, which would swallow the semicolon. */
function closed(query: string): string {
  return /--[^\n]*$/.test(query) ? `${query}\n;` : `${query};`;
}

function about({ rule, location, subject, message }: Finding): readonly string[] {
  const place = location ? `${location.file}:${String(location.line)}` : subject;
  return [comment(`${rule}  ${place}`), comment(message)];
}
