import type { Tenancy } from '../report.ts';
import { oneLine } from './escape.ts';
import type { Colors } from './reporter.ts';
import { count } from './summary.ts';
import { wrap } from './wrap.ts';

/** Ways that are shown; the JSON report has them all. */
const most = 16;

/** The tenant, each model's way to it, and the models that have none. */
export function tenancyLines(tenancy: Tenancy | null, width: number, colors: Colors): readonly string[] {
  if (typeof tenancy?.tenant !== 'string') return [];
  const { tenant, inferred } = tenancy;
  const others = tenancy.paths.filter(({ model }) => model !== tenant);
  const ways = others.flatMap(({ model, path }) =>
    path ? [`${oneLine(model)} (${path.map(oneLine).join(' → ')})`] : [],
  );
  const without = others.filter(({ path }) => path === null).map(({ model }) => oneLine(model));
  const source = inferred ? ', as inferred from the relations; name it with `tenant` in the config' : '';
  const list = (words: readonly string[]): readonly string[] => {
    const more = words.length - most;
    const shown = more > 0 ? [...words.slice(0, most), `and ${String(more)} more`] : words;
    return wrap(shown, width - 4).map(line => colors.dim(`    ${line}`));
  };
  return [
    `${colors.bold('Tenant')} \`${oneLine(tenant)}\`${source}`,
    `  ${count(ways.length, 'model')} lead${ways.length === 1 ? 's' : ''} to it`,
    ...list(ways),
    ...(without.length > 0
      ? [`  ${count(without.length, 'model')} without a required way to it`, ...list(without)]
      : []),
  ];
}
