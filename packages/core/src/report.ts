import type { Lock } from './facts/locks.ts';
import type { Location } from './facts/span.ts';
import type { Category, Level } from './rule.ts';

/** What an audit says: the JSON contract, docs/report.schema.json. The same input gives the same bytes. */
export interface Report {
  readonly version: 1;
  /** By file, offset and rule. */
  readonly findings: readonly Finding[];
  /** One entry for every rule that ran: what was verified. */
  readonly checks: readonly Check[];
  /** Rules that could not run; a check that could not run is never a pass. */
  readonly skipped: readonly Skipped[];
  /** Each model's way to the tenant, if there is one; null where the schema was not looked at. */
  readonly tenancy: Tenancy | null;
  readonly scores: Scores;
  /** What the migrations that are not applied lock; there only when it was asked for. */
  readonly locks?: readonly ReportedLock[];
}

/** One lock of one statement, on a table that was there before its migration. */
export interface ReportedLock extends Lock {
  /** `folder#3` */
  readonly statement: string;
  readonly location: Location;
}

export interface Finding {
  /** The project's directory, relative to the working directory. */
  readonly project: string;
  readonly rule: string;
  readonly level: Level;
  readonly category: Category;
  readonly subject: string;
  readonly message: string;
  /** Null for what has no file, as in a live database. */
  readonly location: Location | null;
  readonly related: readonly { readonly message: string; readonly location: Location }[];
  readonly fix: ReportedFix | null;
  /** One SELECT that finds the rows on which the statement would fail. */
  readonly precheck: string | null;
  readonly docs: string;
  /** Of rule and subject: it outlives moved lines. */
  readonly fingerprint: string;
  /** Why it does not count, if it does not. */
  readonly suppressed: { readonly by: 'comment' | 'baseline'; readonly reason: string } | null;
}

export interface ReportedFix {
  readonly title: string;
  readonly safety: 'safe' | 'unsafe';
  readonly sql: string | null;
  readonly edits: readonly { readonly location: Location; readonly text: string }[];
}

export interface Check {
  readonly rule: string;
  readonly subjects: number;
  readonly findings: number;
}

export interface Skipped {
  readonly rule: string;
  readonly reason: string;
}

export interface Scores {
  /** 0 to 100; null when nothing was checked. */
  readonly overall: number | null;
  readonly categories: Readonly<Partial<Record<Category, number>>>;
}

/** How each model belongs to the tenant. */
export interface Tenancy {
  readonly tenant: string | null;
  readonly inferred: boolean;
  /** The relation fields, or the columns that are keys without one, from the model to the tenant; null where there is no way. */
  readonly paths: readonly { readonly model: string; readonly path: readonly string[] | null }[];
}
