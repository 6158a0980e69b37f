// `node bench/rules.mjs <schema|database> <count>`: milliseconds that all rules of the group take on so many models or tables, once, in a
// process that has not run them before. What they read is built beforehand. They are bundled as in the commands, which keep compiled code for the
// next process: the first run behind a build takes half as long again, and does not count.
import { mkdtempSync, mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadCompiled } from '@migrate-lint/core/compiled-code';
import { bundledRules } from './rules/bundled.mjs';
import { loadOwnModules, optimizeLate, preferBaselineWasm } from '@migrate-lint/core/v8';

// As both commands do, before they load anything.
loadOwnModules(['child_process', 'crypto', 'fs/promises', 'process']);
preferBaselineWasm();
optimizeLate();
const compiled = loadCompiled(bundledRules(), 'bench');
const { audit, generator, lint } = compiled.exports;

const [group, size] = process.argv.slice(2);
const count = Number(size);
const ends = '\n}\n';

/** Models of the kinds that the rules ask about: money, states, texts, lists, logs, a tenant; every tenth has what they find. */
function schemaOf(models) {
  const each = Array.from({ length: models }, (_, at) => {
    const children = [2 * at, 2 * at + 1].filter(child => child > at && child < models);
    return [
      `model ${nameOf(at)} {`,
      '  id String @id @default(dbgenerated("gen_random_uuid()")) @db.Uuid',
      `  state State${at % 20} @default(OPEN)`,
      '  price Decimal @default(0) @db.Decimal(19, 4)',
      '  title String @db.VarChar(200)',
      '  description String?',
      '  active Boolean @default(true)',
      '  data Json?',
      '  startsAt DateTime @default(now()) @db.Timestamptz(3)',
      '  createdAt DateTime @default(now()) @db.Timestamptz(3)',
      '  updatedAt DateTime @default(now()) @updatedAt @db.Timestamptz(3)',
      ...(at % 10 === 0 ? flaws : []),
      ...(at > 0
        ? [
            '  parentId String @db.Uuid',
            `  parent ${nameOf(at >> 1)} @relation("tree${at}", fields: [parentId], references: [id], onDelete: Restrict)`,
          ]
        : []),
      ...children.map(child => `  children${child} ${nameOf(child)}[] @relation("tree${child}")`),
      ...(at > 0 ? ['  @@index([parentId])', '  @@unique([title, parentId])'] : []),
      `  @@map("table_${at}")${ends}`,
    ].join('\n');
  });
  const enums = Array.from({ length: 20 }, (_, at) => `enum State${at} {\n  OPEN\n  CLOSED\n  LOST${ends}`);
  return `datasource db {\n  provider = "postgresql"${ends}\n${each.join('\n')}\n${enums.join('\n')}`;
}

const flaws = [
  '  email String @unique',
  '  status String @default("open") // open, closed',
  '  rate Decimal?',
  '  amount Float?',
  '  apiSecret String?',
  '  tags String[]',
  '  deletedAt DateTime?',
  '  ownerId String? @db.Uuid',
  '  isAdmin Boolean? @default(true)',
  '  @@index([status])',
  '  @@index([email])',
];

function nameOf(at) {
  return at % 9 === 0 ? `Audit${at}Log` : `Table${at}`;
}

function sqlOf(tables) {
  const each = Array.from({ length: tables }, (_, at) => {
    const name = tableName(at);
    const flawed = at % 10 === 0;
    return `CREATE TABLE ${name} (id uuid PRIMARY KEY, tenant_id uuid NOT NULL, parent_id uuid REFERENCES ${tableName(at >> 1)}(id),
  email text, state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'closed')), amount numeric(19, 4) NOT NULL CHECK (amount >= 0), data jsonb,
  starts_at timestamptz, ends_at timestamptz${flawed ? ', price double precision, made_at timestamp, notes json, status text, api_secret text' : ''}, CHECK (starts_at < ends_at));
CREATE INDEX ON ${name} (tenant_id, email);
${flawed ? `CREATE INDEX ON ${name} (tenant_id);` : `CREATE INDEX ON ${name} (parent_id);`}
ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON ${name} USING (tenant_id = (SELECT current_setting('app.tenant')::uuid));
${flawed ? `CREATE POLICY all_rows ON ${name} FOR UPDATE USING (true);` : ''}
CREATE FUNCTION touch_${at}() RETURNS trigger LANGUAGE plpgsql ${flawed ? '' : 'SET search_path = public'} AS $$ BEGIN
  IF NEW.state = 'closed' THEN UPDATE ${name} SET ends_at = now() WHERE id = NEW.id AND tenant_id = NEW.tenant_id; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER touch BEFORE UPDATE ON ${name} FOR EACH ROW EXECUTE FUNCTION touch_${at}();
CREATE VIEW view_${at} ${flawed ? '' : 'WITH (security_invoker = true)'} AS SELECT id, email FROM ${name};`;
  });
  return each.join('\n');
}

function tableName(at) {
  return at % 9 === 0 ? `payment_${at}_log` : `thing_${at}`;
}

const rules = [...generator.rules, ...lint.rules].filter(({ id }) => id.startsWith(`${group}/`));
// As for a project: the options are read with the configuration, before anything else.
const options = new Map(rules.map(rule => [rule, rule.options?.parse({})]));

/** The rules of the group on these facts. */
async function run(sources, project) {
  const settings = {
    level: rule => rule.level,
    enabled: () => true,
    options: rule => options.get(rule),
    baseline: new Map(),
  };
  return audit({ rules, sources, project, settings, today: '2026-01-01' });
}

const cwd = realpathSync(mkdtempSync(join(tmpdir(), 'migrate-lint-bench-')));
try {
  const migrations = join(cwd, 'prisma/migrations/20260101000000_init');
  mkdirSync(migrations, { recursive: true });
  writeFileSync(join(cwd, 'prisma/migrations/migration_lock.toml'), 'provider = "postgresql"\n');
  writeFileSync(join(migrations, 'migration.sql'), group === 'database' ? sqlOf(count) : '');
  writeFileSync(join(cwd, 'prisma/schema.prisma'), schemaOf(group === 'schema' ? count : 1));
  const project = {
    cwd,
    schemaPath: join(cwd, 'prisma/schema.prisma'),
    migrationsPath: join(cwd, 'prisma/migrations'),
    externalTables: [],
  };
  const sources = { ...generator.sources, ...lint.sources };
  const names =
    group === 'schema'
      ? ['validation', 'schema']
      : ['validation', 'schema', 'database', 'code', 'migrations', 'comparison'];
  const known = {};
  const first = await audit({
    rules: [],
    sources,
    project,
    settings: { baseline: new Map() },
    today: '2026-01-01',
  });
  for (const name of names) {
    const fact = await first.fact(name);
    known[name] = () => Promise.resolve(fact);
  }
  // The history is parsed when the first place is asked for, once for all groups.
  (await known.migrations?.())?.lastTouch('table', 'none');
  // What reading left behind is not the rules' to clear up.
  globalThis.gc?.();
  const start = performance.now();
  const { report } = await run(known, project);
  const taken = performance.now() - start;
  if (report.skipped.length > 0) throw new Error(`${report.skipped[0].rule}: ${report.skipped[0].reason}`);
  compiled.keep();
  console.log(JSON.stringify({ milliseconds: taken, rules: report.checks.length, findings: report.findings.length }));
} finally {
  rmSync(cwd, { recursive: true, force: true });
}
