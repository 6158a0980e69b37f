import type { DatabaseFunction } from '@migrate-lint/core';
import type { FuncCall, Node } from 'libpg-query';
import { nextToken } from '../migrations/clauses.ts';
import { all, as, strings } from '../migrations/nodes.ts';
import { parseStatements, SqlSyntaxError } from '../migrations/parser.ts';

/**
 * The parameters of a PL/pgSQL function that reach an EXECUTE as a piece of SQL: text that is neither quoted, bound with USING nor
 * compared with what it may be. `loadParser()` comes first.
 */
export function injectedParameters(routine: DatabaseFunction): readonly string[] {
  const { language, body } = routine;
  if (language !== 'plpgsql' || !/\bexecute\b/i.test(body)) return [];
  const { executed, assigned } = statementsIn(body);
  const reached = new Set<string>();
  const open = executed.flatMap(rawNames);
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    for (const { target, value } of assigned) if (target === name) open.push(...rawNames(value));
  }
  return textParameters(routine.arguments).filter(name => reached.has(name) && !isChecked(name, body));
}

interface Assignment {
  readonly target: string;
  readonly value: string;
}

/** Behind these words of PL/pgSQL a new statement or declaration starts. */
const leads = /^(?:begin|then|else|loop|declare)$/i;
const ends = /^(?:into|using|loop|strict)$/i;

/** The expressions that are executed, and those that variables are set to. */
function statementsIn(body: string): { executed: readonly string[]; assigned: readonly Assignment[] } {
  const executed: string[] = [];
  const assigned: Assignment[] = [];
  for (const words of pieces(body)) {
    const text = (from: number, to = words.length): string =>
      body.slice(words[from]?.start ?? 0, words[to - 1]?.end ?? body.length);
    const from = words.findIndex(({ text }) => /^execute$/i.test(text));
    if (from !== -1 && !/^(?:grant|revoke|create)$/i.test(words[0]?.text ?? '')) {
      const to = words.findIndex(({ text, depth }, at) => at > from && depth === 0 && ends.test(text));
      if (words.length > from + 1) executed.push(text(from + 1, to === -1 ? words.length : to));
      continue;
    }
    const sign = words.findIndex(({ text, depth }, at) => depth === 0 && text === '=' && words[at - 1]?.text === ':');
    const start = 1 + words.findLastIndex(({ text }, at) => (sign === -1 || at < sign) && leads.test(text));
    const equals = sign === -1 && words[start + 1]?.text === '=' ? start + 1 : sign;
    const initial = words.findIndex(({ text }, at) => at > start && /^default$/i.test(text));
    const value = 1 + (equals === -1 ? initial : equals);
    if (value > 0 && value < words.length)
      assigned.push({ target: fold(words[start]?.text ?? ''), value: text(value) });
  }
  return { executed, assigned };
}

interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly depth: number;
}

/** The tokens between semicolons. */
function pieces(body: string): readonly (readonly Word[])[] {
  const found: Word[][] = [[]];
  let depth = 0;
  for (let token = nextToken(body, 0); token; token = nextToken(body, token.end)) {
    if (token.first === ')' || token.first === ']') depth -= 1;
    if (token.first === ';') found.push([]);
    else found.at(-1)?.push({ text: body.slice(token.start, token.end), start: token.start, end: token.end, depth });
    if (token.first === '(' || token.first === '[') depth += 1;
  }
  return found;
}

/** Names of variables that stand in the text of an expression's value as they are. */
function rawNames(expression: string): string[] {
  try {
    const [statement] = parseStatements(`SELECT ${expression}`);
    const [target] = all('ResTarget', as('SelectStmt', statement?.node)?.targetList);
    return [...raw(target?.val)];
  } catch (error) {
    if (error instanceof SqlSyntaxError) return [];
    throw error;
  }
}

const quoting: readonly string[] = ['quote_ident', 'quote_literal', 'quote_nullable'];
/** These give text that is made of their arguments' text. */
const passing: readonly string[] = [
  ...[
    'concat',
    'concat_ws',
    'replace',
    'trim',
    'btrim',
    'ltrim',
    'rtrim',
    'lower',
    'upper',
    'left',
    'right',
    'substring',
  ],
  ...['substr', 'array_to_string', 'split_part'],
];

function raw(node: Node | undefined): readonly string[] {
  const column = as('ColumnRef', node);
  if (column) return strings(column.fields).slice(-1);
  const parameter = as('ParamRef', node);
  if (parameter) return [`$${String(parameter.number ?? 0)}`];
  const operation = as('A_Expr', node);
  if (operation) {
    const operator = strings(operation.name).at(-1) ?? '';
    if (operator === '||') return [...raw(operation.lexpr), ...raw(operation.rexpr)];
    return operator === '->>' || operator === '#>>' ? raw(operation.lexpr) : [];
  }
  const cast = as('TypeCast', node);
  if (cast) return isText(strings(cast.typeName?.names).at(-1) ?? '') ? raw(cast.arg) : [];
  const call = as('FuncCall', node);
  if (call) return rawOfCall(call);
  const choice = as('CaseExpr', node);
  if (choice) return [...all('CaseWhen', choice.args).flatMap(({ result }) => raw(result)), ...raw(choice.defresult)];
  return (as('CoalesceExpr', node)?.args ?? []).flatMap(raw);
}

function rawOfCall({ funcname, args = [] }: FuncCall): readonly string[] {
  const name = strings(funcname).at(-1) ?? '';
  if (quoting.includes(name)) return [];
  if (name === 'format') return rawOfFormat(args);
  return passing.includes(name) ? args.flatMap(raw) : [];
}

/** `%s` takes its argument as it is, `%I` and `%L` quote theirs; `%2$s` names the argument. */
function rawOfFormat([first, ...values]: readonly Node[]): readonly string[] {
  const template = as('A_Const', first)?.sval?.sval;
  const found = [...raw(first)];
  let next = 0;
  for (const [, position, kind] of (template ?? '').matchAll(/%(?:(\d+)\$)?-?\d*([sIL%])/g)) {
    if (kind === '%') continue;
    const at = position === undefined ? next : Number(position) - 1;
    next = at + 1;
    if (kind === 's') found.push(...raw(values[at]));
  }
  return found;
}

/** Names of the parameters that hold text, folded as Postgres does; `$1` for one without a name. */
function textParameters(list: string): readonly string[] {
  return list.split(/,(?![^(]*\))/).flatMap((parameter, at) => {
    const [, mode, declared = ''] = /^\s*(IN\s|OUT\s|INOUT\s|VARIADIC\s|)\s*(.*?)\s*$/.exec(parameter) ?? [];
    const place = `$${String(at + 1)}`;
    if (mode?.trim() === 'OUT') return [];
    if (isText(declared)) return [place];
    const [, name = '', type = ''] = /^("(?:[^"]|"")+"|\w+)\s+(.*)$/.exec(declared) ?? [];
    return isText(type) ? [fold(name), place] : [];
  });
}

function isText(type: string): boolean {
  return /^(?:text|character varying|varchar|character|bpchar|citext|name|json|jsonb)(?:\[\])?$/.test(type);
}

function fold(name: string): string {
  return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name.toLowerCase();
}

/** The body compares it with what it may be: a list, a pattern, a catalog. */
function isChecked(name: string, body: string): boolean {
  const word = name.replace(/\W/g, String.raw`\$&`);
  const tests = String.raw`\s+(?:not\s+)?in\s*\(|\s*(?:=|<>|!=)\s*(?:any|all)\s*\(|\s*!?~|\s*::\s*reg|\s+(?:not\s+)?(?:similar|like|ilike)\b`;
  return [
    new RegExp(String.raw`\b${word}\b"?\)?(?:${tests})`, 'i'),
    new RegExp(
      String.raw`\b(?:table_name|column_name|tablename|relname|attname|schema_name|nspname)\s*=\s*\(?"?${word}\b`,
      'i',
    ),
    new RegExp(String.raw`\bto_reg\w+\s*\([^)]*\b${word}\b`, 'i'),
  ].some(test => test.test(body));
}
