import type { z } from 'zod';
import type { FactName, Facts } from './facts/index.ts';
import type { Span } from './facts/span.ts';

export const levels = ['critical', 'high', 'medium', 'low'] as const;
export type Level = (typeof levels)[number];

export const categories = ['integrity', 'performance', 'security', 'migrations', 'lifecycle', 'conventions'] as const;
export type Category = (typeof categories)[number];

/** A change to a file. `start` and `end` are UTF-16 offsets of the text to replace. */
export interface Edit extends Span {
  readonly text: string;
}

export interface Fix {
  /** Imperative: what it does. */
  readonly title: string;
  /** `safe`: no data is lost, no behaviour changes but the one that was wrong. */
  readonly safety: 'safe' | 'unsafe';
  /** Changes to files that are not applied migrations. */
  readonly edits?: readonly Edit[] | undefined;
  /** Statements for a new migration. */
  readonly sql?: string | undefined;
}

export interface Related {
  readonly message: string;
  readonly span: Span;
}

/** What a rule says of one subject. The message is one sentence. */
export interface Problem {
  /** Null where no file holds the object, as in a live database. */
  readonly span: Span | null;
  readonly message: string;
  readonly related?: readonly Related[] | undefined;
  readonly fix?: Fix | undefined;
  /** One SELECT that finds the rows on which the statement would fail, for whoever may look at the real data. */
  readonly precheck?: string | undefined;
  /** Where this one is not as bad as the rule's others, or worse; another level that the configuration sets counts for all. */
  readonly level?: Level | undefined;
  /** For a second problem of the same subject: what makes its path different. */
  readonly aspect?: string | undefined;
}

export interface Subject {
  /** Stable name such as `Post.author` or `posts.author_id`; the fingerprint is made of it. */
  readonly path: string;
}

export interface RuleDocs {
  /** One line. */
  readonly summary: string;
  /** Markdown: what happens in production, and why the level. */
  readonly why: string;
  readonly bad: string;
  readonly good: string;
  /** The options with which the examples are run, where the defaults say nothing or too little. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** Cases in which the rule is silent on purpose. */
  readonly guards?: readonly string[];
}

export interface Rule<
  Needs extends FactName = FactName,
  Uses extends FactName = FactName,
  Item extends Subject = Subject,
  Options = unknown,
> {
  /** `group/noun-of-the-problem`. */
  readonly id: string;
  readonly level: Level;
  readonly category: Category;
  /** Off in the preset `recommended`, on in `strict`. */
  readonly optIn?: boolean;
  /** Rules whose finding at the place of a critical one of this rule would say the same, and less: it is left out. */
  readonly outdoes?: readonly string[];
  /** The rule is skipped, and the report says so, when one of these cannot be built. */
  readonly needs: readonly Needs[];
  /** Read when they are there, undefined otherwise. */
  readonly uses?: readonly Uses[];
  readonly options?: z.ZodType<Options>;
  readonly docs: RuleDocs;
  /** Everything that the rule looks at. Throws `FactUnavailable` where a fact is there and lacks what the rule asks it for: the rule is skipped. */
  subjects(facts: RuleFacts<Needs, Uses>, options: Options): Iterable<Item>;
  check(subject: Item, facts: RuleFacts<Needs, Uses>, options: Options): Problem | readonly Problem[] | undefined;
}

export type RuleFacts<Needs extends FactName, Uses extends FactName> = Pick<Facts, Needs> & Partial<Pick<Facts, Uses>>;

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a rule is contravariant in its facts, subject and options; only the engine, which built them, calls it
export type AnyRule = Rule<any, any, any, any>;

/** An identity function that infers the types: a fact that is not named in `needs` or `uses` does not compile. */
export function defineRule<
  const Needs extends FactName,
  Item extends Subject,
  const Uses extends FactName = never,
  Options = undefined,
>(rule: Rule<Needs, Uses, Item, Options>): Rule<Needs, Uses, Item, Options> {
  return rule;
}
