import type { Migration } from '@migrate-lint/core';

/** What people write above it, such as a suppression, is not Prisma's. */
const block = /^\uFEFF?(?:\s|--[^\n]*\n)*\/\*\s*Warnings:\s*([^]*?)\*\//;

/** The lines of the block in which Prisma warns of what a migration may lose or break on. */
export function warningsOf(file: string, text: string): Migration['warnings'] {
  const found = block.exec(text);
  if (!found) return [];
  const [all, lines = ''] = found;
  const start = all.length - '*/'.length - lines.length;
  return [...lines.matchAll(/^[ \t]*-[ \t]*(\S[^\n]*?)[ \t\r]*$/gm)].map(({ index, 0: line, 1: warning = '' }) => {
    const at = start + index + line.indexOf(warning);
    return { text: warning, span: { file, start: at, end: at + warning.length } };
  });
}
