import type { Catalog, DatabaseFunction, Migrations, Routine, Span } from '@migrate-lint/core';
import type { BodyFault } from './doubts.ts';
import { Scope } from './body.ts';
import { readBody } from './plpgsql.ts';
import type { RoutineData } from './routines.ts';

/** The functions of a catalog with what their bodies do, and what Postgres refused in them. */
export function routinesOf(
  catalog: Catalog,
  refused: readonly RoutineData[],
  migrations: Pick<Migrations, 'migrations'> | undefined,
): readonly Routine[] {
  const faults = new Map(refused.map(one => [key(one), one.faults]));
  return catalog.functions
    .filter(({ language, body }) => (language === 'plpgsql' || language === 'sql') && body !== '')
    .map(each => {
      const asked = faults.get(key(each));
      const found = asked ?? [];
      const { returns, raises, assigned, dynamic, words, fields } = readBody(
        each.language === 'plpgsql' ? each.body : '',
        new Scope(),
      );
      return {
        path: `${each.path}(${each.arguments})`,
        function: each,
        faults: found.map(({ start, end, ...fault }) => ({
          ...fault,
          span: placeOf(each, start, end, migrations),
        })),
        corrected: corrected(each, found),
        dynamic,
        unread: asked === undefined,
        raises,
        returns,
        assigned,
        words,
        fields,
      };
    });
}

function key({ schema, name, arguments: signature }: Pick<DatabaseFunction, 'schema' | 'name' | 'arguments'>): string {
  return JSON.stringify([schema, name, signature]);
}

/** Within the statement that made the function where its body is found in it word for word. */
function placeOf(
  { body, span }: DatabaseFunction,
  start: number,
  end: number,
  migrations: Pick<Migrations, 'migrations'> | undefined,
): Span | null {
  const made = migrations?.migrations.findLast(({ text }) => text.includes(body));
  if (!made) return span;
  const at = made.text.lastIndexOf(body);
  return { file: made.file, start: at + start, end: at + end };
}

function corrected({ definition, body }: DatabaseFunction, faults: readonly BodyFault[]): string | undefined {
  if (faults.length === 0 || faults.some(({ correction }) => correction === null)) return undefined;
  const at = definition.lastIndexOf(body);
  if (at === -1) return undefined;
  let text = body;
  for (const { start, end, correction } of [...faults].sort((a, b) => b.start - a.start)) {
    text = text.slice(0, start) + (correction ?? '') + text.slice(end);
  }
  return definition.slice(0, at) + text + definition.slice(at + body.length);
}
