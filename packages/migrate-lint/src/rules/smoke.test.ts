import { test, expect } from '@jest/globals';
import { pooledTesting } from '../testing-pool.ts';
const { auditOf } = await pooledTesting();
import { rules } from './index.ts';
test('smoke', async () => {
  let t = Date.now();
  for (const rule of rules) {
    t = Date.now();
    const parts = (text: string) => {
      const out: Record<string,string> = {}; let cur = 'migration.sql';
      for (const line of text.split('\n')) {
        const m = /^(?:\/\/|--) (schema\.prisma|migration\.sql|unmanaged\.json|prisma\.config\.ts)$/.exec(line);
        if (m) cur = m[1]!; else out[cur] = (out[cur] ?? '') + line + '\n';
      }
      return out;
    };
    for (const which of ['bad','good'] as const) {
      const p = parts(rule.docs[which]);
      const a = await auditOf({ schema: p['schema.prisma'] ?? 'model X {\n id Int @id\n}\n', migrations: { '1_init': p['migration.sql']! }, ...(p['unmanaged.json'] ? { manifest: p['unmanaged.json'] } : {}), externalTables: [...(p['prisma.config.ts'] ?? '').matchAll(/'([^']+)'/g)].map(m => m[1]!) }, rules);
      console.log(rule.id, which, Date.now() - t, JSON.stringify(a.report.skipped), JSON.stringify(a.report.findings.map(f => [f.rule, f.subject, f.message, f.location, f.related, f.fix]), null, 1));
    }
  }
  expect(1).toBe(1);
}, 200000);
