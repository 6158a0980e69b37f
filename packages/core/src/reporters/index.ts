import type { Reporter } from './reporter.ts';

export { oneLine } from './escape.ts';
export type { ReportContext, Reporter } from './reporter.ts';
export { active, byReason, count, reaches, summary } from './summary.ts';

/** The reporters by name. Each is loaded when it is asked for: `json` does without the library of `pretty`. */
export const reporters = {
  github: () => import('./github.ts').then(module => module.github),
  json: () => import('./json.ts').then(module => module.json),
  pretty: () => import('./pretty.ts').then(module => module.pretty),
} as const satisfies Record<string, () => Promise<Reporter>>;

export type ReporterName = keyof typeof reporters;
