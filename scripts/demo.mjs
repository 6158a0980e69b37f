// Audits examples/finance as a build would, and says how that build would have ended.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('../packages/migrate-lint/bundle/bin.cjs', import.meta.url));
const cwd = fileURLToPath(new URL('../examples/finance/', import.meta.url));
const command = ['check', '--no-since', '--only', 'schema,database,drift,history', '--schema', 'prisma/schema.prisma'];

// A crash of node ends with 1 like a build that findings stop; only an audit that came to its end writes a report.
const directory = mkdtempSync(join(tmpdir(), 'migrate-lint-demo-'));
const report = join(directory, 'report.json');
try {
  console.log(`examples/finance $ migrate-lint ${command.join(' ')}\n`);
  const args = [bin, ...command, '--format', 'pretty', '--format', 'json', '--output', report];
  // The audit has the terminal to itself: colours and progress are as they will be for a user.
  const { status, signal, error } = spawnSync(process.execPath, args, { cwd, stdio: 'inherit' });
  if (status === 1 && existsSync(report)) {
    console.log('\nA build would have failed here with exit code 1. That is what this demo shows, so it ends with 0.');
  } else {
    const end = error?.message ?? (signal === null ? `exit code ${status}` : `signal ${signal}`);
    const without = existsSync(report) ? '' : ' and without a report';
    console.error(`\nThe demo expects findings (exit code 1), but the audit ended with ${end}${without}.`);
    process.exitCode = 1;
  }
} finally {
  rmSync(directory, { recursive: true, force: true });
}
