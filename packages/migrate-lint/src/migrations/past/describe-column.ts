import type { ColumnDef, Node, TypeName } from 'libpg-query';
import type { Stretch } from '../clauses.ts';
import { behind, written } from '../excerpts.ts';
import { all, as, qualified, strings } from '../nodes.ts';
import type { Thing } from '../thing.ts';
import type { Step } from '../step.ts';
import { detailOf, imagined, unknownColumn, type ColumnDetail, type TypeDetail } from './details.ts';
import { bareName } from './keywords.ts';
import { isBuiltinType, typeDetail } from './types.ts';
import { readExpression } from './volatility.ts';

const serials = new Set(['serial', 'serial2', 'serial4', 'serial8', 'smallserial', 'bigserial']);

/** Whether a type is a number that a sequence of its own gives. */
export function isSerial(type: TypeName | undefined): boolean {
  return serials.has(strings(type?.names).at(-1) ?? '');
}

export function typeIn(step: Step, type: TypeName | undefined): TypeDetail | undefined {
  const { schema, name } = qualified(strings(type?.names));
  const builtin = (schema === undefined || schema === 'pg_catalog') && isBuiltinType(name);
  const own = builtin
    ? undefined
    : (step.objects.find('type', schema, name) ?? step.objects.find('relation', schema, name));
  return typeDetail(type, own);
}

/** A column as its definition says it. NOT NULL of a primary key comes with that. */
export function describeColumn(step: Step, definition: ColumnDef, stretch: Stretch | undefined): ColumnDetail {
  const constraints = all('Constraint', definition.constraints);
  const of = (type: string) => constraints.find(({ contype }) => contype === type);
  const identity = of('CONSTR_IDENTITY');
  const generated = of('CONSTR_GENERATED');
  const value = of('CONSTR_DEFAULT');
  const serial = isSerial(definition.typeName);
  const next = constraints[constraints.findIndex(each => each === value) + 1];
  return {
    of: 'column',
    type: typeIn(step, definition.typeName),
    notNull:
      serial || identity !== undefined || of('CONSTR_NOTNULL') !== undefined || of('CONSTR_PRIMARY') !== undefined,
    // The sequence is said when its name is known.
    default:
      value && !isNull(value.raw_expr)
        ? describeDefault(step, value.raw_expr, step.clause(value.location, next?.location) ?? stretch)
        : undefined,
    identity: identity && (identity.generated_when === 'a' ? 'always' : 'by default'),
    generated: generated && (generated.generated_kind === 'v' ? 'virtual' : 'stored'),
    serial,
    collation: strings(definition.collClause?.collname).at(-1),
  };
}

/** NULL is what a column has without a default. */
export function isNull(expression: Node | undefined): boolean {
  return as('A_Const', as('TypeCast', expression)?.arg ?? expression)?.isnull === true;
}

/** A default; `stretch` has the word DEFAULT in it. */
export function describeDefault(
  step: Step,
  expression: Node | undefined,
  stretch: Stretch | undefined,
): ColumnDetail['default'] {
  if (!expression) return undefined;
  const sql = stretch && written(step.text, behind(step.text, stretch, 'default'));
  return { sql: sql ?? '', ...readExpression(step, expression) };
}

/** Changes what is known of a column, and of those that inherit it. */
export function describeHeirs(step: Step, column: Thing, change: (old: ColumnDetail) => ColumnDetail): void {
  if (!step.objects.changes) return;
  step.describe(column, old => change(old?.of === 'column' ? old : unknownColumn));
  for (const child of column.table?.children ?? []) {
    const own = step.objects.part(child, 'column', column.name);
    if (own) describeHeirs(step, own, change);
  }
}

/** The column of an heir is like that of its parent, but the sequence is the parent's. */
export function inheritDetail(step: Step, column: Thing, heir: Thing | undefined): void {
  const detail = detailOf('column', column);
  if (detail && heir) describeHeirs(step, heir, () => ({ ...detail, serial: false }));
}

/** The default of a serial column, when its sequence has a name. */
export function withSequence(step: Step, column: Thing, sequence: Thing): void {
  step.describe(column, old => {
    if (old?.of !== 'column') return undefined;
    const { schema, name: own } = sequence;
    const name = `${schema === 'public' || schema === imagined ? '' : `${bareName(schema)}.`}${bareName(own)}`;
    return {
      ...old,
      default: { sql: `nextval(${quoteLiteral(name)}::regclass)`, volatility: 'volatile', needs: [sequence] },
    };
  });
}

function quoteLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** The column has another type, and its default, which was of the old type, cannot be without that. */
export function retype(old: ColumnDetail, type: TypeDetail | undefined, collation: string | undefined): ColumnDetail {
  const before = old.type?.type;
  const value = old.default;
  const kept = value && typeof before === 'object' ? { ...value, needs: [...value.needs, before] } : value;
  return { ...old, type, collation, default: kept };
}
