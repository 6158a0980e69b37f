import { parseStatements, SqlSyntaxError } from '../migrations/parser.ts';
import { Scope, type Body, type Piece } from './body.ts';
import type { RoutineRow } from './routine-query.ts';
import { nameAt } from './statement-check.ts';

/** What a trigger function is told. */
const ofTriggers: Readonly<Record<string, string>> = {
  tg_name: 'name',
  tg_when: 'text',
  tg_level: 'text',
  tg_op: 'text',
  tg_relid: 'oid',
  tg_relname: 'name',
  tg_table_name: 'name',
  tg_table_schema: 'name',
  tg_nargs: 'integer',
  tg_argv: 'text[]',
  tg_event: 'text',
  tg_tag: 'text',
};
/** The variables that a body starts with. */
export function parametersOf({ parameters, language, returns }: RoutineRow): Scope {
  const scope = new Scope();
  const outputs = language === 'sql' ? ['o', 't'] : [];
  for (const parameter of parameters) {
    if (parameter.name !== '' && !outputs.includes(parameter.mode)) scope.types.set(parameter.name, parameter.type);
  }
  if (language === 'sql') return scope;
  scope.types.set('found', 'boolean');
  if (!returns.endsWith('trigger')) return scope;
  for (const [each, type] of Object.entries(ofTriggers)) scope.types.set(each, type);
  for (const row of ['new', 'old']) scope.types.set(row, 'record');
  return scope;
}

/** The statements of an SQL function. */
export function sqlBody(text: string, scope: Scope): Body {
  const body = {
    returns: [],
    assigned: [],
    raises: false,
    dynamic: false,
    labels: new Set<string>(),
    words: new Set<string>(),
    fields: new Set<string>(),
  };
  try {
    const pieces = parseStatements(text).map(({ start, end, node }): Piece => {
      const kind = /^(?:Select|Insert|Update|Delete|Merge)Stmt$/.test(Object.keys(node)[0] ?? '') ? 'query' : 'utility';
      return { kind, parts: [{ start, end }], scope, handled: [], target: [] };
    });
    return { ...body, pieces };
  } catch (error) {
    if (error instanceof SqlSyntaxError) return { ...body, pieces: [] };
    throw error;
  }
}

/** The tables of what cannot be prepared and works on tables that have to be there. */
export function tablesOfUtility(body: string, { parts }: Piece): readonly Piece['parts'][] {
  const [part] = parts;
  if (typeof part !== 'object') return [];
  const text = body.slice(part.start, part.end);
  const head =
    /^(?:truncate(?:\s+table)?(?:\s+only)?|refresh\s+materialized\s+view(?:\s+concurrently)?|lock\s+table(?:\s+only)?)\s+/i.exec(
      text,
    );
  if (!head) return [];
  const start = part.start + head[0].length;
  return [['SELECT FROM ', { start, end: start + nameAt(body, start).text.length }]];
}
