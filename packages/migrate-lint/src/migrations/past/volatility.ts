import type { Node } from 'libpg-query';
import { as, strings, walk, type Body } from '../nodes.ts';
import { functionNamed } from '../addresses.ts';
import type { Thing } from '../thing.ts';
import type { Step } from '../step.ts';
import { builtinVolatility } from './builtin-functions.ts';
import { detailOf, type DefaultDetail } from './details.ts';

type Volatility = DefaultDetail['volatility'];

/** Functions of extensions that defaults call. */
const ofExtensions: Readonly<Record<string, Volatility>> = {
  uuid_generate_v1: 'volatile',
  uuid_generate_v1mc: 'volatile',
  uuid_generate_v3: 'constant',
  uuid_generate_v4: 'volatile',
  uuid_generate_v5: 'constant',
  uuid_generate_v7: 'volatile',
  uuid_nil: 'constant',
  gen_random_bytes: 'volatile',
  gen_salt: 'volatile',
  crypt: 'constant',
  digest: 'constant',
  hmac: 'constant',
};

const order: readonly Volatility[] = ['constant', 'stable', 'unknown', 'volatile'];

/** Whether an expression gives each row a value of its own, each statement one, or always the same; and what of the project it needs. */
export function readExpression(step: Step, expression: unknown): Pick<DefaultDetail, 'volatility' | 'needs'> {
  const found = new Set<Volatility>(['constant']);
  const needs = new Set<Thing>();
  walk(expression, (name, body) => {
    if (name === 'SQLValueFunction') found.add('stable');
    if (name !== 'FuncCall') return;
    const { funcname, args } = body as Body<'FuncCall'>;
    const { volatility, own } = readCall(step, strings(funcname));
    found.add(volatility);
    const sequence = strings(funcname).at(-1) === 'nextval' ? sequenceNamed(step, args?.[0]) : undefined;
    for (const need of [own, sequence]) if (need) needs.add(need);
  });
  const volatility = order.findLast(each => found.has(each)) ?? 'constant';
  return { volatility, needs: [...needs] };
}

function readCall(
  step: Step,
  names: readonly string[],
): { readonly volatility: Volatility; readonly own?: Thing | undefined } {
  const name = names.at(-1) ?? '';
  const schema = names.at(-2);
  const builtin = schema === undefined || schema === 'pg_catalog' ? builtinVolatility(name) : undefined;
  if (builtin) return { volatility: builtin === 'immutable' ? 'constant' : builtin };
  const own = functionNamed(step, schema, name);
  const detail = detailOf('function', own);
  if (detail) return { volatility: detail.volatility === 'immutable' ? 'constant' : detail.volatility, own };
  return { volatility: ofExtensions[name] ?? 'unknown', own };
}

/** The sequence that a literal names, as `nextval` and `setval` have it. */
export function sequenceNamed(step: Step, node: Node | undefined): Thing | undefined {
  const literal = as('A_Const', as('TypeCast', node)?.arg ?? node)?.sval?.sval;
  const found = literal === undefined ? undefined : step.objects.find('relation', ...splitName(literal));
  return found?.kind === 'sequence' ? found : undefined;
}

/** A name in a literal: `"Image_id_seq"`, `public.users_id_seq`. */
export function splitName(text: string): readonly [schema: string | undefined, name: string] {
  const parts = [...text.matchAll(/"((?:[^"]|"")*)"|([^".\s]+)/g)].map(([, quoted, plain = '']) =>
    quoted === undefined ? plain.toLowerCase() : quoted.replaceAll('""', '"'),
  );
  return [parts.at(-2), parts.at(-1) ?? ''];
}
