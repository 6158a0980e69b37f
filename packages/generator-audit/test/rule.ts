import { applyFixes, type AnyRule, type Fix, type Problem, type Provider, type Subject } from '@migrate-lint/core';
import { testRule } from '@migrate-lint/core/testing';
import { buildSchema } from '../src/source/build.ts';
import { validate } from '../src/source/validate.ts';

interface Setting {
  readonly provider?: Provider;
  readonly relationMode?: 'prisma';
  readonly options?: Readonly<Record<string, unknown>>;
}

/** What a rule says of models, as `subject: message`. */
export function say(rule: AnyRule, models: string, setting: Setting = {}): readonly string[] {
  const { options = {} } = setting;
  return testRule(rule, { facts: { schema: schemaOf(models, setting) }, options }).map(
    ({ subject, message }) => `${subject}: ${message}`,
  );
}

/** The subjects of which a rule says something. */
export function flagged(rule: AnyRule, models: string, setting: Setting = {}): readonly string[] {
  const { options = {} } = setting;
  return testRule(rule, { facts: { schema: schemaOf(models, setting) }, options }).map(({ subject }) => subject);
}

export function fixesOf(rule: AnyRule, models: string, setting: Setting = {}): readonly Fix[] {
  const facts = { schema: schemaOf(models, setting) };
  const options: unknown = rule.options?.parse(setting.options ?? {});
  return [...(rule.subjects(facts, options) as Iterable<Subject>)].flatMap(subject =>
    ([rule.check(subject, facts, options) ?? []].flat() as readonly Problem[]).flatMap(({ fix }) => fix ?? []),
  );
}

/**
 * The models after all fixes of the rule at once. Fails where the result is no valid schema, or where the rule still has a
 * fix for it, which would change it again on a second run.
 */
export async function fixed(rule: AnyRule, models: string, setting: Setting = {}): Promise<string> {
  // Two fixes may move the same lines; the one that is left out comes with the next run, as it does on the command line.
  let text = models;
  for (let runs = 0; runs < 10; runs += 1) {
    const files = new Map([
      ['schema.prisma', { path: 'schema.prisma', text, language: 'prisma' as const, blocks: [] }],
    ]);
    const { texts, applied } = applyFixes(fixesOf(rule, text, setting), files);
    if (applied.length === 0) break;
    text = texts.get('schema.prisma') ?? text;
  }
  const { files } = await validate([{ path: 'schema.prisma', text: `${text}\n${datasource(setting)}` }]);
  const [error] = files.flatMap(({ errors }) => errors);
  if (error) throw new Error(`The fix makes an invalid schema: ${error.message}\n${text}`);
  const left = flagged(rule, text, setting);
  if (left.length > 0) throw new Error(`The fix leaves ${left.join(', ')}:\n${text}`);
  return text;
}

export function schemaOf(models: string, setting: Setting = {}) {
  return buildSchema([{ path: 'schema.prisma', text: `${models}\n${datasource(setting)}` }]);
}

/** Behind the models, so that offsets are those of the models. */
function datasource({ provider = 'postgresql', relationMode }: Setting): string {
  const mode = relationMode === undefined ? '' : `  relationMode = "${relationMode}"\n`;
  return `datasource db {\n  provider = "${provider}"\n${mode}}\n`;
}
