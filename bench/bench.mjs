// `npm run bench`: what the tool costs, as ratios of whole processes measured in turn, so that a slow minute slows both sides.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from '@migrate-lint/core/folders';
import { historyOf, schemaOf, writeHistory } from './projects.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const require = createRequire(import.meta.url);
const cli = join(root, 'packages/migrate-lint/bundle/bin.cjs');
const runs = Number(process.env.BENCH_RUNS ?? 5);
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'migrate-lint-bench-')));

/** Milliseconds of a whole process; it must end with the exit code that is expected of it. */
function time(args, { cwd, env = {}, exit = 0 }) {
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, args, {
    cwd,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    // What is printed is thrown away: a buffer would cut off who prints megabytes, and reading them here takes longer than printing.
    stdio: ['ignore', 'ignore', 'pipe'],
    maxBuffer: Infinity,
  });
  const taken = Number(process.hrtime.bigint() - start) / 1e6;
  if (![exit].flat().includes(status))
    throw new Error(`${args.join(' ')} ended with ${status}, not ${exit}\n${stderr}`);
  return taken;
}

const median = values => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** Two commands in turn, after one run of each that does not count. */
function pair(first, second) {
  first();
  second();
  const [a, b] = [[], []];
  for (let run = 0; run < runs; run += 1) {
    a.push(first());
    b.push(second());
  }
  return {
    first: median(a),
    second: median(b),
    ratio: median(a.map((value, index) => value / b[index])),
    difference: median(a.map((value, index) => value - b[index])),
  };
}

/** What all rules of a group take when a process runs them for the first time, on more and more of what they look at. */
function curve(group, things, limit) {
  // The first keeps the compiled code.
  rulesOn(group, 300);
  const points = [300, 1000, 3000].map(count => {
    const taken = Array.from({ length: Math.max(3, runs) }, () => rulesOn(group, count).milliseconds);
    return { count, milliseconds: median(taken) };
  });
  const [{ milliseconds: first }, , last] = points;
  const shown = points.map(({ count, milliseconds }) => `${count} in ${Math.round(milliseconds)} ms`).join(', ');
  console.log(
    `rules of ${group}/, ${things.padEnd(13)} ${shown}  ${verdict(first <= limit, `${limit} ms on 300`)}; 10 x the ${things} take ${(last.milliseconds / first).toFixed(1)} x the time`,
  );
}

function rulesOn(group, count) {
  const args = ['--expose-gc', join(root, 'bench/rules.mjs'), group, String(count)];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${args.join(' ')}\n${stderr}`);
  return JSON.parse(stdout);
}

/**
 * The linter of migrations beside squawk (`SQUAWK=<its command>`), both as a project runs them, on a history (`HISTORY=<a folder with
 * prisma/schema.prisma and prisma/migrations>`) or on the one that is made here.
 */
function besideSquawk(project) {
  const squawk = process.env.SQUAWK;
  const history = process.env.HISTORY ?? project;
  const lint = (...more) =>
    time([cli, 'check', '--only', 'migration', '--no-since', '--fail-on', 'critical', ...more], {
      cwd: history,
      exit: [0, 1],
    });
  if (squawk === undefined) {
    lint('--no-cache');
    console.log(`lint of the migrations     ${seconds(lint('--no-cache'))}; SQUAWK=<its command> compares`);
    return;
  }
  const files = readdirSync(join(history, 'prisma/migrations'), { recursive: true })
    .filter(file => file.endsWith('migration.sql'))
    .map(file => join(history, 'prisma/migrations', file));
  const theirs = () => time([squawk, ...files], { cwd: history, exit: [0, 1] });
  const cold = pair(() => lint('--no-cache'), theirs);
  const warm = pair(() => lint(), theirs);
  const first = pair(() => {
    forgetCode(history);
    return lint('--no-cache');
  }, theirs);
  console.log(
    `lint, ${files.length} migrations, cold  ${seconds(cold.first)}, squawk ${seconds(cold.second)}: ratio ${cold.ratio.toFixed(2)}  ${verdict(cold.ratio <= 2, '2')}`,
  );
  console.log(
    `lint, nothing changed        ${seconds(warm.first)}, squawk ${seconds(warm.second)}: ratio ${warm.ratio.toFixed(2)}  ${verdict(warm.ratio < 1, '1')}`,
  );
  console.log(
    `lint, first run of all       ${seconds(first.first)}, squawk ${seconds(first.second)}: ratio ${first.ratio.toFixed(2)}  no limit: it also compiles the tool and keeps that`,
  );
}

/** As behind an install: the code that V8 has made of the tool is gone. */
function forgetCode(project) {
  const kept = cacheFolder(project);
  for (const name of readdirSync(kept)) if (name.startsWith('code-')) rmSync(join(kept, name));
}

const seconds = milliseconds => `${(milliseconds / 1000).toFixed(2)} s`;
const verdict = (holds, limit) => `${holds ? 'ok' : 'TOO SLOW'} (at most ${limit})`;

try {
  writeHistory(folder, historyOf(800, 80));
  const migrations = join(folder, 'prisma/migrations');

  const cold = pair(
    () => time([cli, 'drift', '--no-cache'], { cwd: folder }),
    () => time([join(root, 'bench/floor.mjs'), migrations], { cwd: root }),
  );
  console.log(
    `cold drift, 800 migrations   ${seconds(cold.first)}, floor ${seconds(cold.second)}: ratio ${cold.ratio.toFixed(2)}  ${verdict(cold.ratio <= 1.3, '1.3')}`,
  );

  const warm = pair(
    () => time([cli, 'drift'], { cwd: folder }),
    () => time(['--eval', ''], { cwd: folder }),
  );
  console.log(
    `warm drift, nothing changed  ${seconds(warm.first)}, empty node ${seconds(warm.second)}: ratio ${warm.ratio.toFixed(1)}  ${verdict(warm.first <= 500, '0.5 s')}`,
  );

  besideSquawk(folder);

  const generate = generator => {
    const at = join(folder, generator);
    mkdirSync(join(at, 'prisma'), { recursive: true });
    const provider = {
      audit: join(root, 'packages/generator-audit/bundle/bin.cjs'),
      nothing: join(root, 'bench/noop-generator.mjs'),
    }[generator];
    const block = `generator ${generator} {\n  provider = "node ${provider}"\n}\n\n`;
    writeFileSync(join(at, 'prisma/schema.prisma'), schemaOf(300, block));
    const prisma = join(dirname(require.resolve('prisma7/package.json')), 'build/index.js');
    const env = {
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: 'true',
      CHECKPOINT_DISABLE: '1',
    };
    return () => time([prisma, 'generate', '--schema', 'prisma/schema.prisma'], { cwd: at, env });
  };
  const generator = pair(generate('audit'), generate('nothing'));
  console.log(
    `prisma generate, 300 models  ${seconds(generator.first)}, no-op generator ${seconds(generator.second)}: ${Math.round(generator.difference)} ms more  ${verdict(generator.difference <= 150, '150 ms')}`,
  );

  curve('schema', 'models', 60);
  curve('database', 'tables', 100);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
