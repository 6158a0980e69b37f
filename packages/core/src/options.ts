import type { AnyRule } from './rule.ts';

/** What zod has for an option, as far as we read it; zod itself is loaded by those rules alone that have options. */
export interface OptionSchema {
  readonly description?: string | undefined;
  safeParse(value: unknown): { readonly error?: unknown };
}

/** The options of a rule by name; undefined where it has none, or where its schema is not an object's. */
export function optionShape(rule: AnyRule): Readonly<Record<string, OptionSchema>> | undefined {
  return (rule.options as { readonly shape?: Readonly<Record<string, OptionSchema>> } | undefined)?.shape;
}
