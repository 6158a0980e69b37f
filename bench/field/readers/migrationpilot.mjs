import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const header = /^\s*\/\*\s*---\r?\n([\s\S]*?)\r?\n---\s*\*\/\r?\n?/;

/**
 * MigrationPilot's bench labels each script with its hazards, or as safe. Those of the folder `context` are harmless at some size: they count only
 * where the label says that they are at any, or that the table is empty. Scripts say BEGIN and COMMIT where they mean a transaction.
 */
export function migrationPilot(folder) {
  const corpus = join(folder, 'bench/corpus');
  const cases = [];
  const unread = [];
  for (const category of ['unsafe', 'safe', 'context', 'agent-flavored']) {
    for (const file of readdirSync(join(corpus, category)).sort()) {
      const text = readFileSync(join(corpus, category, file), 'utf8');
      const label = labelOf(text);
      const claims = claimsOf(label);
      const name = `${category}/${file}`;
      if (claims.length === 0) unread.push(`${name} (safe at a size: ${label.get('safe_at')})`);
      else cases.push({ name, files: [text.replace(header, '')], wrapped: false, claims });
    }
  }
  return { cases, unread };
}

function labelOf(text) {
  const lines = (header.exec(text)?.[1] ?? '').split(/\r?\n/);
  return new Map(
    lines.map(line => [line.slice(0, line.indexOf(':')).trim(), line.slice(line.indexOf(':') + 1).trim()]),
  );
}

function claimsOf(label) {
  const hazards = (label.get('hazards') ?? '')
    .replace(/[[\]]/g, '')
    .split(',')
    .map(hazard => hazard.trim())
    .filter(Boolean);
  if (label.get('verdict') === 'safe') return [{ rule: 'safe', speaks: false }];
  if (label.get('verdict') === 'dangerous') return hazards.map(rule => ({ rule, speaks: true }));
  return ['any', 'empty'].includes(label.get('safe_at')) ? hazards.map(rule => ({ rule, speaks: false })) : [];
}
